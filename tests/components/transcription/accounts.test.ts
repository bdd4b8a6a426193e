import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import type { Recording } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";
import { recordService } from "../../support/transcription";

describe("networks and accounts of the transcription service", () => {
    let recording: Recording;
    before(async () => {
        recording = await recordService();
    });

    it("peers its network with the shared one: asked for here, accepted there, routed on both sides", () => {
        const connection = recording.resource(aws.ec2.VpcPeeringConnection);
        assert.deepEqual(
            [connection.inputs["peerOwnerId"], connection.inputs["peerVpcId"], connection.inputs["autoAccept"]],
            ["444444444444", "vpc-0a1b2c3d4e5f60718", false],
        );
        const accepter = recording.resource(aws.ec2.VpcPeeringConnectionAccepter);
        assert.equal(accepter.inputs["autoAccept"], true);
        assert.match(accepter.provider, /thoth-shared-aws/);
        const routes = recording
            .all(aws.ec2.Route)
            .map(({ name, inputs, provider }) => [
                name,
                inputs["routeTableId"],
                inputs["destinationCidrBlock"],
                /thoth-(shared-)?aws/.exec(provider)?.[0],
            ]);
        assert.deepEqual(routes.sort(), [
            [
                "thoth-peering-from-shared-rtb-0a1b2c3d4e5f60718",
                "rtb-0a1b2c3d4e5f60718",
                "10.42.0.0/16",
                "thoth-shared-aws",
            ],
            ["thoth-peering-to-shared-us-east-1a", "rtb-private-1", "10.100.0.0/16", "thoth-aws"],
            ["thoth-peering-to-shared-us-east-1b", "rtb-private-2", "10.100.0.0/16", "thoth-aws"],
        ]);
        assert.equal(recording.all(aws.ec2.PeeringConnectionOptions).length, 2);
    });

    it("shuts databases off from outside the VPC a second time, by ACLs", () => {
        const isolated = recording.inputsOf(aws.ec2.NetworkAcl, "acls-isolated");
        for (const entries of [isolated.ingress, isolated.egress]) {
            assert.deepEqual(
                entries?.map(({ action, cidrBlock }) => [action, cidrBlock]),
                [["allow", "10.42.0.0/16"]],
            );
        }
        const open = recording
            .inputsOf(aws.ec2.NetworkAcl, "acls-public")
            .ingress?.filter(({ cidrBlock }) => cidrBlock === "0.0.0.0/0")
            .map(({ fromPort, toPort }) => [fromPort, toPort]);
        assert.deepEqual(open, [
            [443, 443],
            [80, 80],
            [1024, 65535],
        ]);
        recording.resource(aws.ec2.FlowLog);
    });

    it("uses a network that is there already, and makes none", async () => {
        const existing = await recordService({
            network: {
                existing: {
                    vpcId: "vpc-0123456789abcdef0",
                    publicSubnetIds: ["subnet-0000000000000000a", "subnet-0000000000000000b"],
                    privateSubnetIds: ["subnet-0000000000000001a", "subnet-0000000000000001b"],
                    isolatedSubnetIds: ["subnet-0000000000000002a", "subnet-0000000000000002b"],
                    privateRouteTableIds: ["rtb-0123456789abcdef0"],
                },
            },
        });
        assert.equal(existing.all(awsx.ec2.Vpc).length, 0);
        assert.deepEqual(existing.inputsOf(aws.lb.LoadBalancer).subnets, [
            "subnet-0000000000000000a",
            "subnet-0000000000000000b",
        ]);
        assert.deepEqual(existing.inputsOf(aws.rds.SubnetGroup).subnetIds, [
            "subnet-0000000000000002a",
            "subnet-0000000000000002b",
        ]);
        assert.deepEqual(existing.names(aws.efs.MountTarget), [
            "thoth-files-subnet-0000000000000001a",
            "thoth-files-subnet-0000000000000001b",
        ]);
        assert.equal(
            existing.inputsOf(aws.ec2.Route, "to-shared-rtb-0123456789abcdef0").routeTableId,
            "rtb-0123456789abcdef0",
        );
    });

    it("has a role in the shared account that only its own roles take on, with an external id", () => {
        const role = recording.resource(aws.iam.Role, "shared-access-role");
        assert.match(role.provider, /thoth-shared-aws/);
        assert.equal(role.inputs["name"], "thoth-test-cross-account-access");
        const trust = statementOf(role.inputs["assumeRolePolicy"], "OtherAccount");
        assert.deepEqual(trust.Principal, { AWS: ["arn:aws:iam::111111111111:root"] });
        assert.deepEqual(trust.Condition, {
            StringEquals: { "sts:ExternalId": "thoth-test-access" },
            ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/thoth-test-*" },
        });
        const statements = statementsOf(recording.inputsOf(aws.iam.RolePolicy, "shared-access-policy").policy);
        const actions = Object.values(statements).flatMap((statement) => statement.Action);
        assert.deepEqual(actions.sort(), [
            "ec2:AcceptVpcPeeringConnection",
            "ec2:CreateRoute",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeVpcs",
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:GetAuthorizationToken",
            "ecr:GetDownloadUrlForLayer",
            "s3:GetObject",
            "s3:ListBucket",
            "s3:PutObject",
            "secretsmanager:GetSecretValue",
        ]);
        assert.deepEqual(statements["UseObjects"]?.Resource, ["arn:aws:s3:::shared-media/*"]);
        assert.deepEqual(statements["ReadSecrets"]?.Resource, [
            "arn:aws:secretsmanager:us-east-1:444444444444:secret:license-AbCdEf",
        ]);
        assert.deepEqual(statements["RoutePeering"]?.Resource, [
            "arn:aws:ec2:us-east-1:444444444444:route-table/rtb-0a1b2c3d4e5f60718",
        ]);
        // the programs that may take it on know how
        const { policy } = recording.inputsOf(aws.iam.RolePolicy, "service-api-task");
        assert.deepEqual(statementOf(policy, "SharedAccess").Resource, [
            "arn:aws:iam::444444444444:role/thoth-test-cross-account-access",
        ]);
        const worker = statementsOf(recording.inputsOf(aws.iam.RolePolicy, "service-audio-extraction-task").policy);
        assert.equal(worker["SharedAccess"], undefined);
    });

    it("lets jobs of one GitHub environment deploy, and nothing more than that", () => {
        const role = recording.inputsOf(aws.iam.Role, "deploy-role");
        assert.deepEqual(statementOf(role.assumeRolePolicy, "GitHubJobs").Condition, {
            StringEquals: {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": "repo:example/thoth:environment:test",
            },
        });
        const statements = statementsOf(recording.inputsOf(aws.iam.RolePolicy, "deploy-policy").policy);
        assert.deepEqual(statements["Release"]?.Resource, ["arn:aws:ecs:us-east-1:111111111111:service/thoth-test/*"]);
        const passed = statements["HandOverTaskRoles"];
        assert.equal(passed?.Resource?.length, 8);
        assert.deepEqual(passed?.Condition, {
            StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
        });
        assert.equal(recording.all(aws.iam.OpenIdConnectProvider).length, 1);
    });

    it("uses GitHub's identity provider where the account has it already", async () => {
        const providerArn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";
        const shared = await recordService({ github: { oidcProviderArn: providerArn } });
        assert.equal(shared.all(aws.iam.OpenIdConnectProvider).length, 0);
        assert.deepEqual(
            statementOf(shared.inputsOf(aws.iam.Role, "deploy-role").assumeRolePolicy, "GitHubJobs").Principal,
            { Federated: [providerArn] },
        );
    });
});
