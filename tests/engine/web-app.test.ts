import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { PlanStep } from "../support/golden";
import { repository, TemporarySandbox } from "../support/sandbox";

interface Registered {
    readonly urn: string;
    readonly type: string;
    readonly protect?: boolean;
    readonly parent?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

type Config = Record<string, unknown>;
const webAppKey = "platforms:webApp";

/** A stack of the repository, with the web app only. */
function stackOf(stack: string, change: (webApp: Config) => void = () => undefined): string {
    const file = parse(readFileSync(join(repository, `Pulumi.${stack}.yaml`), "utf8")) as { config: Config };
    const webApp = file.config[webAppKey] as Config;
    change(webApp);
    const kept = Object.entries(file.config).filter(
        ([key]) => key.startsWith("pulumi:") || key === "platforms:environment" || key === webAppKey,
    );
    return stringify({ config: Object.fromEntries(kept) });
}

const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";

describe("the web app in the engine", function () {
    this.timeout(300_000);
    const sandbox = new TemporarySandbox(repository);
    after(() => sandbox.remove());
    let resources: readonly Registered[] = [];

    const changes = async (stack: string, content: string): Promise<readonly string[]> => {
        const preview = await sandbox.run("preview", stack, ["--json"], {
            configFile: sandbox.stackFile(content),
            policy: false,
        });
        assert.equal(preview.code, 0, preview.said + preview.stderr);
        const { steps } = JSON.parse(preview.stdout) as { steps: readonly PlanStep[] };
        return steps
            .filter(({ op }) => op !== "same")
            .map(({ op, urn }) => `${op} ${nameOf(urn)}`)
            .sort();
    };

    before(async () => {
        const up = await sandbox.run("up", "dev", [], { configFile: sandbox.stackFile(stackOf("dev")) });
        assert.equal(up.code, 0, up.said + up.stdout.slice(-4000) + up.stderr);
        resources = await sandbox.resources("dev");
    });

    /** Everything that a resource is made from, however many steps away. */
    function madeFrom(name: string): ReadonlySet<string> {
        const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        const found = new Set<string>();
        const walk = (resource: Registered | undefined) => {
            const next = [
                ...(resource?.dependencies ?? []),
                ...Object.values(resource?.propertyDependencies ?? {}).flatMap((urns) => urns ?? []),
            ];
            for (const urn of next) {
                if (!found.has(urn)) {
                    found.add(urn);
                    walk(byUrn.get(urn));
                }
            }
        };
        const start = resources.find(({ urn }) => nameOf(urn) === name);
        assert.ok(start, `there is no ${name}`);
        walk(start);
        return new Set([...found].map(nameOf));
    }

    it("deploys with policies and without exceptions, and then has nothing to do", async () => {
        assert.deepEqual(await changes("dev", stackOf("dev")), []);
    });

    it("leads from CloudFront to the services, and from these to PostgreSQL, Redis and the files", () => {
        const distribution = madeFrom("web-app-edge-distribution");
        for (const name of [
            "web-app-edge-web-acl",
            "web-app-edge-origin",
            "web-app-balancer-app-balancer",
            "web-app-buckets-static-bucket",
        ]) {
            assert.ok(distribution.has(name), name);
        }
        const api = madeFrom("web-app-services-api-service");
        for (const name of [
            "web-app-balancer-api",
            "web-app-balancer-api-api-all",
            "web-app-balancer-app-https",
            "web-app-database-instance",
            "web-app-cache-group",
            "web-app-buckets-files-bucket",
            "web-app-services-api-task",
        ]) {
            assert.ok(api.has(name), name);
        }
        const web = madeFrom("web-app-services-web-definition");
        assert.ok(!web.has("web-app-database-instance") && !web.has("web-app-cache-group"));
        const rules = resources
            .map(({ urn }) => nameOf(urn))
            .filter((name) => /^web-app-network-(database|cache)-from-/.test(name))
            .sort();
        assert.deepEqual(rules, [
            "web-app-network-cache-from-api",
            "web-app-network-cache-from-worker",
            "web-app-network-database-from-api",
            "web-app-network-database-from-worker",
        ]);
    });

    it("changes one task definition, and rolls one service, for a new version", async () => {
        const next = stackOf("dev", (webApp) => {
            const services = webApp["services"] as Record<string, Config>;
            services["api"] = { ...services["api"], tag: "1.1.0" };
        });
        assert.deepEqual(await changes("dev", next), [
            "replace web-app-services-api-definition",
            "update web-app-services-api-service",
        ]);
    });

    it("adds a service without touching the others' rules", async () => {
        const more = stackOf("dev", (webApp) => {
            const services = webApp["services"] as Record<string, Config>;
            services["admin"] = { tag: "1.0.0", port: 9000, paths: ["/admin/*"], uses: [] };
        });
        const touched = (await changes("dev", more)).filter((change) => !change.startsWith("create "));
        assert.deepEqual(
            touched.filter((change) => !change.includes("dashboards")),
            [],
        );
    });

    it("turns the database's standby on in place", async () => {
        const standby = stackOf("dev", (webApp) => {
            webApp["database"] = { multiAz: true };
        });
        assert.deepEqual(await changes("dev", standby), ["update web-app-database-instance"]);
    });
});
