import assert from "node:assert/strict";
import { estimate, type PlatformCost } from "../../ops/cost/estimate";
import { isFree, paidByUse } from "../../ops/cost/left-out";
import type { PlanStep } from "../../ops/cost/plan";
import { rates } from "../../ops/cost/rates";
import { costTable, pastBudget } from "../../ops/cost/table";

const chain = "urn:pulumi:dev::platforms::platforms:web-app:WebApp";
const provider = `${chain}$pulumi:providers:aws::web-app-aws`;

interface Given {
    readonly inputs?: Record<string, unknown>;
    /** Names of resources that an input is made from, by input. */
    readonly from?: Record<string, readonly string[]>;
    readonly op?: string;
}

const urnOf = (type: string, name: string) => `${chain}$${type}::${name}`;

const step = (type: string, name: string, { inputs, from, op = "create" }: Given = {}): PlanStep => ({
    op,
    urn: urnOf(type, name),
    newState: {
        type,
        custom: true,
        inputs: inputs ?? {},
        provider: `${provider}::04da6b54`,
        propertyDependencies: from,
    },
});

const account = (region: string, environment = "dev"): PlanStep => ({
    op: "create",
    urn: provider,
    newState: {
        type: "pulumi:providers:aws",
        custom: true,
        // nested settings of a provider are JSON text
        inputs: { region, defaultTags: JSON.stringify({ tags: { Environment: environment } }) },
    },
});

function costOf(...steps: readonly PlanStep[]): PlatformCost {
    const [only, ...others] = estimate({ steps: [account("us-east-1"), ...steps] });
    assert.ok(only && others.length === 0);
    return only;
}

const amounts = ({ lines }: PlatformCost) =>
    Object.fromEntries(lines.map(({ service, what, usd }) => [`${service}: ${what}`, usd.toFixed(2)]));

describe("what a plan costs", () => {
    it("is hours times price for what runs all month", () => {
        // 730 x 0.045 = 32.85; 730 x 0.0225 = 16.425; 730 x 0.005 = 3.65; 730 x 0.10 = 73
        const cost = costOf(
            step("aws:ec2/natGateway:NatGateway", "nat-1"),
            step("aws:ec2/natGateway:NatGateway", "nat-2"),
            step("aws:ec2/eip:Eip", "address"),
            step("aws:lb/loadBalancer:LoadBalancer", "balancer"),
            step("aws:eks/cluster:Cluster", "cluster"),
        );
        assert.deepEqual(amounts(cost), {
            "EKS: control planes": "73.00",
            "VPC: NAT gateways": "65.70",
            "Elastic Load Balancing: load balancers": "16.43",
            "VPC: public IPv4 addresses": "3.65",
        });
        assert.equal(cost.usd.toFixed(3), "158.775");
        assert.equal(cost.lines.find(({ what }) => what === "NAT gateways")?.resources, 2);
    });

    it("is the task's CPU and memory, times tasks, with the share of Spot taken off", () => {
        const definition = step("aws:ecs/taskDefinition:TaskDefinition", "definition", {
            inputs: { cpu: "512", memory: "1024", runtimePlatform: { cpuArchitecture: "X86_64" } },
        });
        const service = step("aws:ecs/service:Service", "service", {
            inputs: {
                desiredCount: 4,
                capacityProviderStrategies: [
                    { capacityProvider: "FARGATE", weight: 25 },
                    { capacityProvider: "FARGATE_SPOT", weight: 75 },
                ],
            },
            from: { taskDefinition: [urnOf("aws:ecs/taskDefinition:TaskDefinition", "definition")] },
        });
        // a task: (0.5 x 0.04048 + 1 x 0.004445) x 730 = 18.02005; one of them, and three at 0.3 of that
        assert.deepEqual(amounts(costOf(definition, service)), {
            "ECS Fargate: tasks": "18.02",
            "ECS Fargate: tasks on Spot": "16.22",
        });
    });

    it("takes Graviton's price, and nothing for tasks on instances", () => {
        const definition = step("aws:ecs/taskDefinition:TaskDefinition", "definition", {
            inputs: { cpu: "1024", memory: "2048", runtimePlatform: { cpuArchitecture: "ARM64" } },
        });
        const from = { taskDefinition: [urnOf("aws:ecs/taskDefinition:TaskDefinition", "definition")] };
        const strategy = (capacityProvider: string) => ({
            desiredCount: 1,
            capacityProviderStrategies: [{ capacityProvider, weight: 1 }],
        });
        const cost = costOf(
            definition,
            step("aws:ecs/service:Service", "arm", { inputs: strategy("FARGATE"), from }),
            step("aws:ecs/service:Service", "gpu", { inputs: strategy("own-instances"), from }),
        );
        // (1 x 0.03238 + 2 x 0.00356) x 730 = 28.835
        assert.deepEqual(amounts(cost), { "ECS Fargate: tasks": "28.84" });
        assert.deepEqual(cost.unpriced, []);
    });

    it("is twice the instance and the storage with a standby, and the source's storage for a replica", () => {
        const instance = step("aws:rds/instance:Instance", "main", {
            inputs: {
                instanceClass: "db.m7g.large",
                multiAz: true,
                allocatedStorage: 100,
                storageType: "gp3",
                manageMasterUserPassword: true,
            },
        });
        const replica = step("aws:rds/instance:Instance", "replica", {
            inputs: { instanceClass: "db.t4g.medium", storageType: "gp3" },
            from: { replicateSourceDb: [urnOf("aws:rds/instance:Instance", "main")] },
        });
        // 2 x 730 x 0.168 + 730 x 0.065 = 292.73; 2 x 100 x 0.115 + 100 x 0.115 = 34.50
        assert.deepEqual(amounts(costOf(instance, replica)), {
            "RDS: instances": "292.73",
            "RDS: storage": "34.50",
            "Secrets Manager: secrets": "0.40",
        });
    });

    it("counts the nodes of a cache, with and without shards", () => {
        const cache = (inputs: Record<string, unknown>) =>
            amounts(costOf(step("aws:elasticache/replicationGroup:ReplicationGroup", "cache", { inputs })));
        // 730 x 0.032 = 23.36 a node
        assert.deepEqual(cache({ nodeType: "cache.t4g.small", numNodeGroups: 2, replicasPerNodeGroup: 1 }), {
            "ElastiCache: nodes": "93.44",
        });
        assert.deepEqual(cache({ nodeType: "cache.t4g.small", numCacheClusters: 2, engine: "valkey" }), {
            "ElastiCache: nodes": "37.38",
        });
    });

    it("counts the zones of an interface endpoint by its subnets, and gateways as free", () => {
        const subnets = ["private-1", "private-2"].map((name) => step("aws:ec2/subnet:Subnet", name));
        const endpoint = step("aws:ec2/vpcEndpoint:VpcEndpoint", "logs", {
            inputs: { vpcEndpointType: "Interface", subnetIds: "04da6b54-unknown" },
            from: { subnetIds: subnets.map(({ urn }) => urn) },
        });
        const gateway = step("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", { inputs: { vpcEndpointType: "Gateway" } });
        // 2 x 730 x 0.01
        assert.deepEqual(amounts(costOf(...subnets, endpoint, gateway)), { "VPC: interface endpoints": "14.60" });
    });

    it("adds up what is paid by the month", () => {
        const cost = costOf(
            step("aws:kms/key:Key", "key"),
            step("aws:cloudwatch/metricAlarm:MetricAlarm", "plain"),
            step("aws:cloudwatch/metricAlarm:MetricAlarm", "computed", {
                inputs: { metricQueries: [{ expression: "a / b" }, { metric: {} }, { metric: {} }] },
            }),
            step("aws:wafv2/webAcl:WebAcl", "acl", { inputs: { rules: [{}, {}, {}] } }),
            step("aws:route53/healthCheck:HealthCheck", "check", { inputs: { type: "HTTPS", measureLatency: true } }),
        );
        assert.deepEqual(amounts(cost), {
            "WAF: web ACLs and rules": "8.00",
            "Route 53: health checks": "4.75",
            "KMS: keys": "1.00",
            "CloudWatch: alarms": "0.30",
        });
    });

    it("doesn't price what goes", () => {
        const cost = costOf(
            step("aws:kms/key:Key", "stays", { op: "same" }),
            step("aws:kms/key:Key", "goes", { op: "delete" }),
        );
        assert.equal(cost.usd, 1);
    });
});

describe("what a plan's price leaves out", () => {
    it("names what has no price rather than taking it for free", () => {
        const cost = costOf(
            step("aws:rds/instance:Instance", "main", { inputs: { instanceClass: "db.x2g.16xlarge" } }),
            step("aws:redshift/cluster:Cluster", "warehouse"),
            step("aws:ecs/service:Service", "service", { inputs: {} }),
        );
        assert.deepEqual(cost.unpriced, [
            "main: no price for db.x2g.16xlarge",
            "service: its task definition isn't part of the plan",
            "warehouse (aws:redshift/cluster:Cluster): not in the price list",
        ]);
    });

    it("says what is paid by use", () => {
        assert.deepEqual(costOf(step("aws:s3/bucket:Bucket", "files")).byUse, [
            "S3: stored objects, requests and copies between regions",
        ]);
        assert.equal(paidByUse("aws:iam/role:Role"), undefined);
    });

    it("takes no type for free that has a rate", () => {
        assert.deepEqual(Object.keys(rates).filter(isFree), []);
        assert.ok(isFree("aws:iam/role:Role") && isFree("aws:s3/bucketPolicy:BucketPolicy"));
        assert.ok(!isFree("aws:rds/cluster:Cluster") && !isFree("aws:msk/cluster:Cluster"));
    });

    it("tells when the price list is for another region", () => {
        const key = step("aws:kms/key:Key", "key");
        assert.deepEqual(costOf(key).otherRegions, []);
        const [abroad] = estimate({ steps: [account("eu-west-1"), key] });
        assert.deepEqual(abroad?.otherRegions, ["eu-west-1"]);
    });
});

describe("the table of costs", () => {
    const budget = (limit: string) =>
        step("aws:budgets/budget:Budget", "budget", { inputs: { timeUnit: "MONTHLY", limitAmount: limit } });
    const nat = step("aws:ec2/natGateway:NatGateway", "nat");

    it("shows the seed's estimate and what the budget leaves", () => {
        const platforms = estimate({ steps: [account("us-east-1"), nat, budget("40.00")] });
        const table = costTable("dev", platforms);
        assert.match(table, /^Stack dev: USD 32\.85 a month, list prices of us-east-1 as of \d{4}-\d\d-\d\d/);
        assert.match(table, /web-app \(dev\)/);
        assert.match(table, /The seed's estimate: about USD 65 a month\./);
        assert.match(table, /Within the budget of USD 40\.00; USD 7\.15 are left/);
        assert.deepEqual(pastBudget(platforms), []);
    });

    it("warns past the budget", () => {
        const platforms = estimate({ steps: [account("us-east-1", "prod"), nat, budget("30.00")] });
        assert.match(costTable("prod", platforms), /WARNING: USD 2\.85 past the budget of USD 30\.00/);
        assert.match(costTable("prod", platforms), /about USD 500 to 1000 a month/);
        assert.equal(pastBudget(platforms).length, 1);
    });

    it("says that there is no budget", () => {
        assert.match(costTable("dev", estimate({ steps: [account("us-east-1"), nat] })), /There is no budget\./);
    });
});
