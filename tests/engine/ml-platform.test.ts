import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { repository, type StateResource, TemporarySandbox } from "../support/sandbox";

interface Registered extends StateResource {
    readonly protect?: boolean;
    readonly parent?: string;
}

interface Step {
    readonly op: string;
    readonly urn: string;
}

const config = "platforms:mlPlatform";

/** The stack file of production with the ML platform only, and its tenants as asked for. */
function stackFile(change: (tenants: Record<string, unknown>) => void): string {
    const file = parse(readFileSync(join(repository, "Pulumi.prod.yaml"), "utf8")) as {
        config: Record<string, unknown>;
    };
    const platform = file.config[config] as { protect: boolean; tenants: Record<string, object> };
    platform.protect = false;
    for (const name of Object.keys(platform.tenants)) {
        platform.tenants[name] = { ...platform.tenants[name], protect: name === "credit" };
    }
    change(platform.tenants as Record<string, unknown>);
    const kept = ["platforms:environment", "platforms:tags", "pulumi:disable-default-providers", config];
    return stringify({ config: Object.fromEntries(kept.map((key) => [key, file.config[key]])) });
}

const tenantsOf = (resources: readonly { readonly urn: string }[], tenant: string) =>
    resources.filter(
        ({ urn }) => urn.includes("MlTenant$") && urn.split("::").at(-1)?.startsWith(`ml-platform-${tenant}-`),
    );

describe("the ML platform on the engine", function () {
    this.timeout(600_000);
    const sandbox = new TemporarySandbox(repository);
    const run = async (command: "up" | "preview", content: string, flags: readonly string[] = []) => {
        const outcome = await sandbox.run(command, "prod", flags, {
            configFile: sandbox.stackFile(content),
            policy: false,
        });
        assert.equal(outcome.code, 0, `${outcome.said}\n${outcome.stdout}\n${outcome.stderr}`);
        return outcome;
    };
    const steps = async (content: string): Promise<readonly Step[]> => {
        const { stdout } = await run("preview", content, ["--json"]);
        return (JSON.parse(stdout) as { steps: Step[] }).steps.filter(({ op }) => op !== "same");
    };
    const three = stackFile(() => {});
    let state: readonly Registered[];

    after(() => sandbox.remove());

    it("comes up with three tenants, and a second preview changes nothing", async () => {
        await run("up", three);
        state = (await sandbox.resources("prod")) as readonly Registered[];
        const clusters = state.filter(({ type }) => type === "aws:emr/cluster:Cluster");
        assert.deepEqual(clusters.map(({ inputs }) => inputs?.["name"]).sort(), [
            "pai-risk-mlops-credit-prod-emr",
            "pai-risk-mlops-credit-prod-emr-staging",
            "pai-risk-mlops-fraud-prod-emr",
            "pai-risk-mlops-fraud-prod-emr-staging",
            "pai-risk-mlops-merchant-prod-emr",
        ]);
        assert.deepEqual(await steps(three), []);
    });

    it("keeps everything under its component and in its account", () => {
        for (const { urn, type, parent } of state) {
            if (!type.startsWith("pulumi:")) {
                assert.ok(parent, urn);
                assert.match(urn, /::platforms:ml-platform:MlPlatform/);
            }
        }
    });

    it("creates a fourth tenant's resources under that tenant only, and touches nothing else", async () => {
        const four = await steps(
            stackFile((tenants) => {
                tenants["lending"] = { staging: {}, protect: false };
            }),
        );
        const root = ({ urn }: Step) => urn.endsWith("::pulumi:pulumi:Stack::platforms-prod");
        const changes = four.filter((step) => !root(step));
        assert.deepEqual([...new Set(changes.map(({ op }) => op))], ["create"]);
        for (const { urn } of changes) {
            assert.match(urn, /MlPlatform\$platforms:ml-platform:MlTenant(\$.*)?::ml-platform-lending/);
        }
        assert.ok(changes.length > 100, `${changes.length} resources`);
    });

    it("deletes a tenant's own resources only", async () => {
        const two = (
            await steps(
                stackFile((tenants) => {
                    delete tenants["merchant"];
                }),
            )
        ).filter(({ urn }) => !urn.endsWith("platforms-prod"));
        assert.deepEqual([...new Set(two.map(({ op }) => op))], ["delete"]);
        assert.equal(two.length, tenantsOf(state, "merchant").length + 1, "the tenant's component and all below it");
        for (const { urn } of two) {
            assert.match(urn, /MlTenant(\$.*)?::ml-platform-merchant/);
        }
    });

    it("refuses to delete a protected tenant", async () => {
        const outcome = await sandbox.run("preview", "prod", [], {
            configFile: sandbox.stackFile(
                stackFile((tenants) => {
                    delete tenants["credit"];
                }),
            ),
            policy: false,
        });
        assert.notEqual(outcome.code, 0);
        assert.match(outcome.stdout + outcome.stderr, /protect/);
    });
});
