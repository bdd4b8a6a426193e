import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface AccessLogsArgs {
    readonly prefix: string;
    readonly distributionArn: pulumi.Input<string>;
    readonly bucketArn: pulumi.Output<string>;
    /** Known when the bucket's policy is in place. */
    readonly bucketReady: pulumi.Output<string>;
}

/**
 * Access logs of CloudFront in a bucket, by version 2, which needs no ACLs.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export function accessLogs(name: string, args: AccessLogsArgs, opts: pulumi.CustomResourceOptions): void {
    const source = new aws.cloudwatch.LogDeliverySource(
        `${name}-source`,
        { name: `${args.prefix}-cloudfront`, logType: "ACCESS_LOGS", resourceArn: args.distributionArn },
        opts,
    );
    const destination = new aws.cloudwatch.LogDeliveryDestination(
        `${name}-destination`,
        {
            name: `${args.prefix}-cloudfront`,
            outputFormat: "parquet",
            deliveryDestinationConfiguration: {
                destinationResourceArn: pulumi.all([args.bucketArn, args.bucketReady]).apply(([arn]) => arn),
            },
        },
        opts,
    );
    new aws.cloudwatch.LogDelivery(
        `${name}-delivery`,
        { deliverySourceName: source.name, deliveryDestinationArn: destination.arn },
        opts,
    );
}
