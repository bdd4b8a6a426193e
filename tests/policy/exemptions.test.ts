import assert from "node:assert/strict";
import { evaluate } from "../../policy/engine/evaluate";
import { loadBalancerPublic } from "../../policy/rules/public-ingress/load-balancer-public";
import { Analyzer } from "./support/analyzer";
import { configured, view } from "./support/views";

const type = "aws:lb/loadBalancer:LoadBalancer";
const what = "internal: the load balancer faces the internet, got false; set internal: true";
const reason = "The web application is for everyone";

function findings(exemption: Readonly<Record<string, unknown>>, at = "2026-06-01T12:00:00Z") {
    const config = configured(loadBalancerPublic, { exemptions: [{ reason, expires: "2026-12-31", ...exemption }] });
    const found = evaluate(loadBalancerPublic, view(type, { internal: false }, "web-edge"), config, () => new Date(at));
    return {
        found: found.map(({ kind, message }) => `${kind}: ${message}`),
        unused: config.exemptions.unused().length,
    };
}

describe("exemptions", () => {
    const excused = `exempted: exempted until 2026-12-31 (${reason}): ${what}`;

    it("excuse a resource by type and name", () => {
        assert.deepEqual(findings({ type, name: "web-*" }), { found: [excused], unused: 0 });
    });

    it("excuse a resource by a pattern of its URN", () => {
        assert.deepEqual(findings({ urn: "urn:pulumi:prod::*::web-edge" }), { found: [excused], unused: 0 });
    });

    it("excuse a finding on one property only, where they name one", () => {
        assert.deepEqual(findings({ type, name: "web-*", path: "internal" }), { found: [excused], unused: 0 });
        assert.deepEqual(findings({ type, name: "web-*", path: "inter" }), {
            found: [`violation: ${what}`],
            unused: 1,
        });
    });

    it("excuse nothing else", () => {
        assert.deepEqual(findings({ type, name: "web" }), { found: [`violation: ${what}`], unused: 1 });
        assert.deepEqual(findings({ type: "aws:elb/*", name: "web-*" }), { found: [`violation: ${what}`], unused: 1 });
        assert.deepEqual(findings({ type, name: "web.edge" }), { found: [`violation: ${what}`], unused: 1 });
    });

    it("hold to the end of their last day", () => {
        assert.deepEqual(findings({ type, name: "web-*" }, "2026-12-31T23:59:59Z").found, [excused]);
        assert.deepEqual(findings({ type, name: "web-*" }, "2027-01-01T00:00:00Z").found, [
            `expired: ${what} (its exemption expired on 2026-12-31: ${reason})`,
        ]);
    });

    it("are refused without a reason, an end or a pattern, or for everything", () => {
        const refused = (exemption: Readonly<Record<string, unknown>>, message: RegExp): void => {
            const given = { exemptions: [{ reason, expires: "2026-12-31", ...exemption }] };
            assert.throws(() => configured(loadBalancerPublic, given), message);
        };
        refused({ type, name: "*" }, /exemptions\.0\.name: the pattern must name at least three characters/);
        refused({ urn: "**:*" }, /exemptions\.0\.urn: the pattern must name/);
        refused({ type }, /exemptions\.0: name the resource by `urn`, or by `type` and `name`/);
        refused({ type, name: "web-edge", reason: "" }, /exemptions\.0\.reason/);
        refused({ type, name: "web-edge", expires: "next year" }, /exemptions\.0\.expires/);
        refused({ type, name: "web-edge", until: "2026-12-31" }, /Unrecognized key: "until"/);
    });

    describe("in the running pack", () => {
        let analyzer: Analyzer;
        const edge = {
            type,
            name: "web-edge",
            urn: `urn:pulumi:prod::platforms::${type}::web-edge`,
            props: { internal: false },
        };
        const old = { ...edge, name: "old-edge", urn: `urn:pulumi:prod::platforms::${type}::old-edge` };

        before(async () => {
            analyzer = await Analyzer.start();
            await analyzer.configure({
                "load-balancer-public": {
                    enforcementLevel: "mandatory",
                    exemptions: [
                        { type, name: "web-edge", reason, expires: "2999-12-31" },
                        { type, name: "old-edge", reason, expires: "2020-01-01" },
                        { type, name: "gone-edge", reason, expires: "2999-12-31" },
                    ],
                },
            });
        });

        after(() => analyzer.stop());

        it("a used one is a note, an expired one a violation, an unused one is reported at the end", async () => {
            const own = (list: readonly { policy: string; level: string; message: string }[], policy: string) =>
                list
                    .filter((item) => item.policy === policy)
                    .map(({ level, message }) => `${level}: ${message.split("\n")[1]}`);
            assert.deepEqual(own(await analyzer.analyze(edge), "load-balancer-public"), [
                `advisory: exempted until 2999-12-31 (${reason}): ${what}`,
            ]);
            assert.deepEqual(own(await analyzer.analyze(old), "load-balancer-public"), [
                `mandatory: ${what} (its exemption expired on 2020-01-01: ${reason})`,
            ]);
            assert.deepEqual(own(await analyzer.analyzeStack([edge, old]), "exemption-unused"), [
                `advisory: load-balancer-public: no finding matched the exemption for ${type} gone-edge until 2999-12-31 (${reason})`,
            ]);
        });
    });
});
