import { createHash } from "node:crypto";
import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type Bag, bagOf, compact, listOf, open, text, type Wire } from "../wire";
import type { Builder, Built } from "./builder";
import { fargateSize } from "./fargate-size";
import { apply, pick } from "./values";

type LaunchType = "FARGATE" | "EC2";

interface TaskParts {
    readonly taskDefinition: Built;
    readonly logGroup: Built | undefined;
    readonly taskRole: Built | undefined;
    readonly executionRole: Built | undefined;
    readonly loadBalancers: Wire;
}

const EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

function sha1(value: string): string {
    return createHash("sha1").update(value).digest("hex").slice(0, 8);
}

/** awsx:ecs:FargateTaskDefinition and EC2TaskDefinition: a log group, two roles and the definition. */
export async function taskDefinitionComponent(build: Builder): Promise<ConstructResponse> {
    const launch = build.type.includes("Fargate") ? "FARGATE" : "EC2";
    const parts = await taskDefinition(build, build.inputs, build.urn, launch);
    return build.done({
        taskDefinition: parts.taskDefinition.ref,
        logGroup: parts.logGroup?.ref,
        taskRole: parts.taskRole?.ref,
        executionRole: parts.executionRole?.ref,
        loadBalancers: parts.loadBalancers,
    });
}

/** awsx:ecs:FargateService and EC2Service, after https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ecs/fargateService.ts */
export async function serviceComponent(build: Builder): Promise<ConstructResponse> {
    const { name } = build;
    const launch: LaunchType = build.type.includes("Fargate") ? "FARGATE" : "EC2";
    const [given, args] = [build.arg("taskDefinition"), build.arg("taskDefinitionArgs")];
    if ((given === undefined) === (args === undefined)) {
        throw new Error("Exactly one of `taskDefinition` or `taskDefinitionArgs` must be provided.");
    }
    const group =
        args === undefined
            ? ""
            : await build.group(`awsx:ecs:${launch === "EC2" ? "EC2" : "Fargate"}TaskDefinition`, name);
    const task = args === undefined ? undefined : await taskDefinition(build, bagOf(args), group, launch);
    const ownStrategy =
        build.arg("capacityProviderStrategies") !== undefined ||
        build.flag("useClusterDefaultCapacityProviderStrategy") === true;
    const type = "aws:ecs/service:Service";
    const service = await build.child(type, name, {
        ...(launch === "FARGATE" ? { desiredCount: 1 } : {}),
        ...pick(type, build.inputs),
        networkConfiguration:
            build.arg("networkConfiguration") ?? (launch === "FARGATE" ? await defaultNetwork(build) : undefined),
        launchType: launch === "FARGATE" && ownStrategy ? undefined : launch,
        loadBalancers: build.arg("loadBalancers") ?? task?.loadBalancers,
        waitForSteadyState: apply([build.arg("continueBeforeSteadyState") ?? false], (skip) => skip !== true),
        taskDefinition: given ?? task?.taskDefinition.out("arn"),
    });
    return build.done({ service: service.ref, taskDefinition: task?.taskDefinition.ref });
}

async function taskDefinition(build: Builder, args: Bag, parent: string, launch: LaunchType): Promise<TaskParts> {
    const { name } = build;
    const containers = await containersOf(build, args);
    const logs = bagOf(args["logGroup"]);
    const existing = bagOf(logs["existing"]);
    const wantsGroup = open(logs["skip"]) !== true && logs["existing"] === undefined;
    const logGroup = wantsGroup
        ? await build.child("aws:cloudwatch/logGroup:LogGroup", name, bagOf(logs["args"]), { parent })
        : undefined;
    const taskRole = await role(build, `${name}-task`, bagOf(args["taskRole"]), [], parent);
    const executionRole = await role(
        build,
        `${name}-execution`,
        bagOf(args["executionRole"]),
        [EXECUTION_POLICY],
        parent,
    );
    const region = (await build.invoke("aws:index/getRegion:getRegion", {}))["region"] ?? "";
    const logName = logGroup?.out("name") ?? existing["name"] ?? null;
    const definitions = apply([containers, logName, existing["region"] ?? region], (all, group, place) =>
        Object.entries(bagOf(all)).map(([key, container]) =>
            containerDefinition(key, bagOf(container), group ?? null, place ?? ""),
        ),
    );
    const json = apply([definitions], (all) => JSON.stringify(all));
    const type = "aws:ecs/taskDefinition:TaskDefinition";
    const definition = await build.child(
        type,
        name,
        {
            ...(launch === "EC2" ? { networkMode: "awsvpc" } : {}),
            ...pick(type, args),
            ...(launch === "EC2"
                ? {}
                : {
                      networkMode: "awsvpc",
                      cpu: args["cpu"] ?? apply([definitions], (all) => fargateSize(listOf(all).map(bagOf)).cpu),
                      memory:
                          args["memory"] ?? apply([definitions], (all) => fargateSize(listOf(all).map(bagOf)).memory),
                  }),
            requiresCompatibilities: [launch],
            taskRoleArn: taskRole.arn,
            executionRoleArn: executionRole.arn,
            family:
                args["family"] ?? apply([json], (definition_) => `${name}-${sha1(build.stack + String(definition_))}`),
            containerDefinitions: json,
        },
        { parent },
    );
    const loadBalancers = apply([containers], (all) => balancersOf(bagOf(all)));
    return {
        taskDefinition: definition,
        logGroup,
        taskRole: taskRole.built,
        executionRole: executionRole.built,
        loadBalancers,
    };
}

async function containersOf(build: Builder, args: Bag): Promise<Wire> {
    const [one, many] = [args["container"], args["containers"]];
    if ((one === undefined) === (many === undefined)) {
        throw new Error("Exactly one of [container] or [containers] must be provided");
    }
    const given = one === undefined ? bagOf(many) : { [text(bagOf(one)["name"]) ?? "container"]: one };
    const resolved = Object.entries(given).map(async ([name, container]) => {
        const mappings = bagOf(container)["portMappings"];
        return [
            name,
            mappings === undefined
                ? container
                : {
                      ...bagOf(container),
                      portMappings: await Promise.all(listOf(mappings).map((mapping) => mapped(build, mapping))),
                  },
        ] as const;
    });
    return Object.fromEntries(await Promise.all(resolved));
}

/** A port mapping with its target group looked up, of which only the reference was given. */
async function mapped(build: Builder, mapping: Wire): Promise<Wire> {
    const { targetGroup, ...rest } = bagOf(mapping);
    if (targetGroup === undefined) {
        return rest;
    }
    const { arn, port: number } = await build.resolve(targetGroup);
    return { ...rest, targetGroup: compact({ arn, port: number }) };
}

function containerDefinition(name: string, container: Bag, logGroup: Wire, region: Wire): Bag {
    const logConfiguration = container["logConfiguration"] ?? {
        logDriver: "awslogs",
        options: { "awslogs-group": logGroup, "awslogs-region": region, "awslogs-stream-prefix": name },
    };
    const portMappings =
        container["portMappings"] === undefined
            ? undefined
            : listOf(container["portMappings"]).map((mapping) => port(bagOf(mapping)));
    const logged = container["logConfiguration"] !== undefined || logGroup !== null;
    return compact({ ...container, name, portMappings, logConfiguration: logged ? logConfiguration : undefined });
}

function port(mapping: Bag): Bag {
    const target = bagOf(mapping["targetGroup"])["port"];
    const { containerPort, hostPort, protocol } = mapping;
    return compact({
        containerPort: containerPort ?? target ?? hostPort,
        hostPort: hostPort ?? target ?? containerPort,
        protocol,
    });
}

function balancersOf(containers: Bag): Wire {
    return Object.entries(containers).flatMap(([containerName, container]) =>
        listOf(bagOf(container)["portMappings"]).flatMap((mapping) => {
            const { arn, port: containerPort } = bagOf(bagOf(mapping)["targetGroup"]);
            return arn === undefined || containerPort === undefined
                ? []
                : [{ containerName, containerPort, targetGroupArn: arn }];
        }),
    );
}

async function role(
    build: Builder,
    name: string,
    options: Bag,
    policies: readonly string[],
    parent: string,
): Promise<{ built?: Built; arn?: Wire }> {
    if (open(options["skip"]) === true) {
        return {};
    }
    if (options["roleArn"] !== undefined) {
        return { arn: options["roleArn"] };
    }
    const { policyArns, ...args } = bagOf(options["args"]);
    const statement = {
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Effect: "Allow",
        Sid: "",
    };
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const built = await build.child("aws:iam/role:Role", name, { assumeRolePolicy, ...args }, { parent });
    const attached = policyArns === undefined ? policies : listOf(policyArns).map(String);
    for (const policyArn of attached) {
        const inputs = { role: built.out("name"), policyArn };
        await build.child("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `${name}-${sha1(policyArn)}`, inputs, {
            parent,
        });
    }
    return { built, arn: built.out("arn") };
}

/** Without networkConfiguration: the default VPC and a security group open to everyone, as the plugin makes it. */
async function defaultNetwork(build: Builder): Promise<Wire> {
    const vpc = await build.invoke("aws:ec2/getVpc:getVpc", { default: true });
    const subnets = await build.invoke("aws:ec2/getSubnets:getSubnets", {
        filters: [{ name: "vpc-id", values: [vpc["id"] ?? ""] }],
    });
    const anyone = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };
    const group = await build.child("aws:ec2/securityGroup:SecurityGroup", `${build.name}-sg`, {
        vpcId: vpc["id"],
        ingress: [{ fromPort: 0, toPort: 0, protocol: "-1", ...anyone }],
        egress: [{ fromPort: 0, toPort: 65535, protocol: "tcp", ...anyone }],
    });
    if (build.flag("assignPublicIp") !== true) {
        throw new Error(
            "The default VPC does not have any private subnets. Set `assignPublicIp` to `true`, provide `networkConfiguration`, or add private subnets to the default VPC.",
        );
    }
    return { subnets: subnets["ids"] ?? [], assignPublicIp: true, securityGroups: [group.id] };
}
