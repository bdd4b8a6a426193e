import { createHash } from "node:crypto";
import { shapeOf } from "./shape";
import { type Bag, bagOf, isBag, isList, open, text, type Wire } from "./wire";

export interface NameRule {
    /** The input that carries the physical name. */
    readonly property: string;
    readonly max: number;
    readonly separator: "-" | "_" | "";
    readonly lower: boolean;
    readonly prefix: string;
    /** Characters of the random part. */
    readonly random: "hex" | "letters";
    /** An input that, when true, makes the name end in ".fifo". */
    readonly fifo: string | undefined;
}

/** What the engine asks of autonaming (`pulumi:autonaming` in the stack's configuration), CheckRequest.AutonamingOptions. */
export interface Autonaming {
    readonly proposedName: string;
    readonly mode: "propose" | "enforce" | "disable";
}

const DEFAULT_RULE: NameRule = {
    property: "name",
    max: 255,
    separator: "-",
    lower: false,
    prefix: "",
    random: "hex",
    fifo: undefined,
};

/**
 * Types whose name is autonamed otherwise than by `name` and at most 255 characters; from
 * https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go (AutoName, AutoNameTransform).
 */
const NAME_RULES: { readonly [type: string]: Partial<NameRule> } = {
    "aws:athena/database:Database": { separator: "_" },
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": { separator: "_" },
    "aws:cloudwatch/eventRule:EventRule": { max: 64 },
    "aws:cloudwatch/eventTarget:EventTarget": { property: "targetId" },
    "aws:ecr/repository:Repository": { lower: true },
    "aws:ec2/keyPair:KeyPair": { property: "keyName" },
    "aws:efs/fileSystem:FileSystem": { property: "creationToken" },
    "aws:eks/fargateProfile:FargateProfile": { property: "fargateProfileName" },
    "aws:eks/nodeGroup:NodeGroup": { property: "nodeGroupName" },
    "aws:elasticache/cluster:Cluster": { property: "clusterId", max: 50, lower: true },
    "aws:elasticache/replicationGroup:ReplicationGroup": { property: "replicationGroupId", max: 40, lower: true },
    "aws:elasticbeanstalk/environment:Environment": { max: 40 },
    "aws:glue/catalogDatabase:CatalogDatabase": { separator: "_", lower: true, random: "letters" },
    "aws:glue/catalogTable:CatalogTable": { separator: "_", lower: true, random: "letters" },
    "aws:iam/role:Role": { max: 64 },
    "aws:iot/topicRule:TopicRule": { separator: "_" },
    "aws:kms/alias:Alias": { max: 238, prefix: "alias/" },
    "aws:lambda/function:Function": { max: 64 },
    "aws:lambda/permission:Permission": { property: "statementId", max: 100 },
    "aws:lb/loadBalancer:LoadBalancer": { max: 32 },
    "aws:lb/targetGroup:TargetGroup": { max: 32 },
    "aws:msk/cluster:Cluster": { property: "clusterName" },
    "aws:msk/serverlessCluster:ServerlessCluster": { property: "clusterName" },
    "aws:mq/broker:Broker": { property: "brokerName", max: 55 },
    "aws:opensearch/domain:Domain": { property: "domainName" },
    "aws:rds/instance:Instance": { property: "identifier", separator: "" },
    "aws:s3/bucket:Bucket": { property: "bucket", max: 63, lower: true },
    "aws:s3/bucketV2:BucketV2": { property: "bucket", max: 63, lower: true },
    "aws:sns/topic:Topic": { max: 80, fifo: "fifoTopic" },
    "aws:sqs/queue:Queue": { max: 80, fifo: "fifoQueue" },
    "kubernetes:helm.sh/v3:Release": { max: 53, lower: true },
};

/** Types with an optional `name` that is not the resource's own: never invented by the provider. */
const NOT_AUTONAMED: ReadonlySet<string> = new Set([
    "aws:amplify/domainAssociation:DomainAssociation",
    "aws:directoryservice/directory:Directory",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:route53/record:Record",
    "aws:servicequotas/serviceQuota:ServiceQuota",
]);

export function nameRule(type: string): NameRule | undefined {
    if (NOT_AUTONAMED.has(type)) {
        return undefined;
    }
    const rule = { ...DEFAULT_RULE, ...NAME_RULES[type] };
    const input = shapeOf(type)?.inputs.get(rule.property);
    const bridged = type.startsWith("aws:") || type === "kubernetes:helm.sh/v3:Release";
    return bridged && input !== undefined && !input.required && input.kind === "string" ? rule : undefined;
}

/** The physical name an object of this type has, where it has one. */
export function physicalName(type: string, inputs: Bag): string | undefined {
    if (isKubernetesObject(type)) {
        return text(bagOf(inputs["metadata"])["name"]);
    }
    return text(inputs[nameProperty(type)]);
}

function nameProperty(type: string): string {
    return NAME_RULES[type]?.property ?? "name";
}

/** What the program wants the name to begin with, `namePrefix` and its kin. */
export function namePrefix(type: string, inputs: Bag): string | undefined {
    const property = type.startsWith("aws:rds/cluster:") ? "clusterIdentifier" : nameProperty(type);
    return text(inputs[`${property}Prefix`]);
}

export function isKubernetesObject(type: string): boolean {
    return type.startsWith("kubernetes:") && type !== "kubernetes:helm.sh/v3:Release";
}

/** As many hexadecimal digits as asked for, always the same for the same seed. */
export function hex(seed: string | Uint8Array, length: number): string {
    return createHash("sha512").update(seed).digest("hex").slice(0, length);
}

function letters(seed: Uint8Array, length: number): string {
    const codes = hex(seed, length * 2).match(/../g) ?? [];
    return codes.map((code) => String.fromCharCode(97 + (Number.parseInt(code, 16) % 26))).join("");
}

function invent(name: string, rule: NameRule, random: string, autonaming: Autonaming | undefined): string | undefined {
    if (autonaming?.mode === "disable") {
        return undefined;
    }
    const proposed = autonaming?.proposedName;
    const generated = `${name.slice(0, rule.max - random.length - 1 - rule.prefix.length)}${rule.separator}${random}`;
    const chosen = proposed === undefined || proposed === "" ? generated : proposed;
    if (autonaming?.mode === "enforce") {
        return chosen;
    }
    const cased = rule.lower ? chosen.toLowerCase() : chosen;
    return cased.startsWith(rule.prefix) ? cased : rule.prefix + cased;
}

export interface NamingContext {
    readonly type: string;
    /** The resource's logical name, the last part of its URN. */
    readonly name: string;
    readonly seed: Uint8Array;
    readonly autonaming: Autonaming | undefined;
    /** The inputs checked last time; empty for a new resource. */
    readonly olds: Bag;
}

/**
 * Fills the physical name in where the program left it out. A name made up once is kept: `__defaults` (bridged
 * providers) or the annotation `pulumi.com/autonamed` (Kubernetes) says that it was made up.
 */
export function autoname(context: NamingContext, inputs: Bag): Bag {
    if (isKubernetesObject(context.type)) {
        return autonameObject(context, inputs);
    }
    const rule = nameRule(context.type);
    if (
        rule === undefined ||
        (inputs[rule.property] ?? null) !== null ||
        inputs[`${rule.property}Prefix`] !== undefined
    ) {
        return inputs;
    }
    const kept = isAutonamed(context.type, context.olds) ? context.olds[rule.property] : undefined;
    const random = rule.random === "letters" ? letters(context.seed, 8) : hex(context.seed, 7);
    const invented = invent(context.name, rule, random, context.autonaming);
    const suffix = rule.fifo !== undefined && open(inputs[rule.fifo]) === true ? ".fifo" : "";
    const value = kept ?? (invented === undefined ? undefined : invented + suffix);
    return value === undefined ? inputs : { ...inputs, [rule.property]: value, __defaults: [rule.property] };
}

const AUTONAMED = "pulumi.com/autonamed";

function autonameObject(context: NamingContext, inputs: Bag): Bag {
    const metadata = open(inputs["metadata"]) ?? {};
    if (!isBag(metadata) || metadata["name"] !== undefined || metadata["generateName"] !== undefined) {
        return inputs;
    }
    const kept = isAutonamed(context.type, context.olds) ? bagOf(context.olds["metadata"])["name"] : undefined;
    const rule = { ...DEFAULT_RULE, max: 253 };
    const value: Wire | undefined = kept ?? invent(context.name, rule, hex(context.seed, 8), context.autonaming);
    if (value === undefined) {
        return inputs;
    }
    const annotations = { ...bagOf(metadata["annotations"]), [AUTONAMED]: "true" };
    return { ...inputs, metadata: { ...metadata, name: value, annotations } };
}

/** Whether the provider made the physical name up, so that a replacement can exist beside the old one. */
export function isAutonamed(type: string, inputs: Bag): boolean {
    if (isKubernetesObject(type)) {
        const metadata = bagOf(inputs["metadata"]);
        return bagOf(metadata["annotations"])[AUTONAMED] === "true" || metadata["generateName"] !== undefined;
    }
    const rule = nameRule(type);
    const defaults = inputs["__defaults"];
    return rule !== undefined && isList(defaults) && defaults.includes(rule.property);
}
