import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type Bag, bagOf, compact, listOf, open, text, UNKNOWN, type Wire } from "../wire";
import type { Builder, Built } from "./builder";
import { apply, known, pick } from "./values";

const ANYONE = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };
const OPEN_RULE = { fromPort: 0, toPort: 0, protocol: "-1", ...ANYONE };

/** awsx:lb:ApplicationLoadBalancer, with the open security group the plugin makes unless told otherwise. */
export async function applicationLoadBalancerComponent(build: Builder): Promise<ConstructResponse> {
    const { name } = build;
    const { subnets, vpcId } = await place(build);
    const group = await securityGroup(build, vpcId);
    const balancer = await build.child("aws:lb/loadBalancer:LoadBalancer", name, {
        ...pick("aws:lb/loadBalancer:LoadBalancer", build.inputs),
        subnets,
        securityGroups: build.arg("securityGroups") ?? group.ids,
    });
    const given =
        build.arg("listener") === undefined
            ? listOf(build.arg("listeners")).map(bagOf)
            : [bagOf(build.arg("listener"))];
    const standard = given.length > 1 ? {} : protocolOf(given[0] ?? {});
    const target = await build.child("aws:lb/targetGroup:TargetGroup", name, {
        vpcId,
        targetType: "ip",
        ...standard,
        ...compact({ port: build.arg("defaultTargetGroupPort") }),
        ...pick("aws:lb/targetGroup:TargetGroup", bagOf(build.arg("defaultTargetGroup"))),
    });
    const defaultActions = [{ type: "forward", targetGroupArn: target.out("arn") }];
    const listeners: Built[] = [];
    for (const [index, listener] of (given.length === 0 ? [{}] : given).entries()) {
        listeners.push(
            await build.child("aws:lb/listener:Listener", `${name}-${index}`, {
                defaultActions,
                ...protocolOf(listener),
                ...listener,
                loadBalancerArn: balancer.out("arn"),
            }),
        );
    }
    return build.done({
        loadBalancer: balancer.ref,
        defaultTargetGroup: target.ref,
        defaultSecurityGroup: group.built?.ref,
        listeners: listeners.map(({ ref }) => ref),
        vpcId,
    });
}

async function place(build: Builder): Promise<{ subnets: Wire | undefined; vpcId: Wire }> {
    const [given, ids, mappings] = [build.arg("subnets"), build.arg("subnetIds"), build.arg("subnetMappings")];
    if ([given, ids, mappings].filter((value) => value !== undefined).length !== 1) {
        throw new Error("One of [subnets], [subnetIds] or [subnetMappings] must be specified");
    }
    if (given !== undefined) {
        const resolved = await Promise.all(listOf(given).map((subnet) => build.resolve(subnet)));
        return { subnets: resolved.map((subnet) => subnet["id"] ?? UNKNOWN), vpcId: resolved[0]?.["vpcId"] ?? UNKNOWN };
    }
    const first = ids === undefined ? bagOf(listOf(mappings)[0])["subnetId"] : listOf(ids)[0];
    const id = known(first ?? UNKNOWN);
    if (id === undefined) {
        return { subnets: ids, vpcId: apply([ids ?? mappings ?? UNKNOWN, UNKNOWN], () => null) };
    }
    const subnet = await build.invoke("aws:ec2/getSubnet:getSubnet", { id });
    return { subnets: ids, vpcId: subnet["vpcId"] ?? UNKNOWN };
}

async function securityGroup(build: Builder, vpcId: Wire): Promise<{ built?: Built; ids?: Wire }> {
    const options = bagOf(build.arg("defaultSecurityGroup"));
    if (build.arg("securityGroups") !== undefined || open(options["skip"]) === true) {
        return {};
    }
    if (options["securityGroupId"] !== undefined) {
        return { ids: [options["securityGroupId"]] };
    }
    const built = await build.child("aws:ec2/securityGroup:SecurityGroup", build.name, {
        vpcId,
        ...(options["args"] === undefined ? { ingress: [OPEN_RULE], egress: [OPEN_RULE] } : bagOf(options["args"])),
    });
    return { built, ids: [built.id] };
}

function protocolOf(listener: Bag): Bag {
    const { port, protocol } = listener;
    if (port !== undefined) {
        return { port, protocol: protocol ?? apply([port], (number) => (number === 443 ? "HTTPS" : "HTTP")) };
    }
    return protocol === undefined
        ? { port: 80, protocol: "HTTP" }
        : { protocol, port: apply([protocol], (name) => (name === "HTTPS" ? 443 : 80)) };
}

/** awsx:ecr:Repository: the repository and a policy that expires untagged images. */
export async function repositoryComponent(build: Builder): Promise<ConstructResponse> {
    const name = build.name.toLowerCase();
    const type = "aws:ecr/repository:Repository";
    const repository = await build.child(type, name, pick(type, build.inputs));
    const options = bagOf(build.arg("lifecyclePolicy"));
    const policy =
        open(options["skip"]) === true
            ? undefined
            : await build.child("aws:ecr/lifecyclePolicy:LifecyclePolicy", name, {
                  repository: repository.out("name"),
                  policy: apply([options["rules"] ?? [STANDARD_RULE]], (rules) =>
                      JSON.stringify({ rules: order(listOf(rules).map(bagOf)).map(lifecycleRule) }),
                  ),
              });
    return build.done({
        repository: repository.ref,
        lifecyclePolicy: policy?.ref,
        url: repository.out("repositoryUrl"),
    });
}

const STANDARD_RULE = { description: "remove untagged images", tagStatus: "untagged", maximumNumberOfImages: 1 };

/** A rule for any image has to come last. */
function order(rules: readonly Bag[]): readonly Bag[] {
    const any = rules.filter((rule) => text(rule["tagStatus"]) === "any");
    return [...rules.filter((rule) => !any.includes(rule)), ...any];
}

function lifecycleRule(rule: Bag, index: number): Bag {
    const { description, tagStatus, tagPrefixList, maximumNumberOfImages, maximumAgeLimit } = rule;
    const counted =
        maximumNumberOfImages === undefined
            ? { countType: "sinceImagePushed", countNumber: maximumAgeLimit, countUnit: "days" }
            : { countType: "imageCountMoreThan", countNumber: maximumNumberOfImages };
    const selected =
        tagStatus === "any" || tagStatus === "untagged" ? { tagStatus } : { tagStatus: "tagged", tagPrefixList };
    return compact({
        rulePriority: index + 1,
        description,
        selection: compact({ ...selected, ...counted }),
        action: { type: "expire" },
    });
}
