import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ArgChecks } from "./checks";
import { networkOf } from "./cidr";

/** What a rule lets through, and whom. Exactly one of `cidr`, `ipv6Cidr`, `securityGroupId`, `prefixListId` and `self`. */
export interface SecurityGroupRule {
    /** Why the rule is there. */
    readonly description: string;
    /** @default "tcp" */
    readonly protocol?: "tcp" | "udp" | "icmp" | "all";
    /** The port, or the first and the last. Not with protocol `all`. */
    readonly port?: number | readonly [number, number];
    /** IPv4 network on the other side. */
    readonly cidr?: pulumi.Input<string>;
    /** IPv6 network on the other side. */
    readonly ipv6Cidr?: pulumi.Input<string>;
    /** Group on the other side. */
    readonly securityGroupId?: pulumi.Input<string>;
    /** Managed prefix list on the other side, for example CloudFront's. */
    readonly prefixListId?: pulumi.Input<string>;
    /** Members of this very group. @default false */
    readonly self?: boolean;
    /** Why the whole world may come in. Without it an ingress rule from everywhere is refused. @default refused */
    readonly publicReason?: string;
}

export interface SecurityGroupArgs {
    readonly vpcId: pulumi.Input<string>;
    /** What the members of the group are. Can't be changed later without replacing the group. */
    readonly description: string;
    /** Who comes in, by role: the key becomes part of the rule's name. @default nobody */
    readonly ingress?: Readonly<Record<string, SecurityGroupRule>>;
    /** Where members go, by role. @default nowhere */
    readonly egress?: Readonly<Record<string, SecurityGroupRule>>;
}

/**
 * A security group whose rules are resources of their own, so that groups can refer to each other and a rule can change
 * without touching the others. Nothing is open unless said.
 */
export class SecurityGroup extends pulumi.ComponentResource {
    readonly group: aws.ec2.SecurityGroup;
    readonly securityGroupId: pulumi.Output<string>;
    private readonly logicalName: string;

    constructor(name: string, args: SecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
        const checks = new ArgChecks(`SecurityGroup ${name}`);
        checkDescription(checks, args.description, "description");
        for (const [role, rule] of Object.entries(args.ingress ?? {})) {
            checkRule(checks, rule, `ingress.${role}`, true);
        }
        for (const [role, rule] of Object.entries(args.egress ?? {})) {
            checkRule(checks, rule, `egress.${role}`, false);
        }
        checks.done();
        super("platforms:foundation:SecurityGroup", name, {}, opts);
        this.logicalName = name;
        this.group = new aws.ec2.SecurityGroup(
            `${name}-group`,
            {
                vpcId: args.vpcId,
                description: args.description,
                // Rules in the other direction live in other groups; without this a group that is referred to can't go.
                revokeRulesOnDelete: true,
                tags: { Name: name },
            },
            { parent: this },
        );
        this.securityGroupId = this.group.id;
        for (const [role, rule] of Object.entries(args.ingress ?? {})) {
            this.addIngress(role, rule);
        }
        for (const [role, rule] of Object.entries(args.egress ?? {})) {
            this.addEgress(role, rule);
        }
        this.registerOutputs({ securityGroupId: this.securityGroupId });
    }

    /** Lets someone in, later than construction: for groups that refer to each other. */
    addIngress(role: string, rule: SecurityGroupRule): aws.vpc.SecurityGroupIngressRule {
        checkRule(new ArgChecks("Security group rule"), rule, `ingress.${role}`, true).done();
        return new aws.vpc.SecurityGroupIngressRule(`${this.logicalName}-from-${role}`, this.ruleArgs(rule), {
            parent: this,
        });
    }

    /** Lets members out, later than construction. */
    addEgress(role: string, rule: SecurityGroupRule): aws.vpc.SecurityGroupEgressRule {
        checkRule(new ArgChecks("Security group rule"), rule, `egress.${role}`, false).done();
        return new aws.vpc.SecurityGroupEgressRule(`${this.logicalName}-to-${role}`, this.ruleArgs(rule), {
            parent: this,
        });
    }

    private ruleArgs(rule: SecurityGroupRule): aws.vpc.SecurityGroupIngressRuleArgs {
        const [fromPort, toPort] = typeof rule.port === "number" ? [rule.port, rule.port] : (rule.port ?? []);
        return {
            securityGroupId: this.securityGroupId,
            description: ruleDescription(rule),
            ipProtocol: rule.protocol === "all" ? "-1" : (rule.protocol ?? "tcp"),
            fromPort: rule.protocol === "icmp" ? -1 : fromPort,
            toPort: rule.protocol === "icmp" ? -1 : toPort,
            cidrIpv4: rule.cidr,
            cidrIpv6: rule.ipv6Cidr,
            prefixListId: rule.prefixListId,
            referencedSecurityGroupId: rule.self ? this.securityGroupId : rule.securityGroupId,
        };
    }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
function checkDescription(checks: ArgChecks, description: string, path: string): void {
    checks.expect(
        /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description),
        path,
        `must say what it is for, in 1 to 255 characters of a-z A-Z 0-9 and . _-:/()#,@[]+=&;{}!$*, got "${description}"`,
    );
}

/** Networks that make up the whole Internet, or much of it: 0.0.0.0/1 and 128.0.0.0/1 together are the world too. */
function isWorld(cidr: pulumi.Input<string> | undefined): boolean {
    const network = typeof cidr === "string" ? networkOf(cidr) : undefined;
    // No single private network is wider than 10.0.0.0/8.
    return network !== undefined && network.prefix < (network.version === 4 ? 8 : 16);
}

function ruleDescription(rule: SecurityGroupRule): string {
    return rule.publicReason ? `${rule.description} (public: ${rule.publicReason})` : rule.description;
}

function checkRule(checks: ArgChecks, rule: SecurityGroupRule, path: string, ingress: boolean): ArgChecks {
    checkDescription(checks, ruleDescription(rule), `${path}.description`);
    const others = [rule.cidr, rule.ipv6Cidr, rule.securityGroupId, rule.prefixListId, rule.self || undefined];
    const ports = typeof rule.port === "number" ? [rule.port] : (rule.port ?? []);
    const portless = rule.protocol === "all" || rule.protocol === "icmp";
    return checks
        .expect(
            others.filter((other) => other !== undefined).length === 1,
            path,
            "must name exactly one of cidr, ipv6Cidr, securityGroupId, prefixListId and self",
        )
        .expect(
            [
                [rule.cidr, 4],
                [rule.ipv6Cidr, 6],
            ].every(([cidr, version]) => typeof cidr !== "string" || networkOf(cidr)?.version === version),
            path,
            `must name networks without host bits, IPv4 in cidr and IPv6 in ipv6Cidr, got ${[rule.cidr, rule.ipv6Cidr].filter((cidr) => typeof cidr === "string").join(", ")}`,
        )
        .expect(
            portless ? ports.length === 0 : ports.length > 0,
            `${path}.port`,
            portless ? `must be absent with protocol ${rule.protocol}` : "must be given: a port or [first, last]",
        )
        .expect(
            ports.every((port) => Number.isInteger(port) && port >= 0 && port <= 65535) &&
                (ports[0] ?? 0) <= (ports.at(-1) ?? 0),
            `${path}.port`,
            `must be whole numbers from 0 to 65535, first not above last, got ${ports.join("-")}`,
        )
        .expect(
            !ingress || rule.publicReason !== undefined || !(isWorld(rule.cidr) || isWorld(rule.ipv6Cidr)),
            path,
            "lets the whole Internet in; narrow it, or say in publicReason why it must be public",
        );
}
