import { Node } from "./node";

/** Older tokens of the same resources: rules name the one on the right. */
const renamed: readonly (readonly [RegExp, string])[] = [
    [/^(aws:s3\/\w+)V2:(\w+)V2$/, "$1:$2"],
    [/^aws:(?:alb|elbv2|applicationloadbalancing|elasticloadbalancingv2)\//, "aws:lb/"],
    [/^aws:elasticloadbalancing\//, "aws:elb/"],
];

const canonical = new Map<string, string>();

export function canonicalType(type: string): string {
    let result = canonical.get(type);
    if (result === undefined) {
        result = renamed.reduce((token, [pattern, replacement]) => token.replace(pattern, replacement), type);
        canonical.set(type, result);
    }
    return result;
}

/** The component types a resource stands under, outermost first: the URN's type chain without the resource itself. */
export function componentChain(urn: string): readonly string[] {
    const chain = urn.split("::")[2]?.split("$") ?? [];
    return chain.slice(0, -1);
}

/** One resource as rules see it. */
export interface ResourceView {
    /** Type token, older names of the same type folded into one. */
    readonly type: string;
    readonly urn: string;
    readonly name: string;
    readonly inputs: Node;
    /** Config of the provider that makes it. */
    readonly provider: Node;
    readonly components: readonly string[];
    get(path: string): Node;
}

interface Source {
    readonly type: string;
    readonly urn: string;
    readonly name: string;
    readonly props: unknown;
    readonly provider?: { readonly props: unknown };
}

export function viewOf(source: Source): ResourceView {
    const inputs = Node.of(source.props ?? {});
    return {
        type: canonicalType(source.type),
        urn: source.urn,
        name: source.name,
        inputs,
        provider: Node.of(source.provider?.props ?? {}),
        components: componentChain(source.urn),
        get: (path) => inputs.get(path),
    };
}
