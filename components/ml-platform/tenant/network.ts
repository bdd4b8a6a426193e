import * as pulumi from "@pulumi/pulumi";
import { SecurityGroup, type SecurityGroupRule } from "../../foundation/security-group";
import type { TenantScope } from "./args";

/** What notebooks call on the primary nodes. */
const studioPorts: Readonly<Record<string, SecurityGroupRule["port"]>> = {
    // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-web-interfaces.html
    livy: 8998,
    // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-studio-security-groups.html
    "jupyter-gateway": 18888,
    trino: 8889,
    "trino-tls": 7778,
};

/**
 * The security groups of one tenant. All of them are named to EMR, so that it doesn't take the `ElasticMapReduce-*` groups
 * that all clusters of a VPC would share. https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html
 */
export class TenantNetwork extends pulumi.ComponentResource {
    readonly masterGroupId: pulumi.Output<string>;
    readonly coreGroupId: pulumi.Output<string>;
    readonly serviceGroupId: pulumi.Output<string>;
    readonly studioGroupId: pulumi.Output<string>;

    constructor(name: string, { scope }: { readonly scope: TenantScope }, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:TenantNetwork", name, {}, opts);
        const parent = { parent: this } as const;
        const group = (key: string, description: string) =>
            new SecurityGroup(
                `${name}-${key}`,
                { vpcId: scope.vpcId, description: `${description} of tenant ${scope.tenant}` },
                parent,
            );
        const master = group("master", "Primary nodes");
        const core = group("core", "Core and task nodes");
        const service = group("service", "Access of EMR to nodes");
        const studio = group("studio", "Notebooks");

        // nodes of one cluster use ports as they come, so they are open to each other and to nobody else
        const nodes = { master, core };
        for (const [key, one] of Object.entries(nodes)) {
            for (const [other, { securityGroupId }] of Object.entries(nodes)) {
                const every = {
                    description: `All between ${key} and ${other}`,
                    protocol: "all",
                    securityGroupId,
                } as const;
                one.addIngress(other, every);
                one.addEgress(other, every);
            }
            one.addIngress("service", {
                description: "Commands of EMR",
                port: 8443,
                securityGroupId: service.securityGroupId,
            });
            service.addEgress(key, {
                description: "Commands to nodes",
                port: 8443,
                securityGroupId: one.securityGroupId,
            });
            one.addEgress("aws", { description: "AWS by endpoints and NAT", port: 443, cidr: "0.0.0.0/0" });
        }
        // since release 5.30: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html#emr-sg-elasticmapreduce-sa-private
        service.addIngress("master", {
            description: "Reports of primary nodes",
            port: 9443,
            securityGroupId: master.securityGroupId,
        });
        master.addEgress("service", {
            description: "Reports to EMR",
            port: 9443,
            securityGroupId: service.securityGroupId,
        });

        for (const [key, port] of Object.entries(studioPorts)) {
            master.addIngress(`studio-${key}`, {
                description: `Notebooks to ${key}`,
                port,
                securityGroupId: studio.securityGroupId,
            });
            studio.addEgress(`master-${key}`, {
                description: `Notebooks to ${key}`,
                port,
                securityGroupId: master.securityGroupId,
            });
        }
        studio.addEgress("aws", { description: "AWS by endpoints and NAT", port: 443, cidr: "0.0.0.0/0" });
        // notebook and kernel of one space, and its home directory on EFS, whose group SageMaker makes itself:
        // https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
        const space = { description: "Between the apps of a space", port: [8192, 65535], self: true } as const;
        studio.addIngress("apps", space);
        studio.addEgress("apps", space);
        studio.addEgress("home", { description: "Home directories on EFS", port: 2049, cidr: scope.vpcCidr });

        this.masterGroupId = master.securityGroupId;
        this.coreGroupId = core.securityGroupId;
        this.serviceGroupId = service.securityGroupId;
        this.studioGroupId = studio.securityGroupId;
        this.registerOutputs({});
    }
}
