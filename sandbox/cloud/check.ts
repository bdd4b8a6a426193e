import { autoname, isKubernetesObject, type NamingContext } from "./naming";
import { type InputShape, type Kind, shapeOf } from "./shape";
import { type Bag, bagOf, compact, isBag, isList, isSecret, isUnknown, listOf, open, secret, type Wire } from "./wire";

export interface CheckContext extends NamingContext {
    /** Namespace of Kubernetes objects that don't name one. */
    readonly namespace: string;
}

export interface Failure {
    readonly property: string;
    readonly reason: string;
}

export interface Checked {
    readonly inputs: Bag;
    readonly failures: readonly Failure[];
}

/** Validates a resource's inputs against its SDK declaration and fills the defaults in that a real provider adds. */
export function check(context: CheckContext, news: Bag): Checked {
    const given = compact(Object.fromEntries(Object.entries(news).map(([key, value]) => [key, value ?? undefined])));
    const shape = shapeOf(context.type);
    const named = withDefaults(context, autoname(context, given));
    if (shape === undefined) {
        return { inputs: withNamespace(context, named), failures: [] };
    }
    const failures: Failure[] = [];
    const inputs: { [key: string]: Wire } = {};
    for (const [property, value] of Object.entries(named)) {
        const input = shape.inputs.get(property);
        if (input === undefined && !property.startsWith("__")) {
            failures.push({ property, reason: `unexpected property: ${context.type} has no input "${property}"` });
        } else if (input !== undefined && !fits(input.kind, value)) {
            failures.push({ property, reason: `expected a ${input.kind}, got ${describe(value)}` });
        } else {
            inputs[property] = input === undefined ? value : normalize(input, value);
        }
    }
    for (const [property, input] of shape.inputs) {
        if (input.required && inputs[property] === undefined && named[property] === undefined) {
            failures.push({ property, reason: `missing required property: ${context.type} needs "${property}"` });
        }
    }
    return { inputs: withNamespace(context, inputs), failures };
}

const MANAGED = "Managed by Pulumi";

/** Defaults pulumi-aws sets itself, https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go (managedByPulumi, FromName) */
const DEFAULTS: { readonly [type: string]: (context: CheckContext) => Bag } = {
    "aws:docdb/subnetGroup:SubnetGroup": () => ({ description: MANAGED }),
    "aws:ec2/securityGroup:SecurityGroup": () => ({ description: MANAGED }),
    "aws:elasticache/parameterGroup:ParameterGroup": () => ({ description: MANAGED }),
    "aws:elasticache/subnetGroup:SubnetGroup": () => ({ description: MANAGED }),
    "aws:neptune/subnetGroup:SubnetGroup": () => ({ description: MANAGED }),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": () => ({ description: MANAGED }),
    "aws:rds/subnetGroup:SubnetGroup": () => ({ description: MANAGED }),
    "aws:redshift/parameterGroup:ParameterGroup": () => ({ description: MANAGED }),
    "aws:redshift/subnetGroup:SubnetGroup": () => ({ description: MANAGED }),
    "aws:route53/zone:Zone": () => ({ comment: MANAGED }),
    "aws:s3/bucketObject:BucketObject": ({ name }) => ({ key: name }),
    "aws:s3/bucketObjectv2:BucketObjectv2": ({ name }) => ({ key: name }),
};

function withDefaults(context: CheckContext, inputs: Bag): Bag {
    const missing = Object.entries(DEFAULTS[context.type]?.(context) ?? {}).filter(
        ([key]) => inputs[key] === undefined,
    );
    if (missing.length === 0) {
        return inputs;
    }
    const noted = [...listOf(inputs["__defaults"]), ...missing.map(([key]) => key)];
    return { ...inputs, ...Object.fromEntries(missing), __defaults: noted };
}

/** Bridged providers read "80" as 80 and "true" as true; only what can't be read at all is refused. */
function fits(kind: Kind, value: Wire): boolean {
    const bare = open(value);
    if (bare === undefined || bare === null || isUnknown(bare)) {
        return true;
    }
    switch (kind) {
        case "string":
            return !isBag(bare) && !isList(bare);
        case "number":
            return (
                typeof bare === "number" || (typeof bare === "string" && bare !== "" && Number.isFinite(Number(bare)))
            );
        case "boolean":
            return typeof bare === "boolean" || bare === "true" || bare === "false";
        case "list":
            return isList(bare);
        case "map":
            return isBag(bare);
        case "any":
            return true;
    }
}

function describe(value: Wire): string {
    const bare = open(value);
    if (isList(bare)) {
        return "a list";
    }
    return isBag(bare) ? "an object" : `a ${typeof bare}`;
}

function normalize(input: InputShape, value: Wire): Wire {
    const bare = open(value);
    if (input.policyDocument && isBag(bare)) {
        const document = JSON.stringify(bare);
        return isSecret(value) ? secret(document) : document;
    }
    return value;
}

/** Kinds that live in no namespace, https://kubernetes.io/docs/reference/kubernetes-api/ (`kubectl api-resources --namespaced=false`). */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
    "APIService",
    "CSIDriver",
    "CSINode",
    "CertificateSigningRequest",
    "ClusterRole",
    "ClusterRoleBinding",
    "CustomResourceDefinition",
    "FlowSchema",
    "IngressClass",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PriorityClass",
    "PriorityLevelConfiguration",
    "RuntimeClass",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
]);

/** Built-in namespaced kinds get the provider's namespace; of a custom kind only the cluster knows the scope. */
function withNamespace(context: CheckContext, inputs: Bag): Bag {
    const kind = context.type.split(":")[2] ?? "";
    if (!isKubernetesObject(context.type) || CLUSTER_SCOPED.has(kind) || shapeOf(context.type) === undefined) {
        return inputs;
    }
    const metadata = open(inputs["metadata"]) ?? {};
    if (!isBag(metadata) || metadata["namespace"] !== undefined) {
        return inputs;
    }
    return { ...inputs, metadata: { ...bagOf(metadata), namespace: context.namespace } };
}
