import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { SecurityGroup, type SecurityGroupArgs } from "../../../components/foundation/security-group";
import { record, rejection } from "../../support/mocks";

const args: SecurityGroupArgs = { vpcId: "vpc-1", description: "Database" };
const refused = (more: Partial<SecurityGroupArgs>) => rejection(() => new SecurityGroup("db", { ...args, ...more }));

describe("SecurityGroup", () => {
    it("lets nothing through unless said", async () => {
        const { recording } = await record(() => new SecurityGroup("db", args));
        assert.deepEqual(recording.inputsOf(aws.ec2.SecurityGroup), {
            vpcId: "vpc-1",
            description: "Database",
            revokeRulesOnDelete: true,
            tags: { Name: "db" },
        });
        assert.deepEqual(recording.names(aws.vpc.SecurityGroupIngressRule), []);
        assert.deepEqual(recording.names(aws.vpc.SecurityGroupEgressRule), []);
    });

    it("has a rule a role, for networks, groups, prefix lists and itself", async () => {
        const { recording } = await record(() => {
            const api = new SecurityGroup("api", { ...args, description: "API" });
            const db = new SecurityGroup("db", {
                ...args,
                ingress: {
                    api: { description: "API", port: 5432, securityGroupId: api.securityGroupId },
                    office: { description: "Office", port: [5432, 5433], cidr: "198.51.100.0/24" },
                    cdn: { description: "CDN", port: 443, prefixListId: "pl-1" },
                    peers: { description: "Replication", protocol: "all", self: true },
                    ping: { description: "Path MTU", protocol: "icmp", ipv6Cidr: "fd00::/32" },
                },
            });
            api.addEgress("db", { description: "Database", port: 5432, securityGroupId: db.securityGroupId });
        });
        const group = recording.resource(aws.ec2.SecurityGroup, "db-group");
        const rule = (role: string) => {
            const { securityGroupId, ...rest } = recording.inputsOf(
                aws.vpc.SecurityGroupIngressRule,
                `db-from-${role}`,
            );
            assert.match(securityGroupId, /^securitygroup-/);
            return rest;
        };
        assert.equal(group.inputs["description"], "Database");
        const { referencedSecurityGroupId: api, ...fromApi } = rule("api");
        assert.deepEqual(fromApi, { description: "API", ipProtocol: "tcp", fromPort: 5432, toPort: 5432 });
        const own = recording.inputsOf(aws.vpc.SecurityGroupIngressRule, "db-from-api").securityGroupId;
        assert.notEqual(api, own);
        assert.deepEqual(rule("office"), {
            description: "Office",
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5433,
            cidrIpv4: "198.51.100.0/24",
        });
        assert.equal(rule("cdn").prefixListId, "pl-1");
        assert.deepEqual(rule("peers"), {
            description: "Replication",
            ipProtocol: "-1",
            referencedSecurityGroupId: own,
        });
        assert.deepEqual(rule("ping"), {
            description: "Path MTU",
            ipProtocol: "icmp",
            fromPort: -1,
            toPort: -1,
            cidrIpv6: "fd00::/32",
        });
        assert.equal(recording.inputsOf(aws.vpc.SecurityGroupEgressRule, "api-to-db").referencedSecurityGroupId, own);
    });

    it("opens to the world only with a reason, which the rule carries", async () => {
        for (const world of [{ cidr: "0.0.0.0/0" }, { cidr: "128.0.0.0/1" }, { ipv6Cidr: "::/0" }] as const) {
            assert.equal(
                refused({ ingress: { web: { description: "Web", port: 443, ...world } } }),
                "SecurityGroup db can't be built:\n" +
                    "  ingress.web lets the whole Internet in; narrow it, or say in publicReason why it must be public",
            );
        }
        const { recording } = await record(
            () =>
                new SecurityGroup("alb", {
                    ...args,
                    ingress: {
                        web: { description: "HTTPS", port: 443, cidr: "0.0.0.0/0", publicReason: "customers" },
                    },
                    egress: { world: { description: "Updates", port: 443, cidr: "0.0.0.0/0" } },
                }),
        );
        assert.equal(recording.inputsOf(aws.vpc.SecurityGroupIngressRule).description, "HTTPS (public: customers)");
        assert.equal(recording.inputsOf(aws.vpc.SecurityGroupEgressRule).cidrIpv4, "0.0.0.0/0");
    });

    it("tells all that is wrong at once", () => {
        const message = refused({
            description: "Müll",
            ingress: {
                none: { description: "x", port: 1 },
                two: { description: "x", port: 1, cidr: "10.0.0.0/16", self: true },
                blank: { description: "", port: 1, self: true },
                portless: { description: "x", self: true },
                all: { description: "x", protocol: "all", port: 80, self: true },
                backwards: { description: "x", port: [90, 80], self: true },
                host: { description: "x", port: 80, cidr: "10.0.0.1/16" },
                mixed: { description: "x", port: 80, cidr: "fd00::/32" },
                high: { description: "x", port: 70000, self: true },
            },
            egress: { bad: { description: "x", port: 443, cidr: "0.0.0.0/0", self: true } },
        });
        for (const expected of [
            / description must say what it is for, .* got "Müll"/,
            /ingress\.none must name exactly one of cidr, ipv6Cidr, securityGroupId, prefixListId and self/,
            /ingress\.two must name exactly one of/,
            /ingress\.blank\.description must say what it is for/,
            /ingress\.portless\.port must be given: a port or \[first, last\]/,
            /ingress\.all\.port must be absent with protocol all/,
            /ingress\.backwards\.port must be whole numbers from 0 to 65535, first not above last, got 90-80/,
            /ingress\.high\.port must be whole numbers from 0 to 65535, first not above last, got 70000/,
            /ingress\.host must name networks without host bits, IPv4 in cidr and IPv6 in ipv6Cidr, got 10\.0\.0\.1\/16/,
            /ingress\.mixed must name networks without host bits/,
            /egress\.bad must name exactly one of/,
        ]) {
            assert.match(message, expected);
        }
    });
});
