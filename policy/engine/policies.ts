import { AsyncLocalStorage } from "node:async_hooks";
import type {
    EnforcementLevel,
    Policies,
    PolicyResource,
    ReportViolation,
    ResourceValidation,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import { type Clock, type Configured, evaluate, evaluateStack } from "./evaluate";
import { Exemptions } from "./exemptions";
import type { Finding } from "./report";
import { type ResourceView, viewOf } from "./resource";
import { appliesTo, isStackRule, type ResourceRule, type Rule, type RuleInfo, type StackRule } from "./rule";
import { configSchemaOf, type Settings, settingsOf } from "./settings";
import { type StackResource, StackView } from "./stack";

/** Findings of the resource under analysis, by rule, so that each rule looks at it once. */
interface Request {
    readonly view: ResourceView;
    readonly findings: Map<ResourceRule, readonly Finding[]>;
}

/**
 * The server reads a resource's properties anew for each policy, which for some hundred rules costs several milliseconds a
 * resource. So the first policy of the pack reads them once and leaves the view here; a rule's own policy is entered only when
 * the rule has something to say. It keeps its own name, level, severity and config. Each request has its own store, however
 * many are under way. Were the server to call the validations in another way, each rule would still read for itself.
 */
const current = new AsyncLocalStorage<Request>();

/** The server accepts more than the declared string: a level of its own for one finding. */
type Detailed = (violation: { message: string; enforcementLevel?: EnforcementLevel; urn?: string }) => void;

export interface Options {
    readonly clock?: Clock;
}

export function policiesOf(rules: readonly Rule[], options: Options = {}): Policies {
    const clock = options.clock ?? (() => new Date());
    const configured = new Map<Rule, Configured>();
    const reader: ResourceValidationPolicy = {
        name: "resource-reader",
        description: "Reads each resource once for all rules of the pack. It reports nothing.",
        enforcementLevel: "mandatory",
        validateResource: (args) => current.enterWith({ view: viewOf(args), findings: new Map() }),
    };
    return [
        reader,
        ...rules.map((rule) =>
            isStackRule(rule) ? stackPolicy(rule, configured, clock) : resourcePolicy(rule, configured, clock),
        ),
        unusedExemptions(configured),
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

/** Config reaches a policy with its first call and stays for the life of the pack, which the engine starts for each run. */
function configure(
    rule: Rule,
    configured: Map<Rule, Configured>,
    given: Readonly<Record<string, unknown>>,
): Configured {
    let result = configured.get(rule);
    if (result === undefined) {
        const settings = settingsOf(rule, given);
        result = { settings, exemptions: new Exemptions(settings.exemptions) };
        configured.set(rule, result);
    }
    return result;
}

function resourcePolicy(rule: ResourceRule, configured: Map<Rule, Configured>, clock: Clock): ResourceValidationPolicy {
    const { remediate } = rule;
    const validate: ResourceValidation = (args, reportViolation) => {
        const config = configure(rule, configured, args.getConfig());
        const view = current.getStore()?.view ?? viewOf(args);
        if (appliesTo(rule, view.type)) {
            tell(rule, findingsOf(rule, view, config, clock), config.settings, reportViolation);
        }
    };
    return {
        ...describe(rule),
        configSchema: configSchemaOf(rule),
        validateResource: onDemand(validate, () => {
            const request = current.getStore();
            const config = configured.get(rule);
            return (
                request === undefined ||
                config === undefined ||
                (appliesTo(rule, request.view.type) && findingsOf(rule, request.view, config, clock).length > 0)
            );
        }),
        ...(remediate === undefined
            ? {}
            : {
                  remediateResource: (args) => {
                      const view = viewOf(args);
                      if (!appliesTo(rule, view.type)) {
                          return undefined;
                      }
                      const { settings } = configure(rule, configured, args.getConfig());
                      const changes = remediate(view, { thresholds: settings.thresholds, now: clock() });
                      return changes === undefined ? undefined : Object.assign(args.props, changes);
                  },
              }),
    };
}

/** A list of one validation that shows itself only while `needed`. */
function onDemand(validation: ResourceValidation, needed: () => boolean): ResourceValidation[] {
    const list = [validation];
    Object.defineProperty(list, Symbol.iterator, {
        value: function* () {
            if (needed()) {
                yield validation;
            }
        },
    });
    return list;
}

function findingsOf(rule: ResourceRule, view: ResourceView, config: Configured, clock: Clock): readonly Finding[] {
    const request = current.getStore();
    const cache = request?.view === view ? request.findings : undefined;
    const found = cache?.get(rule) ?? evaluate(rule, view, config, clock);
    cache?.set(rule, found);
    return found;
}

function stackPolicy(rule: StackRule, configured: Map<Rule, Configured>, clock: Clock): StackValidationPolicy {
    return {
        ...describe(rule),
        configSchema: configSchemaOf(rule),
        validateStack: (args, reportViolation) => {
            const config = configure(rule, configured, args.getConfig());
            const findings = evaluateStack(rule, stackOf(args.resources), config, clock);
            tell(rule, findings, config.settings, reportViolation);
        },
    };
}

export function stackOf(resources: readonly PolicyResource[]): StackView {
    return new StackView(
        resources.map(
            (resource): StackResource => ({
                ...viewOf(resource),
                parent: resource.parent?.urn,
                dependencies: resource.dependencies.map((dependency) => dependency.urn),
                propertyDependencies: Object.fromEntries(
                    Object.entries(resource.propertyDependencies).map(([name, list]) => [
                        name,
                        list.map(({ urn }) => urn),
                    ]),
                ),
            }),
        ),
    );
}

/** Reported last, when every rule has had its say. */
function unusedExemptions(configured: ReadonlyMap<Rule, Configured>): StackValidationPolicy {
    return {
        name: "exemption-unused",
        displayName: "Exemptions are used",
        description: "Exemptions are used",
        enforcementLevel: "advisory",
        severity: "low",
        remediationSteps: "Remove the exemption from the stack's policy config.",
        tags: ["stack"],
        validateStack: (_, reportViolation) => {
            for (const [rule, { exemptions }] of configured) {
                for (const { urn, type, name, expires, reason } of exemptions.unused()) {
                    const pattern = urn ?? `${type} ${name}`;
                    reportViolation(
                        `${rule.id}: no finding matched the exemption for ${pattern} until ${expires} (${reason})`,
                    );
                }
            }
        },
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
