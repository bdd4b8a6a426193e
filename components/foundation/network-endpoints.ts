import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

interface EndpointKind {
    readonly type: "Gateway" | "Interface";
    /** What follows `com.amazonaws.<region>.`; some services need several endpoints to work. */
    readonly services: readonly string[];
}

const interfaces = (...services: readonly string[]): EndpointKind => ({ type: "Interface", services });

/**
 * Services that a VPC can reach without leaving the AWS network.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export const endpointServices = {
    s3: { type: "Gateway", services: ["s3"] },
    dynamodb: { type: "Gateway", services: ["dynamodb"] },
    // Images are pulled through both, and their layers from S3: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    ecr: interfaces("ecr.api", "ecr.dkr"),
    // All three: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
    ssm: interfaces("ssm", "ssmmessages", "ec2messages"),
    sagemaker: interfaces("sagemaker.api", "sagemaker.runtime"),
    athena: interfaces("athena"),
    autoscaling: interfaces("autoscaling"),
    ec2: interfaces("ec2"),
    ecs: interfaces("ecs", "ecs-agent", "ecs-telemetry"),
    efs: interfaces("elasticfilesystem"),
    eks: interfaces("eks", "eks-auth"),
    elasticloadbalancing: interfaces("elasticloadbalancing"),
    elasticmapreduce: interfaces("elasticmapreduce"),
    events: interfaces("events"),
    glue: interfaces("glue"),
    kms: interfaces("kms"),
    lambda: interfaces("lambda"),
    logs: interfaces("logs"),
    monitoring: interfaces("monitoring"),
    rds: interfaces("rds"),
    secretsmanager: interfaces("secretsmanager"),
    sns: interfaces("sns"),
    sqs: interfaces("sqs"),
    states: interfaces("states"),
    sts: interfaces("sts"),
    xray: interfaces("xray"),
} as const satisfies Record<string, EndpointKind>;

export type EndpointService = keyof typeof endpointServices;

/** Endpoints of a network whose nodes pull images, write logs and read secrets without a way to the Internet. */
export const defaultEndpoints: readonly EndpointService[] = ["s3", "ecr", "logs", "sts", "secretsmanager"];

export interface EndpointsArgs {
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly services: readonly EndpointService[];
    /** Subnets that interface endpoints have an address in. */
    readonly subnetIds: pulumi.Input<string[]>;
    /** Route tables that gateway endpoints are entered in. */
    readonly routeTableIds: pulumi.Input<string[]>;
    readonly securityGroupId: pulumi.Input<string>;
}

/** The endpoints of a network, by the service's own name (`ecr.api`). */
export function createEndpoints(
    name: string,
    args: EndpointsArgs,
    opts: pulumi.CustomResourceOptions,
): Readonly<Record<string, aws.ec2.VpcEndpoint>> {
    const endpoints: Record<string, aws.ec2.VpcEndpoint> = {};
    for (const key of new Set(args.services)) {
        const kind: EndpointKind = endpointServices[key];
        for (const service of kind.services) {
            endpoints[service] = new aws.ec2.VpcEndpoint(
                `${name}-${service.replaceAll(".", "-")}-endpoint`,
                {
                    vpcId: args.vpcId,
                    serviceName: serviceName(args.region, service),
                    vpcEndpointType: kind.type,
                    ...(kind.type === "Gateway"
                        ? { routeTableIds: args.routeTableIds }
                        : {
                              subnetIds: args.subnetIds,
                              securityGroupIds: [args.securityGroupId],
                              privateDnsEnabled: true,
                          }),
                    tags: { Name: `${name}-${service}` },
                },
                opts,
            );
        }
    }
    return endpoints;
}

/** China's interface endpoints carry the partition in front; gateways don't, and S3 and DynamoDB are gateways here. */
function serviceName(region: string, service: string): string {
    const prefix =
        region.startsWith("cn-") && !["s3", "dynamodb", "logs", "ssm", "ssmmessages", "ec2messages"].includes(service)
            ? "cn.com"
            : "com";
    return `${prefix}.amazonaws.${region}.${service}`;
}
