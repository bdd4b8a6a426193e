import { count, objects, type Planned, text } from "./plan";
import {
    cacheNodes,
    fargate,
    hourly,
    hoursPerMonth,
    instances,
    monthly,
    rdsInstances,
    rdsStorage,
    valkeyShare,
} from "./prices";

/** One item of the bill. */
export interface Item {
    /** As the bill of AWS groups it. */
    readonly service: string;
    readonly what: string;
    readonly usd: number;
}

/** What a resource costs, or why that can't be said. */
export type Rate = (resource: Planned) => readonly Item[] | string;

const perHour = (usd: number): number => usd * hoursPerMonth;

const flat =
    (service: string, what: string, usd: number): Rate =>
    () => [{ service, what, usd }];

/** Resources that cost something for being there, by type. */
export const rates: Readonly<Record<string, Rate>> = {
    "aws:ec2/natGateway:NatGateway": flat("VPC", "NAT gateways", perHour(hourly.natGateway)),
    "aws:ec2/eip:Eip": flat("VPC", "public IPv4 addresses", perHour(hourly.publicIpv4)),
    "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
    "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
    "aws:ecs/service:Service": ecsService,
    "aws:rds/instance:Instance": database,
    "aws:elasticache/replicationGroup:ReplicationGroup": cache,
    "aws:eks/cluster:Cluster": flat("EKS", "control planes", perHour(hourly.eksCluster)),
    "aws:eks/nodeGroup:NodeGroup": nodeGroup,
    "aws:ec2/instance:Instance": instance,
    "aws:kms/key:Key": flat("KMS", "keys", monthly.kmsKey),
    "aws:kms/replicaKey:ReplicaKey": flat("KMS", "keys", monthly.kmsKey),
    "aws:secretsmanager/secret:Secret": flat("Secrets Manager", "secrets", monthly.secret),
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
    "aws:cloudwatch/dashboard:Dashboard": flat("CloudWatch", "dashboards", monthly.dashboard),
    "aws:wafv2/webAcl:WebAcl": webAcl,
    "aws:route53/healthCheck:HealthCheck": healthCheck,
    "aws:route53/zone:Zone": flat("Route 53", "hosted zones", monthly.hostedZone),
};

/** By the hour in each zone; gateways for S3 and DynamoDB are free. */
function endpoint({ inputs, from }: Planned): readonly Item[] | string {
    if (inputs["vpcEndpointType"] !== "Interface") {
        return [];
    }
    // the ids are unknown before deployment, but not which subnets they belong to
    const subnets = new Set(from("subnetIds").filter(({ type }) => type === "aws:ec2/subnet:Subnet"));
    const zones = Array.isArray(inputs["subnetIds"]) ? inputs["subnetIds"].length : subnets.size;
    return zones === 0
        ? "in how many zones isn't known before deployment"
        : [{ service: "VPC", what: "interface endpoints", usd: zones * perHour(hourly.interfaceEndpoint) }];
}

function loadBalancer({ inputs }: Planned): readonly Item[] {
    const network = inputs["loadBalancerType"] === "network";
    const usd = perHour(network ? hourly.networkLoadBalancer : hourly.applicationLoadBalancer);
    return [{ service: "Elastic Load Balancing", what: "load balancers", usd }];
}

/** Tasks at first, at the shares of Spot and ordinary capacity. Tasks on instances are paid for with these. */
function ecsService({ inputs, from }: Planned): readonly Item[] | string {
    const shares = objects(inputs["capacityProviderStrategies"]).map((share) => ({
        provider: text(share["capacityProvider"]),
        weight: count(share["weight"], 0),
    }));
    const known = shares.filter(({ provider }) => provider === "FARGATE" || provider === "FARGATE_SPOT");
    if (shares.length > 0 && known.length === 0) {
        return [];
    }
    const definition = from("taskDefinition").find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition");
    if (definition === undefined) {
        return "its task definition isn't part of the plan";
    }
    const vcpu = count(definition.inputs["cpu"], 0) / 1024;
    const gib = count(definition.inputs["memory"], 0) / 1024;
    const [platform] = [definition.inputs["runtimePlatform"]].flatMap((value) => objects([value]));
    const price = platform?.["cpuArchitecture"] === "ARM64" ? fargate.ARM64 : fargate.X86_64;
    const task = perHour(vcpu * price.vcpu + gib * price.gib);
    const total = known.reduce((sum, { weight }) => sum + weight, 0);
    const tasks = count(inputs["desiredCount"], 1);
    const priced = total === 0 ? [{ provider: "FARGATE", weight: 1 }] : known;
    return priced
        .filter(({ weight }) => weight > 0)
        .map(({ provider, weight }) => {
            const share = (tasks * weight) / (total || 1);
            return provider === "FARGATE_SPOT"
                ? { service: "ECS Fargate", what: "tasks on Spot", usd: share * task * fargate.spotShare }
                : { service: "ECS Fargate", what: "tasks", usd: share * task };
        });
}

function database({ inputs, from }: Planned): readonly Item[] | string {
    const instanceClass = text(inputs["instanceClass"]) ?? "";
    const price = rdsInstances[instanceClass];
    if (price === undefined) {
        return `no price for ${instanceClass || "its class"}`;
    }
    const copies = inputs["multiAz"] === true ? 2 : 1;
    const storage = rdsStorage[text(inputs["storageType"]) ?? "gp3"] ?? 0;
    // a replica says no size: it is as large as its source
    const [source] = from("replicateSourceDb");
    const gib = count(inputs["allocatedStorage"], count(source?.inputs["allocatedStorage"], 20));
    // RDS keeps the master password as a secret of Secrets Manager
    const secret = inputs["manageMasterUserPassword"] === true ? monthly.secret : 0;
    return [
        { service: "RDS", what: "instances", usd: copies * perHour(price) },
        { service: "RDS", what: "storage", usd: copies * storage * gib },
        ...(secret > 0 ? [{ service: "Secrets Manager", what: "secrets", usd: secret }] : []),
    ];
}

function cache({ inputs }: Planned): readonly Item[] | string {
    const nodeType = text(inputs["nodeType"]) ?? "";
    const price = cacheNodes[nodeType];
    if (price === undefined) {
        return `no price for ${nodeType || "its node type"}`;
    }
    const shards = count(inputs["numNodeGroups"], 0);
    const nodes =
        shards > 0 ? shards * (1 + count(inputs["replicasPerNodeGroup"], 0)) : count(inputs["numCacheClusters"], 1);
    const share = inputs["engine"] === "valkey" ? valkeyShare : 1;
    return [{ service: "ElastiCache", what: "nodes", usd: nodes * share * perHour(price) }];
}

function nodeGroup({ inputs }: Planned): readonly Item[] | string {
    const [type] = Array.isArray(inputs["instanceTypes"]) ? inputs["instanceTypes"].map(text) : [];
    const price = instances[type ?? ""];
    if (price === undefined) {
        return `no price for ${type ?? "its instance type"}`;
    }
    const [scaling] = objects([inputs["scalingConfig"]]);
    const nodes = count(scaling?.["desiredSize"], count(scaling?.["minSize"], 1));
    const spot = inputs["capacityType"] === "SPOT";
    // spare capacity has no list price; the ordinary one is the most that it can cost
    return [{ service: "EC2", what: spot ? "nodes (spot, at most)" : "nodes", usd: nodes * perHour(price) }];
}

function instance({ inputs }: Planned): readonly Item[] | string {
    const type = text(inputs["instanceType"]) ?? "";
    const price = instances[type];
    return price === undefined
        ? `no price for ${type || "its instance type"}`
        : [{ service: "EC2", what: "instances", usd: perHour(price) }];
}

/** By each metric that it looks at. */
function alarm({ inputs }: Planned): readonly Item[] {
    const queried = objects(inputs["metricQueries"]).filter((query) => query["metric"] !== undefined).length;
    return [{ service: "CloudWatch", what: "alarms", usd: Math.max(1, queried) * monthly.alarmMetric }];
}

function webAcl({ inputs }: Planned): readonly Item[] {
    const rules = objects(inputs["rules"]).length;
    return [{ service: "WAF", what: "web ACLs and rules", usd: monthly.webAcl + rules * monthly.webAclRule }];
}

function healthCheck({ inputs }: Planned): readonly Item[] {
    const options = [
        text(inputs["type"])?.startsWith("HTTPS"),
        text(inputs["type"])?.includes("STR_MATCH"),
        inputs["requestInterval"] === 10,
        inputs["measureLatency"] === true,
    ].filter(Boolean).length;
    const usd = monthly.healthCheck + options * monthly.healthCheckOption;
    return [{ service: "Route 53", what: "health checks", usd }];
}
