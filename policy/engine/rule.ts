import type { EnforcementLevel, Severity } from "@pulumi/policy";
import type { z } from "zod";
import type { Report } from "./report";
import type { ResourceView } from "./resource";
import type { StackView } from "./stack";

export type Category = "public-ingress" | "unencrypted-storage" | "latest-tags" | "in-transit" | "advisory" | "stack";

/** A control of a published benchmark which the rule serves, for example `{ name: "AWS FSBP", control: "EC2.18" }`. */
export interface Framework {
    readonly name: "AWS FSBP" | "CIS AWS 3.0" | "CIS Kubernetes" | "NSA/CISA Kubernetes";
    readonly control: string;
}

export interface RuleInfo {
    /** Kebab-case, unique; the policy's name in Pulumi. */
    readonly id: string;
    readonly title: string;
    readonly category: Category;
    readonly enforcement: Extract<EnforcementLevel, "advisory" | "mandatory" | "disabled">;
    readonly severity: Severity;
    readonly why: string;
    /** What to do, naming the property to set. */
    readonly remediation: string;
    readonly url: string;
    readonly frameworks: readonly Framework[];
}

/** Thresholds of a rule: a flat zod object in which everything has a default. */
export type Thresholds = z.ZodObject<Record<string, z.ZodType>>;

export interface Context {
    /** The thresholds as configured for the stack. */
    readonly thresholds: Readonly<Record<string, unknown>>;
    readonly now: Date;
}

export interface ResourceRule extends RuleInfo {
    /** Type tokens, or a test on them where the kinds cannot be listed. */
    readonly types: readonly string[] | ((type: string) => boolean);
    readonly thresholds?: Thresholds;
    check(resource: ResourceView, report: Report, context: Context): void;
    /** Safe mend: properties to set. Runs only where the stack's config sets the rule to `remediate`. */
    remediate?(resource: ResourceView, context: Context): Readonly<Record<string, unknown>> | undefined;
}

export interface StackRule extends RuleInfo {
    readonly thresholds?: Thresholds;
    checkStack(stack: StackView, report: Report, context: Context): void;
}

export type Rule = ResourceRule | StackRule;

export function isStackRule(rule: Rule): rule is StackRule {
    return "checkStack" in rule;
}

const matched = new WeakMap<ResourceRule, Map<string, boolean>>();

/** Whether the rule looks at resources of this (canonical) type. */
export function appliesTo(rule: ResourceRule, type: string): boolean {
    let known = matched.get(rule);
    if (known === undefined) {
        known = new Map();
        matched.set(rule, known);
    }
    let applies = known.get(type);
    if (applies === undefined) {
        applies = typeof rule.types === "function" ? rule.types(type) : rule.types.includes(type);
        known.set(type, applies);
    }
    return applies;
}
