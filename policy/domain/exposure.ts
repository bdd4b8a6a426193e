import type { StackResource, StackView } from "../engine/stack";
import type { Widest } from "./cidr";
import { Network } from "./network";

/** One step from the internet inward. */
export interface Step {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** By what it is entered: a port, an endpoint, a security group. */
    readonly by: string;
}

export interface Exposure {
    readonly target: Step;
    /** From the first resource behind the internet to the target, the target included. */
    readonly path: readonly Step[];
}

interface Door {
    readonly type: string;
    readonly by: string;
    readonly open: (resource: StackResource) => boolean;
    /** Whether its security groups must let the internet in as well. */
    readonly guarded: boolean;
}

const always = (): boolean => true;

function isTrue(path: string): (resource: StackResource) => boolean {
    return (resource) => resource.get(path).boolean === true;
}

/** Resources with a door of their own to the internet. */
const doors: readonly Door[] = [
    {
        type: "aws:lb/loadBalancer:LoadBalancer",
        by: "public load balancer",
        guarded: true,
        open: (resource) =>
            resource.get("internal").boolean !== true && resource.get("loadBalancerType").string !== "gateway",
    },
    {
        type: "aws:elb/loadBalancer:LoadBalancer",
        by: "public load balancer",
        guarded: true,
        open: (resource) => resource.get("internal").boolean !== true,
    },
    {
        type: "aws:ec2/instance:Instance",
        by: "public address",
        guarded: true,
        open: isTrue("associatePublicIpAddress"),
    },
    {
        type: "aws:ecs/service:Service",
        by: "public address",
        guarded: true,
        open: isTrue("networkConfiguration.assignPublicIp"),
    },
    { type: "aws:rds/instance:Instance", by: "public address", guarded: true, open: isTrue("publiclyAccessible") },
    {
        type: "aws:rds/clusterInstance:ClusterInstance",
        by: "public address",
        guarded: true,
        open: isTrue("publiclyAccessible"),
    },
    { type: "aws:redshift/cluster:Cluster", by: "public address", guarded: true, open: isTrue("publiclyAccessible") },
    {
        type: "aws:eks/cluster:Cluster",
        by: "public API endpoint",
        guarded: false,
        open: (resource) => resource.get("vpcConfig.endpointPublicAccess").boolean !== false,
    },
    { type: "aws:lambda/functionUrl:FunctionUrl", by: "function URL", guarded: false, open: always },
    {
        type: "aws:apigateway/restApi:RestApi",
        by: "API endpoint",
        guarded: false,
        open: (resource) => !/PRIVATE/.test(JSON.stringify(resource.get("endpointConfiguration.types").plain(3) ?? "")),
    },
    {
        type: "aws:apigatewayv2/api:Api",
        by: "API endpoint",
        guarded: false,
        open: (resource) => resource.get("disableExecuteApiEndpoint").boolean !== true,
    },
    {
        type: "aws:appsync/graphQLApi:GraphQLApi",
        by: "API endpoint",
        guarded: false,
        open: (resource) => resource.get("visibility").string !== "PRIVATE",
    },
    {
        type: "aws:cloudfront/distribution:Distribution",
        by: "distribution",
        guarded: false,
        open: (resource) => resource.get("enabled").boolean !== false,
    },
    {
        type: "aws:apprunner/service:Service",
        by: "service URL",
        guarded: false,
        open: (resource) =>
            resource.get("networkConfiguration.ingressConfiguration.isPubliclyAccessible").boolean !== false,
    },
    {
        type: "aws:transfer/server:Server",
        by: "server endpoint",
        guarded: false,
        open: (resource) => /^(?:PUBLIC)?$/.test(resource.get("endpointType").string ?? ""),
    },
    {
        type: "aws:globalaccelerator/accelerator:Accelerator",
        by: "accelerator address",
        guarded: false,
        open: (resource) => resource.get("enabled").boolean !== false,
    },
    {
        type: "kubernetes:core/v1:Service",
        by: "load balancer of a service",
        guarded: false,
        open: (resource) =>
            resource.get("spec.type").string === "LoadBalancer" &&
            !/internal/i.test(JSON.stringify(resource.get("metadata.annotations").plain(2) ?? "")),
    },
    {
        type: "kubernetes:networking.k8s.io/v1:Ingress",
        by: "public ingress",
        guarded: false,
        open: (resource) =>
            resource.get("metadata.annotations").child("alb.ingress.kubernetes.io/scheme").string === "internet-facing",
    },
];

/** Properties by which traffic is handed on, from the resource that hands to the one that takes, or against that. */
const handsOn: readonly { readonly type: string; readonly from: string; readonly to: string; readonly by: string }[] = [
    // A listener stands between the load balancer and its target group.
    { type: "aws:lb/listener:Listener", from: "loadBalancerArn", to: "defaultActions", by: "listener" },
    { type: "aws:lb/listenerRule:ListenerRule", from: "listenerArn", to: "actions", by: "listener rule" },
    {
        type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
        from: "targetGroupArn",
        to: "targetId",
        by: "target group",
    },
    {
        type: "aws:autoscaling/attachment:Attachment",
        from: "lbTargetGroupArn",
        to: "autoscalingGroupName",
        by: "target group",
    },
    { type: "aws:apigatewayv2/integration:Integration", from: "apiId", to: "integrationUri", by: "integration" },
    { type: "aws:apigateway/integration:Integration", from: "restApi", to: "uri", by: "integration" },
    { type: "aws:globalaccelerator/listener:Listener", from: "acceleratorArn", to: "", by: "listener" },
    {
        type: "aws:globalaccelerator/endpointGroup:EndpointGroup",
        from: "listenerArn",
        to: "endpointConfigurations",
        by: "endpoint group",
    },
];

interface Edge {
    readonly to: StackResource;
    readonly by: string;
}

/** Which resources can be reached from the internet, each by its shortest path. */
export function exposures(stack: StackView, widest: Widest): readonly Exposure[] {
    const network = Network.of(stack);
    const edges = edgesOf(network);
    const found = new Map<StackResource, readonly Step[]>();
    let front: (readonly [StackResource, readonly Step[]])[] = entrances(network, widest);
    while (front.length > 0) {
        const next: typeof front = [];
        for (const [resource, path] of front) {
            if (!found.has(resource)) {
                found.set(resource, path);
                next.push(...(edges.get(resource) ?? []).map(({ to, by }) => [to, [...path, step(to, by)]] as const));
            }
        }
        front = next;
    }
    return [...found.values()].flatMap((path) => {
        const target = path.at(-1);
        return target === undefined ? [] : [{ target, path }];
    });
}

function step(resource: StackResource, by: string): Step {
    return { urn: resource.urn, type: resource.type, name: resource.name, by };
}

function entrances(network: Network, widest: Widest): [StackResource, readonly Step[]][] {
    return network.stack.resources.flatMap((resource): [StackResource, readonly Step[]][] => {
        const door = doors.find(({ type, open }) => type === resource.type && open(resource));
        if (door === undefined) {
            return [];
        }
        const groups = network.groupsOf(resource);
        const openings = groups.flatMap((group) => network.openings(group, widest));
        // Without groups of its own nothing guards it: a network load balancer, or a machine in the VPC's default group.
        const entered = !door.guarded || groups.length === 0 || openings.length > 0;
        const ports = [...new Set(openings.map((opening) => `${opening.ports} by group ${opening.group.name}`))];
        const by = ports.length > 0 && door.guarded ? `${door.by}, ${ports.join(", ")}` : door.by;
        return entered ? [[resource, [step(resource, by)]]] : [];
    });
}

function edgesOf(network: Network): ReadonlyMap<StackResource, readonly Edge[]> {
    const edges = new Map<StackResource, Edge[]>();
    const add = (from: StackResource, to: StackResource, by: string): void => {
        edges.set(from, [...(edges.get(from) ?? []), { to, by }]);
    };
    for (const resource of network.stack.resources) {
        for (const hand of handsOn.filter(({ type }) => type === resource.type)) {
            network.referred(resource, hand.from).forEach((from) => {
                add(from, resource, hand.by);
            });
            handedTo(network, resource, hand.to).forEach((to) => {
                add(resource, to, hand.by);
            });
        }
        if (resource.type === "aws:ecs/service:Service") {
            handedTo(network, resource, "loadBalancers").forEach((group) => {
                add(group, resource, "target group");
            });
        }
        if (resource.type === "aws:lambda/functionUrl:FunctionUrl") {
            network.referred(resource, "functionName").forEach((target) => {
                add(resource, target, "function URL");
            });
        }
    }
    for (const { group, source, ports } of network.admissions) {
        for (const from of source === undefined ? [] : network.membersOf(source)) {
            for (const to of network.membersOf(group).filter((member) => member !== from)) {
                add(from, to, `${ports} by group ${group.name}`);
            }
        }
    }
    return edges;
}

/** What a property refers to, at any depth of it. */
function handedTo(network: Network, resource: StackResource, property: string): readonly StackResource[] {
    if (property === "") {
        return [];
    }
    const inner = network.stack.referredBy(resource, property);
    const named = network.named(resource.get(property).items());
    return [...new Set([...network.referred(resource, property), ...inner, ...named])].filter(
        (target) => target !== resource,
    );
}

/** `internet -> load balancer web (public load balancer, port 443 by group edge) -> ...` */
export function describe(exposure: Exposure): string {
    const steps = exposure.path.map(({ type, name, by }) => `${type.split(":").at(-1)} ${name} (${by})`);
    return ["internet", ...steps].join(" -> ");
}
