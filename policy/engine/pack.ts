import { AsyncLocalStorage } from "node:async_hooks";
import { type Clock, type Configured, evaluate, evaluateStack } from "./evaluate";
import { Exemptions } from "./exemptions";
import type { Finding } from "./report";
import type { ResourceView } from "./resource";
import { appliesTo, isStackRule, type ResourceRule, type Rule } from "./rule";
import { settingsOf } from "./settings";
import type { StackView } from "./stack";

/** What is under analysis, with the findings of the rules that have their config. */
export interface Request {
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
export const current = new AsyncLocalStorage<Request>();

/** The pack's rules with the config that has reached them, and the clock by which exemptions expire. */
export class Pack {
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
