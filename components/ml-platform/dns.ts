import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../foundation/certificate";

export interface PlatformDnsArgs {
    readonly domainName: string;
    /** Zone of the parent domain, to delegate from. @default delegated by hand */
    readonly parentZoneId?: string;
    readonly vpcId: pulumi.Input<string>;
}

/**
 * The platform's domain, seen from two sides: the public zone proves certificates, the private one, for the VPC only,
 * leads to the applications. No address of the platform is public.
 */
export class PlatformDns extends pulumi.ComponentResource {
    readonly privateZoneId: pulumi.Output<string>;
    /** What the parent domain has to name in its NS record. */
    readonly nameServers: pulumi.Output<string[]>;
    /** Certificate of all names right below the domain. Known once it is valid. */
    readonly certificateArn: pulumi.Output<string>;

    constructor(name: string, args: PlatformDnsArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:PlatformDns", name, {}, opts);
        const parent = { parent: this } as const;
        const publicZone = new aws.route53.Zone(`${name}-public`, { name: args.domainName }, parent);
        this.nameServers = publicZone.nameServers;
        const delegation =
            args.parentZoneId === undefined
                ? []
                : [
                      new aws.route53.Record(
                          `${name}-delegation`,
                          {
                              zoneId: args.parentZoneId,
                              name: args.domainName,
                              type: "NS",
                              ttl: 3600,
                              records: publicZone.nameServers,
                          },
                          parent,
                      ),
                  ];
        this.privateZoneId = new aws.route53.Zone(
            `${name}-private`,
            { name: args.domainName, vpcs: [{ vpcId: args.vpcId }], comment: "Applications, within the VPC" },
            parent,
        ).zoneId;
        this.certificateArn = new Certificate(
            `${name}-applications`,
            { domainName: `*.${args.domainName}`, hostedZoneId: publicZone.zoneId },
            { ...parent, dependsOn: delegation },
        ).arn;
        this.registerOutputs({ nameServers: this.nameServers });
    }
}
