import { unknownCheckingProxy } from "@pulumi/policy";
import type { Resource } from "./analyzer";

/** What a string property holds while it is not known: the engine's own sentinel. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a case shows: the fault, the right way, the closest harmless form, the closest evasion, nothing said, nothing known. */
export const kinds = ["violating", "compliant", "harmless", "evasion", "absent", "unknown"] as const;

interface Expectation {
    readonly kind: (typeof kinds)[number];
    readonly title: string;
    /** The exact messages, in order; undecided ones included. */
    readonly findings: readonly string[];
    /** Config of the rule for this case. */
    readonly config?: Readonly<Record<string, unknown>>;
    readonly stack?: string;
}

export interface ResourceCase extends Expectation {
    readonly props: Readonly<Record<string, unknown>>;
    /** Type token, where it is not the rule's first. */
    readonly type?: string;
    /** Component that makes the resource. */
    readonly component?: string;
    readonly name?: string;
}

export interface StackCase extends Expectation {
    readonly resources: readonly CaseResource[];
}

export interface CaseResource {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** Names of the resources that each property refers to. */
    readonly refers?: Readonly<Record<string, readonly string[]>>;
}

export type RuleCases =
    | { readonly rule: string; readonly type: string; readonly cases: readonly ResourceCase[] }
    | { readonly rule: string; readonly stackCases: readonly StackCase[] };

function urnOf(stack: string, chain: string, name: string): string {
    return `urn:pulumi:${stack}::platforms::${chain}::${name}`;
}

export function resourceOf(type: string, test: ResourceCase): Resource {
    const own = test.type ?? type;
    const chain = test.component === undefined ? own : `${test.component}$${own}`;
    const name = test.name ?? "main";
    return { type: own, name, urn: urnOf(test.stack ?? "prod", chain, name), props: test.props };
}

export function stackOf(test: StackCase): readonly Resource[] {
    const urns = new Map(
        test.resources.map(({ type, name }) => [name, urnOf(test.stack ?? "prod", type, name)] as const),
    );
    return test.resources.map(({ type, name, props, refers }) => {
        const propertyDependencies = Object.fromEntries(
            Object.entries(refers ?? {}).map(([property, names]) => [
                property,
                names.map((target) => urns.get(target) ?? target),
            ]),
        );
        return {
            type,
            name,
            urn: urns.get(name) ?? "",
            props,
            propertyDependencies,
            dependencies: Object.values(propertyDependencies).flat(),
        };
    });
}

/** Properties as a policy sees them: reading an unknown one throws. */
export function asSeen(props: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return unknownCheckingProxy(structuredClone(props)) as Readonly<Record<string, unknown>>;
}
