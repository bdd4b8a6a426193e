import assert from "node:assert/strict";
import { evaluate, evaluateStack } from "../../policy/engine/evaluate";
import { Exemptions } from "../../policy/engine/exemptions";
import { viewOf } from "../../policy/engine/resource";
import { appliesTo, isStackRule, type Rule } from "../../policy/engine/rule";
import { settingsOf } from "../../policy/engine/settings";
import { StackView } from "../../policy/engine/stack";
import { rules } from "../../policy/rules";
import { allCases } from "./cases";
import { Analyzer, type Diagnostic, type PackConfig } from "./support/analyzer";
import { asSeen, kinds, type ResourceCase, type RuleCases, resourceOf, type StackCase, stackOf } from "./support/cases";

const now = (): Date => new Date("2026-06-01T00:00:00Z");

function ruleOf(id: string): Rule {
    const rule = rules.find((candidate) => candidate.id === id);
    assert.ok(rule, `there is no rule ${id}`);
    return rule;
}

function configured(rule: Rule, test: ResourceCase | StackCase) {
    return { settings: settingsOf(rule, test.config ?? {}), exemptions: new Exemptions([]) };
}

function casesOf(list: RuleCases): readonly (ResourceCase | StackCase)[] {
    return "cases" in list ? list.cases : list.stackCases;
}

/** What a rule finds, on plain properties. */
function directly(rule: Rule, list: RuleCases, test: ResourceCase | StackCase): readonly string[] {
    if ("resources" in test) {
        assert.ok(isStackRule(rule));
        const resources = stackOf(test).map((resource) => ({
            ...viewOf({ ...resource, props: asSeen(resource.props) }),
            parent: undefined,
            dependencies: resource.dependencies ?? [],
            propertyDependencies: resource.propertyDependencies ?? {},
        }));
        const findings = evaluateStack(rule, new StackView(resources), configured(rule, test), now);
        return findings.map(({ urn, message }) => (urn === undefined ? message : `${nameOf(urn)}: ${message}`));
    }
    assert.ok(!isStackRule(rule) && "type" in list);
    const resource = resourceOf(list.type, test);
    const view = viewOf({ ...resource, props: asSeen(resource.props) });
    if (!appliesTo(rule, view.type)) {
        return [];
    }
    return evaluate(rule, view, configured(rule, test), now).map(({ message }) => message);
}

function nameOf(urn: string): string {
    return urn.split("::").at(-1) ?? "";
}

/** What the engine is told by the running pack, in the same words. */
async function through(analyzer: Analyzer, rule: Rule, list: RuleCases, test: ResourceCase | StackCase) {
    const told =
        "resources" in test
            ? await analyzer.analyzeStack(stackOf(test))
            : await analyzer.analyze(resourceOf("type" in list ? list.type : "", test));
    const own = told.filter(({ policy }) => policy === rule.id);
    for (const diagnostic of own) {
        assert.equal(diagnostic.level, expectedLevel(rule, diagnostic));
    }
    return own.map(({ message, urn }) => {
        const [title, ...text] = message.split("\n");
        assert.equal(title, rule.title);
        return urn === "" ? text.join("\n") : `${nameOf(urn)}: ${text.join("\n")}`;
    });
}

function expectedLevel(rule: Rule, { message }: Diagnostic): string {
    return message.includes("undecided until deployment") ? "advisory" : rule.enforcement;
}

/** Config reaches the pack once, so that the cases with config share a pack of their own. */
function configOfCases(): PackConfig {
    const entries = allCases.flatMap((list) =>
        casesOf(list).flatMap(({ config }) =>
            config === undefined
                ? []
                : [[list.rule, { enforcementLevel: ruleOf(list.rule).enforcement, ...config }] as const],
        ),
    );
    return Object.fromEntries(entries);
}

describe("policy rules", () => {
    let analyzer: Analyzer;
    let withConfig: Analyzer;

    before(async () => {
        [analyzer, withConfig] = await Promise.all([Analyzer.start(), Analyzer.start()]);
        await withConfig.configure(configOfCases());
    });

    after(async () => {
        await Promise.all([analyzer.stop(), withConfig.stop()]);
    });

    it("every rule has its cases, of every kind", () => {
        assert.deepEqual(
            allCases.map(({ rule }) => rule),
            rules.map(({ id }) => id),
        );
        for (const list of allCases) {
            const missing = kinds.filter((kind) => !casesOf(list).some((test) => test.kind === kind));
            assert.deepEqual(missing, [], `${list.rule} lacks cases`);
        }
    });

    for (const list of allCases) {
        describe(list.rule, () => {
            for (const test of casesOf(list)) {
                const expected = test.findings.length === 0 ? "is let through" : "is found";
                it(`${test.kind}: ${test.title} ${expected}`, async () => {
                    const rule = ruleOf(list.rule);
                    assert.deepEqual(directly(rule, list, test), test.findings);
                    const pack = test.config === undefined ? analyzer : withConfig;
                    assert.deepEqual(await through(pack, rule, list, test), test.findings);
                });
            }

            it("finds what it shows as violations, and nothing in the rest", () => {
                for (const test of casesOf(list)) {
                    const decided = test.findings.filter((message) => !message.includes("undecided until deployment"));
                    if (test.kind === "violating" || test.kind === "evasion") {
                        assert.ok(decided.length > 0, test.title);
                    } else if (test.kind === "compliant" || test.kind === "harmless") {
                        assert.deepEqual(test.findings, [], test.title);
                    }
                }
            });
        });
    }
});
