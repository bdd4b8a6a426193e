import type {
    EnforcementLevel,
    Policies,
    ReportViolation,
    ResourceValidation,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import { type Clock, evaluate, evaluateStack } from "./evaluate";
import { current, Pack } from "./pack";
import type { Finding } from "./report";
import { viewOf } from "./resource";
import { appliesTo, isStackRule, type ResourceRule, type Rule, type RuleInfo, type StackRule } from "./rule";
import { configSchemaOf, type Settings } from "./settings";
import { stackOf } from "./stack-resources";

/** The server accepts more than the declared string: a level of its own for one finding. */
type Detailed = (violation: { message: string; enforcementLevel?: EnforcementLevel; urn?: string }) => void;

export interface Options {
    readonly clock?: Clock;
}

export function policiesOf(rules: readonly Rule[], options: Options = {}): Policies {
    const pack = new Pack(rules, options.clock ?? (() => new Date()));
    const reader: ResourceValidationPolicy & StackValidationPolicy = {
        name: "resource-reader",
        description: "Reads each resource, and the stack, once for all rules of the pack. It reports nothing.",
        enforcementLevel: "mandatory",
        validateResource: (args) => pack.begin(viewOf(args)),
        validateStack: (args) => pack.beginStack(stackOf(args.resources)),
    };
    return [
        reader,
        ...rules.map((rule) => (isStackRule(rule) ? stackPolicy(rule, pack) : resourcePolicy(rule, pack))),
        unusedExemptions(pack),
    ];
}

function describe(rule: RuleInfo) {
    const [framework] = rule.frameworks;
    return {
        name: rule.id,
        displayName: rule.title,
        description: rule.title,
        enforcementLevel: rule.enforcement,
        severity: rule.severity,
        remediationSteps: rule.remediation,
        url: rule.url,
        tags: [rule.category],
        ...(framework === undefined
            ? {}
            : {
                  framework: {
                      name: framework.name,
                      version: "",
                      reference: framework.control,
                      specification: rule.why,
                  },
              }),
    };
}

function resourcePolicy(rule: ResourceRule, pack: Pack): ResourceValidationPolicy {
    const { remediate } = rule;
    const validate: ResourceValidation = (args, reportViolation) => {
        const config = pack.configure(rule, args.getConfig());
        const request = current.getStore();
        const view = request?.view ?? viewOf(args);
        if (appliesTo(rule, view.type)) {
            const found = request?.findings.get(rule) ?? evaluate(rule, view, config, pack.clock);
            tell(rule, found, config.settings, reportViolation);
        }
    };
    return {
        ...describe(rule),
        configSchema: configSchemaOf(rule),
        validateResource: onDemand(validate, () => pack.needs(rule)),
        ...(remediate === undefined
            ? {}
            : {
                  remediateResource: (args) => {
                      const view = viewOf(args);
                      if (!appliesTo(rule, view.type)) {
                          return undefined;
                      }
                      const { settings } = pack.configure(rule, args.getConfig());
                      const changes = remediate(view, { thresholds: settings.thresholds, now: pack.clock() });
                      return changes === undefined ? undefined : Object.assign(args.props, changes);
                  },
              }),
    };
}

const nothing: readonly ResourceValidation[] = [];

/** A list of one validation that shows itself only while `needed`. */
function onDemand(validation: ResourceValidation, needed: () => boolean): ResourceValidation[] {
    const shown: readonly ResourceValidation[] = [validation];
    const list = [validation];
    Object.defineProperty(list, Symbol.iterator, {
        value: () => (needed() ? shown : nothing)[Symbol.iterator](),
    });
    return list;
}

type ValidateStack = StackValidationPolicy["validateStack"];

/** The server passes over a stack policy, before it reads the stack, when the policy is for a type that no resource has. */
function passedOverUnless(needed: () => boolean, validateStack: ValidateStack): ValidateStack {
    Object.defineProperty(validateStack, "__pulumiType", { get: () => (needed() ? undefined : "(nothing found)") });
    return validateStack;
}

function stackPolicy(rule: StackRule, pack: Pack): StackValidationPolicy & ResourceValidationPolicy {
    const validateStack: ValidateStack = (args, reportViolation) => {
        const config = pack.configure(rule, args.getConfig());
        const request = current.getStore();
        const found =
            request?.findings.get(rule) ??
            evaluateStack(rule, request?.stack ?? stackOf(args.resources), config, pack.clock);
        tell(rule, found, config.settings, reportViolation);
    };
    return {
        ...describe(rule),
        configSchema: configSchemaOf(rule),
        validateStack: passedOverUnless(
            () => current.getStore()?.stack === undefined || pack.needs(rule),
            validateStack,
        ),
        validateResource: configOnly(rule, pack),
    };
}

/**
 * A stack is analysed once, too late to learn the config by that call and still read the stack once. So a stack rule takes its
 * config from the first resource; to the engine, which asks before any resource comes, it is a stack policy.
 */
function configOnly(rule: StackRule, pack: Pack): ResourceValidation[] {
    const take: ResourceValidation = (args) => {
        pack.configure(rule, args.getConfig());
    };
    const list = [take];
    const notOne: readonly unknown[] = [undefined];
    Object.defineProperty(list, Symbol.iterator, {
        value: () =>
            (current.getStore() === undefined ? notOne : pack.configured.has(rule) ? nothing : [take])[
                Symbol.iterator
            ](),
    });
    return list;
}

/** Reported last, when every rule has had its say. */
function unusedExemptions({ configured }: Pack): StackValidationPolicy {
    return {
        name: "exemption-unused",
        displayName: "Exemptions are used",
        description: "Exemptions are used",
        enforcementLevel: "advisory",
        severity: "low",
        remediationSteps: "Remove the exemption from the stack's policy config.",
        tags: ["stack"],
        validateStack: passedOverUnless(
            () => [...configured.values()].some(({ exemptions }) => exemptions.unused().length > 0),
            (_, reportViolation) => {
                for (const [rule, { exemptions }] of configured) {
                    for (const { urn, type, name, expires, reason } of exemptions.unused()) {
                        const pattern = urn ?? `${type} ${name}`;
                        reportViolation(
                            `${rule.id}: no finding matched the exemption for ${pattern} until ${expires} (${reason})`,
                        );
                    }
                }
            },
        ),
    };
}

function tell(
    rule: RuleInfo,
    findings: readonly Finding[],
    settings: Settings,
    reportViolation: ReportViolation,
): void {
    for (const finding of findings) {
        const level = levelOf(finding, settings);
        if (level === "disabled") {
            continue;
        }
        const message = `${rule.title}\n${finding.message}`;
        const { urn } = finding;
        // Without a level the server takes the rule's own, as configured for the stack.
        (reportViolation as unknown as Detailed)({
            message,
            ...(level === undefined ? {} : { enforcementLevel: level }),
            ...(urn === undefined ? {} : { urn }),
        });
    }
}

function levelOf(finding: Finding, settings: Settings): EnforcementLevel | undefined {
    switch (finding.kind) {
        case "undecided":
            return settings.undecided;
        case "exempted":
            return "advisory";
        case "fault":
            return settings.onFault;
        default:
            return undefined;
    }
}
