import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import { Network, type NetworkArgs } from "../../../components/foundation/network";
import { record, rejection, resolved, testPlace } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";

const args: NetworkArgs = { ...testPlace, cidr: "10.20.0.0/16", availabilityZones: 3, natGateways: "single" };
const build = (more: Partial<NetworkArgs> = {}) => record(() => new Network("shop", { ...args, ...more }));

describe("Network", () => {
    it("sets room for four zones aside, so that a zone can be added without moving the others", async () => {
        const { recording } = await build();
        assert.deepEqual(recording.inputsOf(awsx.ec2.Vpc), {
            cidrBlock: "10.20.0.0/16",
            numberOfAvailabilityZones: 3,
            availabilityZoneCidrMask: 18,
            subnetStrategy: "Auto",
            subnetSpecs: [
                { type: "Private", cidrMask: 19 },
                { type: "Public", cidrMask: 20 },
            ],
            natGateways: { strategy: "Single" },
            enableDnsSupport: true,
            enableDnsHostnames: true,
        });
    });

    it("takes zones by name, isolated subnets and tags for clusters", async () => {
        const { recording, result } = await build({
            availabilityZones: ["us-east-1a", "us-east-1c"],
            isolatedSubnets: true,
            natGateways: "per-az",
            clusterNames: ["shop-dev"],
        });
        const vpc = recording.inputsOf(awsx.ec2.Vpc);
        assert.deepEqual(vpc.availabilityZoneNames, ["us-east-1a", "us-east-1c"]);
        assert.equal(vpc.numberOfAvailabilityZones, undefined);
        assert.equal(vpc.natGateways?.strategy, "OnePerAz");
        assert.deepEqual(vpc.subnetSpecs, [
            {
                type: "Private",
                cidrMask: 19,
                tags: { "kubernetes.io/cluster/shop-dev": "shared", "kubernetes.io/role/internal-elb": "1" },
            },
            {
                type: "Public",
                cidrMask: 20,
                tags: { "kubernetes.io/cluster/shop-dev": "shared", "kubernetes.io/role/elb": "1" },
            },
            { type: "Isolated", cidrMask: 20 },
        ]);
        assert.deepEqual(await resolved(result.isolatedSubnetIds), ["subnet-isolated-1", "subnet-isolated-2"]);
        assert.equal((await resolved(result.natPublicIps)).length, 2);
    });

    it("empties the default security group", async () => {
        const { recording } = await build();
        const group = recording.inputsOf(aws.ec2.DefaultSecurityGroup);
        assert.deepEqual([group.vpcId, group.ingress, group.egress], ["vpc-shop-vpc", [], []]);
    });

    it("records all traffic to a log group under a key of its own, by a role that can do nothing else", async () => {
        const { recording } = await build({ logRetentionDays: 90 });
        const logGroup = recording.inputsOf(aws.cloudwatch.LogGroup);
        assert.equal(logGroup.retentionInDays, 90);
        assert.match(String(logGroup.kmsKeyId), /shop-logs-key$/);
        const flowLog = recording.inputsOf(aws.ec2.FlowLog);
        assert.equal(flowLog.trafficType, "ALL");
        assert.match(String(flowLog.logDestination), /shop-flow-logs$/);
        assert.deepEqual(statementOf(recording.inputsOf(aws.iam.Role).assumeRolePolicy, "AllowService"), {
            Sid: "AllowService",
            Effect: "Allow",
            Principal: { Service: ["vpc-flow-logs.amazonaws.com"] },
            Action: ["sts:AssumeRole"],
            Condition: {
                StringEquals: { "aws:SourceAccount": "111111111111" },
                ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-east-1:111111111111:vpc-flow-log/*" },
            },
        });
        const { WriteFlowLogs, ...others } = statementsOf(recording.inputsOf(aws.iam.RolePolicy).policy);
        assert.deepEqual(Object.keys(others), []);
        assert.deepEqual(WriteFlowLogs?.Resource, [flowLog.logDestination, `${flowLog.logDestination}:*`]);
    });

    it("makes no key where it is given one", async () => {
        const { recording } = await build({ logsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/given" });
        assert.deepEqual(recording.names(aws.kms.Key), []);
        assert.equal(
            recording.inputsOf(aws.cloudwatch.LogGroup).kmsKeyId,
            "arn:aws:kms:us-east-1:111111111111:key/given",
        );
    });

    it("reaches S3 by a gateway in all route tables, other services by interfaces open to the VPC on 443 only", async () => {
        const { recording } = await build();
        assert.deepEqual(recording.names(aws.ec2.VpcEndpoint), [
            "shop-ecr-api-endpoint",
            "shop-ecr-dkr-endpoint",
            "shop-logs-endpoint",
            "shop-s3-endpoint",
            "shop-secretsmanager-endpoint",
            "shop-sts-endpoint",
        ]);
        const gateway = recording.inputsOf(aws.ec2.VpcEndpoint, "s3-endpoint");
        assert.equal(gateway.vpcEndpointType, "Gateway");
        assert.equal(gateway.serviceName, "com.amazonaws.us-east-1.s3");
        assert.equal(gateway.routeTableIds?.length, 6);
        assert.equal(gateway.subnetIds, undefined);
        const endpoint = recording.inputsOf(aws.ec2.VpcEndpoint, "ecr-dkr-endpoint");
        assert.equal(endpoint.vpcEndpointType, "Interface");
        assert.equal(endpoint.serviceName, "com.amazonaws.us-east-1.ecr.dkr");
        assert.equal(endpoint.privateDnsEnabled, true);
        assert.deepEqual(endpoint.subnetIds, ["subnet-private-1", "subnet-private-2", "subnet-private-3"]);
        assert.equal(endpoint.routeTableIds, undefined);
        const rule = recording.inputsOf(aws.vpc.SecurityGroupIngressRule);
        assert.deepEqual(
            [rule.cidrIpv4, rule.fromPort, rule.toPort, rule.ipProtocol],
            ["10.20.0.0/16", 443, 443, "tcp"],
        );
        assert.deepEqual(recording.names(aws.vpc.SecurityGroupEgressRule), []);
    });

    it("makes the endpoints that it is asked for, each once", async () => {
        const { recording } = await build({ endpoints: ["ssm", "ssm", "dynamodb"] });
        assert.deepEqual(recording.names(aws.ec2.VpcEndpoint), [
            "shop-dynamodb-endpoint",
            "shop-ec2messages-endpoint",
            "shop-ssm-endpoint",
            "shop-ssmmessages-endpoint",
        ]);
    });

    it("has no NAT gateway address where there is none", async () => {
        const { result } = await build({ natGateways: "none" });
        assert.deepEqual(await resolved(result.natPublicIps), []);
    });

    it("tells all that is wrong with its args at once, and makes nothing", async () => {
        const wrong: NetworkArgs = {
            ...args,
            cidr: "10.0.0.0/8",
            availabilityZones: ["us-east-1a", "us-west-2a", "us-east-1a"],
            natGateways: "two" as "none",
            logRetentionDays: 31,
            endpoints: ["s4" as "s3"],
        };
        const { recording, result: message } = await record(() => rejection(() => new Network("shop", wrong)));
        assert.match(message, /^Network shop can't be built:\n/);
        assert.match(message, /cidr must be an IPv4 network from \/16 to \/24, got "10\.0\.0\.0\/8"/);
        assert.match(message, /availabilityZones must differ, got us-east-1a, us-west-2a, us-east-1a/);
        assert.match(message, /availabilityZones must lie in us-east-1/);
        assert.match(message, /natGateways must be one of none, single, per-az, got "two"/);
        assert.match(message, /logRetentionDays must be one of 1, 3, .* days, got 31/);
        assert.match(message, /endpoints has no "s4"; known are s3, /);
        assert.deepEqual(recording.resources, []);
    });

    for (const cidr of ["10.0.0.1/16", "10.0.0.0", "300.0.0.0/16", "fd00::/20", "10.0.0.0/25"]) {
        it(`refuses ${cidr} as its range`, () => {
            assert.equal(
                rejection(() => new Network("shop", { ...args, cidr })),
                `Network shop can't be built:\n  cidr must be an IPv4 network from /16 to /24, got "${cidr}"`,
            );
        });
    }

    for (const count of [1, 5, 2.5]) {
        it(`refuses ${count} zones`, () => {
            assert.throws(() => new Network("shop", { ...args, availabilityZones: count }), {
                message: `Network shop can't be built:\n  availabilityZones must be a whole number from 2 to 4, got ${count}`,
            });
        });
    }
});
