import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { type Place, regionalArn } from "./arn";
import { ArgChecks } from "./checks";
import { networkOf } from "./cidr";
import { EncryptionKey } from "./key";
import { logsMayUseKey } from "./key-statements";
import { checkRetention, encryptedLogGroup } from "./log-group";
import { createEndpoints, defaultEndpoints, type EndpointService, endpointServices } from "./network-endpoints";
import { policyDocument, serviceTrust } from "./policy-document";
import { SecurityGroup } from "./security-group";

const natStrategies = { none: "None", single: "Single", "per-az": "OnePerAz" } as const;

export interface NetworkArgs extends Place {
    /** IPv4 range of the VPC, /16 to /24. */
    readonly cidr: string;
    /** How many availability zones, 2 to 4, or which ones by name. */
    readonly availabilityZones: number | readonly string[];
    /** Ways out for private subnets: none, one for all zones (cheaper), or one a zone (survives the loss of a zone). */
    readonly natGateways: keyof typeof natStrategies;
    /** Days that flow logs are kept; one of those that CloudWatch Logs offers. @default 30 */
    readonly logRetentionDays?: number;
    /** Key for flow logs, whose policy lets CloudWatch Logs use it. @default a key of the network's own */
    readonly logsKeyArn?: pulumi.Input<string>;
    /** Services reached without leaving the AWS network. @default s3, ecr, logs, sts, secretsmanager */
    readonly endpoints?: readonly EndpointService[];
    /** Subnets without any route to the Internet, for databases. @default false */
    readonly isolatedSubnets?: boolean;
    /** Kubernetes clusters that find their subnets for load balancers by tags. @default none */
    readonly clusterNames?: readonly string[];
    /** More tags on the private subnets, where a service finds them by tag. @default none */
    readonly privateSubnetTags?: Readonly<Record<string, string>>;
}

/**
 * A VPC over several availability zones with public and private subnets, flow logs under a customer-managed key,
 * endpoints for AWS services and a default security group that lets nothing through.
 */
export class Network extends pulumi.ComponentResource {
    readonly vpcId: pulumi.Output<string>;
    readonly cidr: string;
    /** One a zone, in the order of the zones, as the other lists of subnets. */
    readonly publicSubnetIds: pulumi.Output<string[]>;
    readonly privateSubnetIds: pulumi.Output<string[]>;
    /** Empty unless `isolatedSubnets` is set. */
    readonly isolatedSubnetIds: pulumi.Output<string[]>;
    /** Route tables of all subnets. */
    readonly routeTableIds: pulumi.Output<string[]>;
    /** Route tables of the private subnets, one a zone. */
    readonly privateRouteTableIds: pulumi.Output<string[]>;
    /** Group of the interface endpoints: open to the VPC on 443. */
    readonly endpointSecurityGroupId: pulumi.Output<string>;
    /** Endpoints by the service's own name, for example `s3` and `ecr.api`. */
    readonly endpoints: Readonly<Record<string, aws.ec2.VpcEndpoint>>;
    /** Addresses that private subnets are seen by from outside. */
    readonly natPublicIps: pulumi.Output<string[]>;
    readonly flowLogGroupName: pulumi.Output<string>;

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        checkArgs(name, args);
        super("platforms:foundation:Network", name, {}, opts);
        this.cidr = args.cidr;

        const vpc = new awsx.ec2.Vpc(`${name}-vpc`, vpcArgs(args), { parent: this });
        this.vpcId = vpc.vpcId;
        this.publicSubnetIds = vpc.publicSubnetIds;
        this.privateSubnetIds = vpc.privateSubnetIds;
        this.isolatedSubnetIds = vpc.isolatedSubnetIds;
        this.routeTableIds = vpc.routeTables.apply((tables) => pulumi.all(tables.map((table) => table.id)));
        this.privateRouteTableIds = tablesOf(vpc);
        this.natPublicIps = vpc.eips.apply((addresses) => pulumi.all(addresses.map((address) => address.publicIp)));

        // A group without rules: what is started without a group of its own can neither be reached nor reach out.
        new aws.ec2.DefaultSecurityGroup(
            `${name}-default-group`,
            { vpcId: this.vpcId, ingress: [], egress: [], tags: { Name: `${name}-default-unused` } },
            { parent: this },
        );

        const endpointGroup = new SecurityGroup(
            `${name}-endpoints`,
            {
                vpcId: this.vpcId,
                description: "Interface endpoints of AWS services",
                ingress: { vpc: { description: "HTTPS from within the VPC", port: 443, cidr: args.cidr } },
            },
            { parent: this },
        );
        this.endpointSecurityGroupId = endpointGroup.securityGroupId;
        this.endpoints = createEndpoints(
            name,
            {
                region: args.region,
                vpcId: this.vpcId,
                services: args.endpoints ?? defaultEndpoints,
                subnetIds: this.privateSubnetIds,
                routeTableIds: this.routeTableIds,
                securityGroupId: this.endpointSecurityGroupId,
            },
            { parent: this },
        );

        this.flowLogGroupName = this.createFlowLogs(name, args).name;
        this.registerOutputs({
            vpcId: this.vpcId,
            publicSubnetIds: this.publicSubnetIds,
            privateSubnetIds: this.privateSubnetIds,
            isolatedSubnetIds: this.isolatedSubnetIds,
        });
    }

    /** Records all traffic, accepted and rejected. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
    private createFlowLogs(name: string, args: NetworkArgs): aws.cloudwatch.LogGroup {
        const keyArn =
            args.logsKeyArn ??
            new EncryptionKey(
                `${name}-logs`,
                {
                    accountId: args.accountId,
                    region: args.region,
                    description: `Flow logs of ${name}`,
                    statements: [logsMayUseKey(args)],
                },
                { parent: this },
            ).arn;
        const logGroup = encryptedLogGroup(
            `${name}-flow-logs`,
            { retentionDays: args.logRetentionDays, keyArn },
            { parent: this },
        );
        const role = new aws.iam.Role(
            `${name}-flow-logs-role`,
            {
                description: `Writes the flow logs of ${name}`,
                assumeRolePolicy: serviceTrust("vpc-flow-logs.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                    ArnLike: { "aws:SourceArn": regionalArn(args, "ec2", "vpc-flow-log/*") },
                }),
            },
            { parent: this },
        );
        const policy = new aws.iam.RolePolicy(
            `${name}-flow-logs-policy`,
            {
                role: role.id,
                policy: policyDocument([
                    {
                        sid: "WriteFlowLogs",
                        actions: [
                            "logs:CreateLogStream",
                            "logs:PutLogEvents",
                            "logs:DescribeLogGroups",
                            "logs:DescribeLogStreams",
                        ],
                        resources: [logGroup.arn, pulumi.interpolate`${logGroup.arn}:*`],
                    },
                ]),
            },
            { parent: this },
        );
        new aws.ec2.FlowLog(
            `${name}-flow-log`,
            {
                vpcId: this.vpcId,
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: logGroup.arn,
                iamRoleArn: role.arn,
                tags: { Name: `${name}-flow-log` },
            },
            { parent: this, dependsOn: [policy] },
        );
        return logGroup;
    }
}

/** Tables in the order of the private subnets that they belong to: the plugin's own order isn't documented. */
function tablesOf(vpc: awsx.ec2.Vpc): pulumi.Output<string[]> {
    const pairs = vpc.routeTableAssociations.apply((associations) =>
        pulumi.all(associations.map(({ subnetId, routeTableId }) => pulumi.all({ subnetId, routeTableId }))),
    );
    return pulumi
        .all([vpc.privateSubnetIds, pairs])
        .apply(([subnetIds, tables]) =>
            subnetIds.map((id) => tables.find(({ subnetId }) => subnetId === id)?.routeTableId ?? ""),
        );
}

/**
 * Room for four zones is set aside whatever their number is, so that a zone can be added without moving the others:
 * a quarter of the VPC each, of which half is private, a quarter public and a quarter isolated (or free).
 */
function vpcArgs(args: NetworkArgs): awsx.ec2.VpcArgs {
    const zoneMask = Number(args.cidr.split("/")[1]) + 2;
    // https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
    const clusters = Object.fromEntries(
        (args.clusterNames ?? []).map((name) => [`kubernetes.io/cluster/${name}`, "shared"]),
    );
    const forClusters = (role: string) => (args.clusterNames?.length ? { ...clusters, [role]: "1" } : undefined);
    return {
        cidrBlock: args.cidr,
        ...(typeof args.availabilityZones === "number"
            ? { numberOfAvailabilityZones: args.availabilityZones }
            : { availabilityZoneNames: [...args.availabilityZones] }),
        availabilityZoneCidrMask: zoneMask,
        subnetStrategy: "Auto",
        subnetSpecs: [
            {
                type: "Private",
                cidrMask: zoneMask + 1,
                tags:
                    args.privateSubnetTags === undefined
                        ? forClusters("kubernetes.io/role/internal-elb")
                        : { ...forClusters("kubernetes.io/role/internal-elb"), ...args.privateSubnetTags },
            },
            { type: "Public", cidrMask: zoneMask + 2, tags: forClusters("kubernetes.io/role/elb") },
            ...(args.isolatedSubnets ? [{ type: "Isolated" as const, cidrMask: zoneMask + 2 }] : []),
        ],
        natGateways: { strategy: natStrategies[args.natGateways] },
        // Both are needed for the private names of interface endpoints:
        // https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html
        enableDnsSupport: true,
        enableDnsHostnames: true,
    };
}

function checkArgs(name: string, args: NetworkArgs): void {
    const checks = new ArgChecks(`Network ${name}`);
    const zones = args.availabilityZones;
    const range = networkOf(args.cidr);
    const count = typeof zones === "number" ? zones : zones.length;
    checks.expectWhole(count, 2, 4, "availabilityZones");
    if (typeof zones !== "number") {
        checks
            .expect(new Set(zones).size === zones.length, "availabilityZones", `must differ, got ${zones.join(", ")}`)
            .expect(
                zones.every((zone) => zone.startsWith(args.region)),
                "availabilityZones",
                `must lie in ${args.region}, got ${zones.join(", ")}`,
            );
    }
    checks
        .expect(
            range?.version === 4 && range.prefix >= 16 && range.prefix <= 24,
            "cidr",
            `must be an IPv4 network from /16 to /24, got "${args.cidr}"`,
        )
        .expect(
            args.natGateways in natStrategies,
            "natGateways",
            `must be one of ${Object.keys(natStrategies).join(", ")}, got "${args.natGateways}"`,
        );
    for (const service of args.endpoints ?? []) {
        checks.expect(
            service in endpointServices,
            "endpoints",
            `has no "${service}"; known are ${Object.keys(endpointServices).join(", ")}`,
        );
    }
    checkRetention(checks, args.logRetentionDays, "logRetentionDays").done();
}
