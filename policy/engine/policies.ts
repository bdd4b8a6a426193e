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

/** What is under analysis, with the findings of the rules that have their config. */
interface Request {
    readonly view: ResourceView | undefined;
    readonly stack: StackView | undefined;
    readonly findings: ReadonlyMap<Rule, readonly Finding[]>;
}

/**
 * The server reads a resource's properties anew for each policy, and a stack's resources for each stack policy, which for some
 * eighty rules costs several milliseconds a resource. So the first policy of the pack reads them once, runs the rules and leaves
 * their findings here; a rule's own policy is entered only when the rule has something to say. It keeps its own name, level,
 * severity and config. Each request has its own store, however many are under way. Were the server to call the validations in
 * another way, each rule would still read for itself.
 */
const current = new AsyncLocalStorage<Request>();

/** The server accepts more than the declared string: a level of its own for one finding. */
type Detailed = (violation: { message: string; enforcementLevel?: EnforcementLevel; urn?: string }) => void;

export interface Options {
    readonly clock?: Clock;
}

/** The pack's rules with the config that has reached them, and the clock by which exemptions expire. */
class Pack {
    readonly configured = new Map<Rule, Configured>();
    private readonly byType = new Map<string, readonly ResourceRule[]>();

    constructor(
        private readonly rules: readonly Rule[],
        readonly clock: Clock,
    ) {}

    /** Config reaches a policy with its first call and stays for the life of the pack, which the engine starts for each run. */
    configure(rule: Rule, given: Readonly<Record<string, unknown>>): Configured {
        let result = this.configured.get(rule);
        if (result === undefined) {
            const settings = settingsOf(rule, given);
            result = { settings, exemptions: new Exemptions(settings.exemptions) };
            this.configured.set(rule, result);
        }
        return result;
    }

    begin(view: ResourceView): void {
        const findings = new Map<Rule, readonly Finding[]>();
        for (const rule of this.rulesFor(view.type)) {
            const config = this.configured.get(rule);
            if (config !== undefined) {
                findings.set(rule, evaluate(rule, view, config, this.clock));
            }
        }
        current.enterWith({ view, stack: undefined, findings });
    }

    beginStack(stack: StackView): void {
        const findings = new Map<Rule, readonly Finding[]>();
        for (const rule of this.rules) {
            const config = this.configured.get(rule);
            if (config !== undefined && isStackRule(rule)) {
                findings.set(rule, evaluateStack(rule, stack, config, this.clock));
            }
        }
        current.enterWith({ view: undefined, stack, findings });
    }

    /** Whether a rule's policy must be entered: to get its config, or because it found something. */
    needs(rule: Rule): boolean {
        const request = current.getStore();
        return request === undefined || !this.configured.has(rule) || (request.findings.get(rule)?.length ?? 0) > 0;
    }

    private rulesFor(type: string): readonly ResourceRule[] {
        let list = this.byType.get(type);
        if (list === undefined) {
            list = this.rules.filter((rule): rule is ResourceRule => !isStackRule(rule) && appliesTo(rule, type));
            this.byType.set(type, list);
        }
        return list;
    }
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
