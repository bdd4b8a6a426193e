import assert from "node:assert/strict";
import fc from "fast-check";
import { exposures } from "../../policy/domain/exposure";
import { evaluate, evaluateStack } from "../../policy/engine/evaluate";
import { viewOf } from "../../policy/engine/resource";
import { appliesTo, isStackRule } from "../../policy/engine/rule";
import { StackView } from "../../policy/engine/stack";
import { rules } from "../../policy/rules";
import { allCases } from "./cases";
import { Analyzer } from "./support/analyzer";
import { asSeen, UNKNOWN } from "./support/cases";
import { configured, now } from "./support/views";

const resourceRules = rules.flatMap((rule) => (isStackRule(rule) ? [] : [rule]));
const stackRules = rules.flatMap((rule) => (isStackRule(rule) ? [rule] : []));
const settings = new Map(rules.map((rule) => [rule, configured(rule)]));

/** Types with something to say about, and a few that hold anything. */
const types = [
    ...new Set(resourceRules.flatMap(({ types: list }) => (typeof list === "function" ? [] : list))),
    "kubernetes:apps/v1:Deployment",
    "kubernetes:batch/v1:CronJob",
    "kubernetes:core/v1:List",
    "kubernetes:example.com/v1:Anything",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:networking.k8s.io/v1:Ingress",
    "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    "kubernetes:storage.k8s.io/v1:StorageClass",
    "kubernetes:argoproj.io/v1alpha1:Application",
];

/** The names that rules read: every key of every case, so that random values land where they are looked for. */
const names = [
    ...new Set(allCases.flatMap((list) => ("cases" in list ? list.cases.flatMap(({ props }) => keysOf(props)) : []))),
];

function keysOf(value: unknown): readonly string[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const own = Array.isArray(value) ? [] : Object.keys(value);
    return [...own, ...Object.values(value).flatMap(keysOf)];
}

const texts = fc.oneof(
    fc.constantFrom(
        UNKNOWN,
        "*",
        "0.0.0.0/0",
        "latest",
        "true",
        "{",
        "[]",
        "null",
        '{"Statement":[{"Effect":"Allow","Principal":"*"}]}',
        '{"Statement":{"Principal":{"AWS":[null,1,"*"]}}}',
    ),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.json({ maxDepth: 4 }),
);

const values = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 6, depthSize: "small" },
        texts,
        fc.constantFrom(null, true, false, 0, -1, 443, 1e308),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(
            fc.oneof(fc.constantFrom(...names), fc.constantFrom("__proto__", "constructor", "length", "toString")),
            tie("value"),
            { maxKeys: 6 },
        ),
    ),
})).value;

const bags = fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 8 });

function seen(props: Readonly<Record<string, unknown>>): unknown {
    return asSeen(JSON.parse(JSON.stringify(props)) as Record<string, unknown>);
}

function judge(type: string, props: unknown): readonly string[] {
    const view = viewOf({ type, name: "main", urn: `urn:pulumi:prod::platforms::${type}::main`, props });
    return resourceRules
        .filter((rule) => appliesTo(rule, view.type))
        .flatMap((rule) => {
            const config = settings.get(rule);
            assert.ok(config);
            return evaluate(rule, view, config, now);
        })
        .filter(({ kind }) => kind === "fault")
        .map(({ message }) => message);
}

describe("no input makes a rule fail", () => {
    it("random property bags", () => {
        fc.assert(
            fc.property(fc.constantFrom(...types), bags, (type, props) => {
                assert.deepEqual(judge(type, seen(props)), []);
            }),
            { numRuns: 4_000 },
        );
    });

    it("the right names with the wrong values", () => {
        for (const list of allCases) {
            for (const test of "cases" in list ? list.cases : []) {
                for (const wrong of [
                    null,
                    [],
                    {},
                    "",
                    0,
                    true,
                    [null],
                    [[]],
                    { a: UNKNOWN },
                    UNKNOWN,
                    "\u0000",
                    Number.MAX_SAFE_INTEGER,
                ]) {
                    const props = Object.fromEntries(Object.keys(test.props).map((name) => [name, wrong]));
                    assert.deepEqual(judge("type" in list ? (test.type ?? list.type) : "", seen(props)), []);
                }
            }
        }
    });

    it("stacks of random resources that refer to each other", () => {
        const stackTypes = [
            ...types,
            "aws:ec2/securityGroup:SecurityGroup",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "aws:rds/instance:Instance",
        ];
        const resource = fc.record({
            type: fc.constantFrom(...stackTypes),
            props: bags,
            refers: fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(5)), { maxLength: 4 }),
        });
        fc.assert(
            fc.property(fc.array(resource, { maxLength: 6 }), (list) => {
                const urns = list.map(({ type }, index) => `urn:pulumi:prod::platforms::${type}::r${index}`);
                const stack = new StackView(
                    list.map(({ type, props, refers }, index) => {
                        const propertyDependencies = Object.fromEntries(
                            refers.map(([name, target]) => [name, [urns[target] ?? "urn:gone"]]),
                        );
                        return {
                            ...viewOf({ type, name: `r${index}`, urn: urns[index] ?? "", props: seen(props) }),
                            parent: undefined,
                            dependencies: [],
                            propertyDependencies,
                        };
                    }),
                );
                exposures(stack, { ipv4: 24, ipv6: 48 });
                for (const rule of stackRules) {
                    const config = settings.get(rule);
                    assert.ok(config);
                    assert.deepEqual(
                        evaluateStack(rule, stack, config, now).filter(({ kind }) => kind === "fault"),
                        [],
                    );
                }
            }),
            { numRuns: 1_000 },
        );
    });

    it("deep nesting, in properties and in JSON", () => {
        const nested = (depth: number): unknown => {
            let value: unknown = { containers: [{ image: "web" }] };
            for (let level = 0; level < depth; level++) {
                value = level % 2 === 0 ? { template: value } : [value];
            }
            return value;
        };
        assert.deepEqual(judge("kubernetes:example.com/v1:Anything", { spec: nested(2_000) }), []);
        assert.deepEqual(judge("kubernetes:helm.sh/v3:Release", { values: nested(2_000) }), []);
        const json = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
        assert.deepEqual(judge("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: json }), []);
        assert.deepEqual(judge("aws:s3/bucketPolicy:BucketPolicy", { policy: json }), []);
    });

    it("huge documents, within a second", () => {
        const started = Date.now();
        const statements = Array.from({ length: 20_000 }, (_, index) => ({
            Sid: `s${index}`,
            Effect: "Allow",
            Principal: { AWS: "123456789012" },
            Action: "s3:*",
            Resource: "*",
        }));
        assert.deepEqual(
            judge("aws:s3/bucketPolicy:BucketPolicy", { policy: JSON.stringify({ Statement: statements }) }),
            [],
        );
        const ingress = Array.from({ length: 2_000 }, (_, index) => ({
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: [`10.${index % 256}.0.0/16`],
        }));
        assert.deepEqual(judge("aws:ec2/securityGroup:SecurityGroup", { ingress }), []);
        assert.deepEqual(
            judge("kubernetes:apps/v1:Deployment", {
                spec: { template: { spec: { containers: [{ image: "a".repeat(1_000_000) }] } } },
            }),
            [],
        );
        assert.ok(Date.now() - started < 5_000, `took ${Date.now() - started} ms`);
    });

    it("patterns that would take for ever", () => {
        const policy = JSON.stringify({
            Statement: [{ Effect: "Allow", Action: `iam:${"*a".repeat(60)}`, Resource: "*" }],
        });
        const started = Date.now();
        assert.deepEqual(judge("aws:iam/policy:Policy", { policy }), []);
        assert.ok(Date.now() - started < 2_000);
    });
});

describe("no input makes the running pack fail", () => {
    let analyzer: Analyzer;

    before(async () => {
        analyzer = await Analyzer.start();
    });

    after(() => analyzer.stop());

    it("answers whatever a resource holds, and reports no defect", async () => {
        await fc.assert(
            fc.asyncProperty(fc.constantFrom(...types), bags, async (type, props) => {
                const plain = JSON.parse(JSON.stringify(props).replaceAll("\\u0000", "")) as Record<string, unknown>;
                const told = await analyzer.analyze({
                    type,
                    name: "main",
                    urn: `urn:pulumi:prod::platforms::${type}::main`,
                    props: plain,
                });
                assert.deepEqual(
                    told.filter(({ message }) => message.includes("failed on this resource")),
                    [],
                );
            }),
            { numRuns: 400 },
        );
    });
});
