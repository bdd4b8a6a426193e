import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { tlsPolicy } from "./api-definition";

/** Puts a stage under a name of one's own, and returns the URL of it. */
export function createDomain(
    name: string,
    domain: NonNullable<ImagePipelineConfig["api"]["domain"]>,
    stage: aws.apigateway.Stage,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const domainName = new aws.apigateway.DomainName(
        `${name}-domain`,
        {
            domainName: domain.name,
            regionalCertificateArn: domain.certificateArn,
            endpointConfiguration: { types: "REGIONAL" },
            ...tlsPolicy,
        },
        opts,
    );
    const mapping = new aws.apigateway.BasePathMapping(
        `${name}-domain-mapping`,
        { domainName: domainName.domainName, restApi: stage.restApi, stageName: stage.stageName },
        opts,
    );
    if (domain.hostedZoneId !== undefined) {
        new aws.route53.Record(
            `${name}-domain-record`,
            {
                zoneId: domain.hostedZoneId,
                name: domain.name,
                type: "A",
                aliases: [
                    {
                        name: domainName.regionalDomainName,
                        zoneId: domainName.regionalZoneId,
                        evaluateTargetHealth: false,
                    },
                ],
            },
            opts,
        );
    }
    return pulumi.interpolate`https://${mapping.domainName}/`;
}
