import * as aws from "@pulumi/aws";

/** What the plugins of awsx and eks answer, as far as our components use it. They make the children themselves. */
export const remoteComponents: Readonly<
    Record<string, (name: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>>
> = {
    "awsx:ec2:Vpc": vpc,
    "eks:index:Cluster": cluster,
};

/** https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/vpc.ts */
function vpc(name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const named = inputs["availabilityZoneNames"];
    const zones = Array.isArray(named) ? named.length : Number(inputs["numberOfAvailabilityZones"]);
    const specs = (inputs["subnetSpecs"] ?? []) as readonly { readonly type: string }[];
    const each = <T>(make: (zone: number) => T) => Array.from({ length: zones }, (_, index) => make(index + 1));
    const subnetIds = (type: string) =>
        specs.some((spec) => spec.type === type) ? each((zone) => `subnet-${type.toLowerCase()}-${zone}`) : [];
    const strategy = (inputs["natGateways"] as { readonly strategy: string }).strategy;
    const gateways = { None: 0, Single: 1, OnePerAz: zones }[strategy] ?? 0;
    return {
        vpcId: `vpc-${name}`,
        publicSubnetIds: subnetIds("Public"),
        privateSubnetIds: subnetIds("Private"),
        isolatedSubnetIds: subnetIds("Isolated"),
        routeTables: specs.flatMap((spec) =>
            each(
                (zone) =>
                    new aws.ec2.RouteTable(`${name}-${spec.type.toLowerCase()}-${zone}`, { vpcId: `vpc-${name}` }),
            ),
        ),
        routeTableAssociations: specs.flatMap((spec) =>
            each(
                (zone) =>
                    new aws.ec2.RouteTableAssociation(`${name}-${spec.type.toLowerCase()}-${zone}`, {
                        subnetId: `subnet-${spec.type.toLowerCase()}-${zone}`,
                        routeTableId: `rtb-${spec.type.toLowerCase()}-${zone}`,
                    }),
            ),
        ),
        eips: each((zone) => zone)
            .slice(0, gateways)
            .map((zone) => new aws.ec2.Eip(`${name}-${zone}`)),
    };
}

/** https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/cluster/cluster.ts */
function cluster(name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const issuer = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";
    return {
        eksCluster: new aws.eks.Cluster(`${name}-eksCluster`, {
            name: String(inputs["name"]),
            roleArn: "arn:aws:iam::111111111111:role/eks",
            vpcConfig: { subnetIds: [] },
        }),
        clusterSecurityGroupId: `sg-${name}`,
        kubeconfigJson: JSON.stringify({ kind: "Config", clusters: [{ name: inputs["name"] }] }),
        oidcIssuer: issuer,
        oidcProviderUrl: `https://${issuer}`,
    };
}
