import assert from "node:assert/strict";
import { plainEnvironment, repository, TemporarySandbox } from "../support/sandbox";

interface Step {
    readonly op: string;
    readonly urn: string;
}

/** Keys of `platforms:demoApp` that switch one phase on. */
const switches = {
    autoscaling: { frontend: { autoscaling: {} }, backend: { autoscaling: {} } },
    observability: { observability: {} },
    security: { security: {} },
    mesh: { mesh: { canaryImage: "registry.example.com/backend:1.3.0", canaryWeight: 10 } },
    apiGateway: { apiGateway: {} },
    gitops: { gitops: { repository: "https://git.example.com/demo.git", path: "deploy", revision: "v1.2.3" } },
} as const;
type Phase = keyof typeof switches;

/** Components that are a phase's own: all of what lies in them is new. */
const own: Readonly<Record<Phase, readonly string[]>> = {
    autoscaling: [],
    observability: ["Observability"],
    security: ["Security", "SecretStore"],
    mesh: ["MeshControlPlane", "Mesh", "demo-app-backend-canary"],
    apiGateway: ["ApiGateway"],
    gitops: ["GitOps"],
};

/** What changes beside that, all of it, as `op name`. */
const beside: Readonly<Record<Phase, readonly string[]>> = {
    autoscaling: [
        "create demo-app-backend-autoscaler",
        "create demo-app-frontend-autoscaler",
        "create demo-app-metrics-server",
    ],
    // the pods learn where to send traces
    observability: [
        ...["frontend", "backend"].flatMap((tier) => [
            `create demo-app-network-${tier}-from-prometheus`,
            `create demo-app-network-${tier}-to-collector`,
            `replace demo-app-${tier}-config`,
            `update demo-app-${tier}-deployment`,
        ]),
        "create demo-app-network-postgres-from-prometheus",
    ],
    // the backend reads the copy of its password
    security: ["update demo-app-backend-deployment"],
    // pods are made anew, with a proxy; the database's stay out
    mesh: [
        "create demo-app-network-sidecars-to-istiod",
        "update demo-app-backend-deployment",
        "update demo-app-database-stateful-set",
        "update demo-app-frontend-deployment",
        "update demo-app-namespace",
    ],
    apiGateway: ["create demo-app-network-frontend-from-envoy-gateway-system"],
    gitops: [],
};

describe("the demo app's phases", function () {
    this.timeout(300_000);
    const sandbox = new TemporarySandbox(repository);
    after(() => sandbox.remove());

    const environment = plainEnvironment({ PULUMI_SKIP_CHECKPOINTS: "true" });
    const stackFile = (more: object) =>
        sandbox.stackFile(
            // JSON is YAML
            JSON.stringify({
                config: {
                    "pulumi:disable-default-providers": ["aws", "kubernetes"],
                    "platforms:environment": "local",
                    "platforms:demoApp": { kubeContext: "kind-demo", ...more },
                },
            }),
        );
    const changes = async (more: object): Promise<readonly Step[]> => {
        const preview = await sandbox.run("preview", "local", ["--json"], { configFile: stackFile(more), environment });
        assert.equal(preview.code, 0, preview.said + preview.stdout.slice(0, 4000) + preview.stderr);
        const { steps } = JSON.parse(preview.stdout) as { steps: readonly Step[] };
        return steps.filter(
            ({ op, urn }) => op !== "same" && !/^(create-replacement|delete-replaced)$/.test(op) && urn !== "",
        );
    };

    before(async () => {
        const up = await sandbox.run("up", "local", [], { configFile: stackFile({}), environment });
        assert.equal(up.code, 0, up.said + up.stdout.slice(-4000) + up.stderr);
    });

    for (const phase of Object.keys(switches) as Phase[]) {
        it(`${phase} touches its own parts only`, async () => {
            const isOwn = ({ urn }: Step) => own[phase].some((part) => urn.includes(`:${part}`));
            const steps = await changes(switches[phase]);
            assert.deepEqual(
                steps
                    .filter((step) => !isOwn(step))
                    .map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`)
                    .sort(),
                [...beside[phase]].sort(),
            );
            assert.deepEqual(
                [...new Set(steps.filter(isOwn).map(({ op }) => op))],
                own[phase].length ? ["create"] : [],
            );
        });
    }

    it("are all on at once, within the policies, and then there is nothing left to do", async () => {
        const all = {
            ...switches.observability,
            ...switches.security,
            ...switches.mesh,
            ...switches.apiGateway,
            ...switches.gitops,
            ...switches.autoscaling,
            database: { initImage: "registry.example.com/db-init:1.0.0" },
        };
        const up = await sandbox.run("up", "local", [], { configFile: stackFile(all), environment });
        assert.equal(up.code, 0, up.said + up.stdout.slice(-4000) + up.stderr);
        assert.deepEqual(await changes(all), []);
    });

    it("keep what they generate out of the state in plain text", async () => {
        const { stdout } = await sandbox.run("export", "local");
        assert.doesNotMatch(stdout, /"(?:result|admin-password|private_?[kK]ey_?[pP]em)": ?"[^"]/);
    });
});
