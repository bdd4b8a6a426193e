import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { Recording } from "../../support/mocks";
import { statementOf } from "../../support/policies";
import { recordService } from "../../support/transcription";

describe("edge of the transcription service", () => {
    let recording: Recording;
    before(async () => {
        recording = await recordService({ loadBalancer: { testCallers: ["198.51.100.0/24"] } });
    });

    it("lets the world in on 443 and 80 only, and says why at the rule", () => {
        const rules = recording.all(aws.vpc.SecurityGroupIngressRule).map(({ inputs }) => inputs);
        const open = rules.filter((rule) => rule["cidrIpv4"] === "0.0.0.0/0");
        assert.deepEqual(open.map((rule) => [rule["fromPort"], rule["toPort"]]).sort(), [
            [443, 443],
            [80, 80],
        ]);
        for (const rule of open) {
            assert.match(String(rule["description"]), /\(public: customers upload recordings\)$/);
        }
        assert.deepEqual(
            rules.filter((rule) => rule["fromPort"] === 8443).map((rule) => rule["cidrIpv4"]),
            ["10.42.0.0/16", "198.51.100.0/24"],
        );
        const others = rules.filter((rule) => ![443, 80, 8443].includes(Number(rule["fromPort"])));
        assert.ok(others.length >= 6 && others.every((rule) => rule["referencedSecurityGroupId"] !== undefined));
    });

    it("speaks TLS 1.2 and 1.3, drops odd headers, logs, and sends 80 to 443", () => {
        const balancer = recording.inputsOf(aws.lb.LoadBalancer);
        assert.deepEqual(
            [balancer.name, balancer.internal, balancer.dropInvalidHeaderFields, balancer.enableDeletionProtection],
            ["thoth-test-api", false, true, true],
        );
        const { policy, bucket } = recording.inputsOf(aws.s3.BucketPolicy, "bucket-logs-policy");
        assert.deepEqual(balancer.accessLogs, { bucket, prefix: "load-balancer", enabled: true });
        assert.deepEqual(statementOf(policy, "LoadBalancerLogs").Principal, {
            Service: ["logdelivery.elasticloadbalancing.amazonaws.com"],
        });
        for (const listener of ["https", "test"]) {
            const { protocol, sslPolicy, certificateArn } = recording.inputsOf(aws.lb.Listener, `api-${listener}`);
            assert.deepEqual([protocol, sslPolicy], ["HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06"]);
            assert.match(String(certificateArn), /^arn:aws:acm:/);
        }
        assert.deepEqual(recording.inputsOf(aws.lb.Listener, "api-http").defaultActions, [
            { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
        ]);
    });

    it("proves its certificate and has its address in the zone of the shared account", () => {
        const [proof, address] = [
            recording.resource(aws.route53.Record, "proof"),
            recording.resource(aws.route53.Record, "address"),
        ];
        for (const { inputs, provider } of [proof, address]) {
            assert.equal(inputs["zoneId"], "Z0123456789ABCDEFGHIJ");
            assert.match(provider, /thoth-shared-aws/);
        }
        assert.equal(address.inputs["name"], "thoth.example.com");
        const shared = recording.resource("pulumi:providers:aws", "thoth-shared-aws").inputs;
        assert.equal(shared["allowedAccountIds"], JSON.stringify(["444444444444"]));
        assert.match(String(shared["assumeRoles"]), /arn:aws:iam::444444444444:role\/deployer/);
    });

    it("filters by AWS's rules and a limit per address, and logs without credentials", () => {
        const acl = recording.inputsOf(aws.wafv2.WebAcl);
        assert.deepEqual(
            acl.rules?.map((rule) => rule.name),
            [
                "AWSManagedRulesAmazonIpReputationList",
                "AWSManagedRulesCommonRuleSet",
                "AWSManagedRulesKnownBadInputsRuleSet",
                "AWSManagedRulesSQLiRuleSet",
                "AWSManagedRulesPHPRuleSet",
                "RateLimit",
            ],
        );
        assert.equal(new Set(acl.rules?.map((rule) => rule.priority)).size, 6);
        const logging = recording.inputsOf(aws.wafv2.WebAclLoggingConfiguration);
        assert.deepEqual(
            logging.redactedFields?.map((field) => field.singleHeader?.name),
            ["authorization", "cookie"],
        );
        assert.equal(recording.inputsOf(aws.cloudwatch.LogGroup, "web-log").name, "aws-waf-logs-thoth-test");
        recording.resource(aws.wafv2.WebAclAssociation);
    });

    it("moves the api's traffic between two target groups by ECS's own role, after a bake time, and back on alarms", () => {
        const service = recording.inputsOf(aws.ecs.Service, "service-api-service");
        assert.deepEqual(service.deploymentConfiguration, { strategy: "BLUE_GREEN", bakeTimeInMinutes: "10" });
        const [target] = service.loadBalancers ?? [];
        const role = recording.inputsOf(aws.iam.Role, "edge-traffic-role");
        assert.deepEqual(statementOf(role.assumeRolePolicy, "AllowService").Principal, {
            Service: ["ecs.amazonaws.com"],
        });
        assert.equal(
            recording.inputsOf(aws.iam.RolePolicyAttachment, "edge-traffic-role").policyArn,
            "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
        );
        const arn = (kind: string, name: string) => `arn:aws:${kind}:us-east-1:111111111111:${name}`;
        assert.deepEqual(target, {
            targetGroupArn: arn("lb", "thoth-edge-traffic-blue"),
            containerName: "api",
            containerPort: 8080,
            advancedConfiguration: {
                alternateTargetGroupArn: arn("lb", "thoth-edge-traffic-green"),
                productionListenerRule: arn("lb", "thoth-edge-traffic-production"),
                testListenerRule: arn("lb", "thoth-edge-traffic-test"),
                roleArn: "arn:aws:iam::111111111111:thoth-edge-traffic-role",
            },
        });
        for (const rule of ["production", "test"]) {
            const { actions, conditions } = recording.inputsOf(aws.lb.ListenerRule, rule);
            assert.deepEqual(conditions, [{ hostHeader: { values: ["thoth.example.com"] } }]);
            // both groups have to belong to the load balancer
            assert.deepEqual(
                actions?.[0]?.forward?.targetGroups?.map(({ weight }) => weight),
                [100, 0],
            );
        }
        assert.deepEqual(service.alarms, {
            enable: true,
            rollback: true,
            alarmNames: ["thoth-test-api-errors", "thoth-test-api-latency"],
        });
        for (const group of ["blue", "green"]) {
            assert.equal(recording.inputsOf(aws.lb.TargetGroup, `traffic-${group}`).targetType, "ip");
        }
    });
});
