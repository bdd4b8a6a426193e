import assert from "node:assert/strict";
import { evaluate } from "../../policy/engine/evaluate";
import { Node } from "../../policy/engine/node";
import type { ResourceRule } from "../../policy/engine/rule";
import { configSchemaOf, settingsOf } from "../../policy/engine/settings";
import { databasePublic } from "../../policy/rules/public-ingress/database-public";
import { securityGroupOpen } from "../../policy/rules/public-ingress/security-group-open";
import { Analyzer } from "./support/analyzer";
import { asSeen, UNKNOWN } from "./support/cases";
import { configured, now, view } from "./support/views";

describe("reading properties", () => {
    const node = Node.of(asSeen({ a: { b: [1, UNKNOWN, { c: "x" }], "d.e/f": true }, gone: null, later: UNKNOWN }));

    it("tells known, absent and unknown apart, and never throws", () => {
        assert.equal(node.get("a.b").items()[0]?.number, 1);
        assert.equal(node.get("a.b").items()[1]?.unknown, true);
        assert.equal(node.get("a.b").items()[2]?.get("c").string, "x");
        assert.equal(node.get("gone").absent, true);
        assert.equal(node.get("none.at.all").absent, true);
        assert.equal(node.get("later.below[0]").unknown, true);
        assert.equal(node.get("toString").absent, true);
        assert.equal(node.get("__proto__").absent, true);
    });

    it("writes paths as a program does", () => {
        assert.equal(node.get("a.b").items()[2]?.get("c").path, "a.b[2].c");
        assert.equal(node.get("a").child("d.e/f").path, 'a["d.e/f"]');
    });

    it("knows whether a part is unknown, and gives the rest", () => {
        assert.equal(node.get("a").hasUnknown(), true);
        assert.deepEqual(node.get("a.b").plain(), [1, undefined, { c: "x" }]);
    });
});

describe("settings of a rule", () => {
    it("have a default for everything", () => {
        const { undecided, onFault, exemptions, thresholds } = settingsOf(securityGroupOpen, {});
        assert.deepEqual(
            { undecided, onFault, exemptions, thresholds },
            {
                undecided: "advisory",
                onFault: "mandatory",
                exemptions: [],
                thresholds: { widestIpv4: 24, widestIpv6: 48 },
            },
        );
    });

    it("report all faults at once, each with its path", () => {
        assert.throws(
            () => settingsOf(securityGroupOpen, { widestIpv4: 99, undecided: "never", widestIpv5: 1 }),
            (error: Error) =>
                error.message.includes("security-group-open.widestIpv4: ") &&
                error.message.includes("security-group-open.undecided: ") &&
                error.message.includes('Unrecognized key: "widestIpv5"'),
        );
    });

    it("have a schema for the engine", () => {
        assert.deepEqual(Object.keys(configSchemaOf(securityGroupOpen).properties), [
            "undecided",
            "onFault",
            "exemptions",
            "widestIpv4",
            "widestIpv6",
        ]);
    });
});

describe("a defect of a rule", () => {
    const broken: ResourceRule = {
        ...databasePublic,
        id: "broken-rule",
        check(resource, report) {
            report.violation(resource.get("publiclyAccessible"), "seen before the defect", "it");
            throw new TypeError("no such thing");
        },
    };

    it("is a finding with the rule's name, beside what the rule had found", () => {
        const found = evaluate(broken, view("aws:rds/instance:Instance", {}), configured(broken), now);
        assert.deepEqual(
            found.map(({ kind, message }) => `${kind}: ${message}`),
            [
                "violation: publiclyAccessible: seen before the defect, got nothing; set it",
                "fault: rule broken-rule failed on this resource, which is therefore not judged by it: TypeError: no such thing",
            ],
        );
    });
});

describe("the running pack", () => {
    let analyzer: Analyzer;
    const instance = (props: Readonly<Record<string, unknown>>) => ({
        type: "aws:rds/instance:Instance",
        name: "main",
        urn: "urn:pulumi:dev::platforms::aws:rds/instance:Instance::main",
        props,
    });

    before(async () => {
        analyzer = await Analyzer.start();
        await analyzer.configure({
            "database-public": { enforcementLevel: "advisory", undecided: "mandatory" },
            "database-encryption": { enforcementLevel: "disabled" },
            "ebs-encryption": { enforcementLevel: "remediate" },
            "required-tags": { enforcementLevel: "remediate", defaults: { Environment: "dev" } },
        });
    });

    after(() => analyzer.stop());

    it("tells the engine each rule with its level, severity, mend and config", async () => {
        const { policiesList } = await analyzer.info();
        const info = policiesList.find(({ name }) => name === "security-group-open");
        assert.equal(info?.displayname, "Security groups let nobody in from the internet");
        assert.equal(info?.remediationSteps, securityGroupOpen.remediation);
        assert.equal(info?.url, securityGroupOpen.url);
        assert.equal(info?.framework?.reference, "EC2.18");
        // Types as the engine numbers them: 1 judges a resource, 2 a stack.
        assert.deepEqual([...new Set(policiesList.map(({ policyType }) => policyType))].sort(), [1, 2]);
        assert.equal(policiesList.find(({ name }) => name === "budget-present")?.policyType, 2);
    });

    it("uses the level of the stack's config, for undecided findings too", async () => {
        const levels = async (value: unknown) =>
            (await analyzer.analyze(instance({ publiclyAccessible: value, storageEncrypted: false })))
                .filter(({ policy }) => policy.startsWith("database-"))
                .map(({ policy, level }) => `${policy} ${level}`);
        assert.deepEqual(await levels(true), ["database-public advisory"]);
        assert.deepEqual(await levels(UNKNOWN), ["database-public mandatory"]);
    });

    it("answers many requests at once as it answers one", async () => {
        const requests = Array.from({ length: 60 }, (_, index) => instance({ publiclyAccessible: index % 3 === 0 }));
        const replies = await Promise.all(requests.map((request) => analyzer.analyze(request)));
        for (const [index, reply] of replies.entries()) {
            const found = reply.some(({ policy }) => policy === "database-public");
            assert.equal(found, index % 3 === 0);
        }
    });

    it("mends what it safely can where the config says remediate, and nothing else", async () => {
        const volume = (props: Readonly<Record<string, unknown>>) =>
            analyzer.remediate({
                type: "aws:ebs/volume:Volume",
                name: "data",
                urn: "urn:pulumi:dev::platforms::aws:ebs/volume:Volume::data",
                props,
            });
        assert.deepEqual(await volume({ size: 10, tags: { Project: "demo" } }), [
            { policy: "ebs-encryption", props: { size: 10, tags: { Project: "demo" }, encrypted: true } },
            {
                policy: "required-tags",
                props: { size: 10, tags: { Project: "demo", Environment: "dev" }, encrypted: true },
            },
        ]);
        assert.deepEqual(await volume({ encrypted: true, tags: { Project: "demo", Environment: "qa" } }), []);
        assert.deepEqual(await volume({ encrypted: UNKNOWN, tags: { Project: "demo", Environment: "qa" } }), []);
    });
});
