import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { admissionRules, constraints, constraintTemplates, registryOf } from "../../../components/demo-app/admission";
import { registriesOf } from "../../../components/demo-app/phases";
import { goTool } from "../../support/go-tool";
import { deploy, localArgs } from "./deploy";

type Json = Record<string, unknown>;
interface Finding {
    readonly msg: string;
    readonly constraint: { readonly kind: string };
}

const namespace = "demo-app";
const [name, first] = ["app", "registry.example.com/team/app:1.2.3"];

/** A pod that keeps to every rule. */
const goodPod = () => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
        name,
        namespace,
        labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "demo-app" } as Json,
        ownerReferences: [] as Json[],
    },
    spec: {
        securityContext: { runAsNonRoot: true } as Json,
        initContainers: [] as Json[],
        containers: [
            {
                name,
                image: first,
                resources: {
                    requests: { cpu: "100m", memory: "64Mi" } as Json,
                    limits: { cpu: "1", memory: "64Mi" } as Json,
                },
                startupProbe: {} as Json | undefined,
                livenessProbe: {} as Json | undefined,
                readinessProbe: {} as Json | undefined,
                securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                } as Json,
            },
        ] as (Json & {
            image: string;
            resources: { requests: Json; limits: Json };
            securityContext: Json;
        })[],
    },
});
type Pod = ReturnType<typeof goodPod>;

const goodService = () => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { type: "ClusterIP", ports: [{ port: 80 }] } as Json,
});

const container = (pod: Pod) => {
    const [found] = pod.spec.containers;
    assert.ok(found);
    return found;
};
const withImage = (image: string) => (pod: Pod) => {
    container(pod).image = image;
};
const withSecurity = (key: string, value: unknown) => (pod: Pod) => {
    container(pod).securityContext[key] = value;
};

/** What breaks one rule alone: the kind of rule and what the message says. */
const violations: readonly (readonly [string, RegExp, (pod: Pod) => void])[] = [
    ["PinnedImages", /moving/, withImage("registry.example.com/team/app:latest")],
    ["PinnedImages", /moving/, withImage("registry.example.com/team/app:LATEST")],
    ["PinnedImages", /moving/, withImage("registry.example.com/team/app")],
    ["PinnedImages", /moving/, withImage("registry.example.com:5000/team/app")],
    ["AllowedRegistries", /not from one of/, withImage("registry.example.com/other/app:1.2.3")],
    ["AllowedRegistries", /not from one of/, withImage("team/app:1.2.3")],
    ["AllowedRegistries", /not from one of/, withImage("evil.example.com/registry.example.com/team/app:1.2.3")],
    ...(["requests", "limits"] as const).flatMap((kind) =>
        ["cpu", "memory"].map(
            (resource) =>
                [
                    "ContainerResources",
                    new RegExp(`resources.${kind}.${resource} is missing`),
                    (pod: Pod) => {
                        delete container(pod).resources[kind][resource];
                    },
                ] as const,
        ),
    ),
    ...["startupProbe", "livenessProbe", "readinessProbe"].map(
        (probe) =>
            [
                "ContainerProbes",
                new RegExp(`${probe} is missing`),
                (pod: Pod) => {
                    delete container(pod)[probe];
                },
            ] as const,
    ),
    [
        "ConfinedContainers",
        /runAsNonRoot/,
        (pod) => {
            pod.spec.securityContext = {};
        },
    ],
    ["ConfinedContainers", /runAsNonRoot/, withSecurity("runAsNonRoot", false)],
    ["ConfinedContainers", /readOnlyRootFilesystem/, withSecurity("readOnlyRootFilesystem", false)],
    ["ConfinedContainers", /allowPrivilegeEscalation/, withSecurity("allowPrivilegeEscalation", undefined)],
    ["ConfinedContainers", /privileged/, withSecurity("privileged", true)],
    ["ConfinedContainers", /drop/, withSecurity("capabilities", { drop: ["NET_RAW"] })],
    [
        "ConfinedContainers",
        /container init/,
        (pod) => {
            const { startupProbe, livenessProbe, readinessProbe, ...rest } = container(pod);
            pod.spec.initContainers = [{ ...rest, name: "init", securityContext: {} }];
        },
    ],
    [
        "RequiredLabels",
        /part-of is missing/,
        (pod) => {
            delete pod.metadata.labels["app.kubernetes.io/part-of"];
        },
    ],
];

describe("DemoApp's admission rules, by Gatekeeper's own evaluator", function () {
    // the first run compiles gator
    this.timeout(900_000);
    const folder = mkdtempSync(join(tmpdir(), "admission-"));
    after(() => rmSync(folder, { recursive: true }));
    let gator = "";
    let files = 0;

    /** What the rules say about objects. gator reads JSON as the YAML that it is. */
    const findings = (objects: readonly object[], exempt: readonly string[] = []): readonly Finding[] => {
        const rules = constraints({
            namespace,
            enforcement: "deny",
            allowedRegistries: ["registry.example.com/team/", "registry.example.com:5000/team/"],
            injectedContainers: exempt,
        });
        return evaluate([...constraintTemplates(), ...rules, ...objects]);
    };
    const evaluate = (objects: readonly object[]): readonly Finding[] => {
        files += 1;
        const file = join(folder, `${files}.yaml`);
        writeFileSync(file, objects.map((object) => JSON.stringify(object)).join("\n---\n"));
        const { stdout, stderr, status } = spawnSync(gator, ["test", `--filename=${file}`, "--output=json"], {
            encoding: "utf8",
        });
        assert.ok(status === 0 || status === 1, stderr);
        assert.equal(stderr.replace(/^.*"level":"info".*$/gm, "").trim(), "");
        return JSON.parse(stdout || "null") ?? [];
    };

    before(() => {
        gator = goTool("gator", "github.com/open-policy-agent/gatekeeper/v3/cmd/gator");
    });

    it("let a pod and a Service through that keep to them", () => {
        assert.deepEqual(findings([goodPod(), goodService()]), []);
    });

    for (const [index, [kind, message, spoil]] of violations.entries()) {
        it(`refuse by ${kind} alone: ${message.source} (${index})`, () => {
            const pod = goodPod();
            spoil(pod);
            const found = findings([pod]);
            assert.deepEqual([...new Set(found.map(({ constraint }) => constraint.kind))], [kind]);
            assert.match(found.map(({ msg }) => msg).join(), message);
        });
    }

    for (const spec of [{ type: "LoadBalancer" }, { type: "NodePort" }, { externalIPs: ["203.0.113.1"] }]) {
        it(`refuse a Service with ${JSON.stringify(spec)}`, () => {
            const service = goodService();
            service.spec = { ...service.spec, ...spec };
            assert.deepEqual(
                findings([service]).map(({ constraint }) => constraint.kind),
                ["InternalServices"],
            );
        });
    }

    it("each have a violating twin here", () => {
        const tried = new Set<string>([...violations.map(([kind]) => kind), "InternalServices"]);
        assert.deepEqual([...tried].sort(), admissionRules.map(({ kind }) => kind).sort());
    });

    it("take a digest for a version, ask jobs for no probes, and leave injected containers alone", () => {
        const byDigest = goodPod();
        container(byDigest).image = `registry.example.com/team/app@sha256:${"0".repeat(64)}`;
        const job = goodPod();
        job.metadata.name = "job";
        job.metadata.ownerReferences = [{ kind: "Job" }];
        for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"]) {
            delete container(job)[probe];
        }
        const injected = goodPod();
        injected.spec.containers.push({ ...container(job), name: "istio-proxy" });
        assert.deepEqual(findings([byDigest, job]), []);
        assert.equal(findings([injected]).length, 3);
        assert.deepEqual(findings([injected], ["istio-proxy"]), []);
    });

    it("hold pods of the app's namespace only", () => {
        const pod = goodPod();
        pod.metadata.namespace = "kube-system";
        pod.metadata.labels = {};
        assert.deepEqual(findings([pod]), []);
    });

    it("let the whole app through, jobs included", async () => {
        const args = {
            ...localArgs,
            database: { ...localArgs.database, initImage: "registry.example.com/db-init:1.2.3" },
        };
        const dumping = { ...args, database: { ...args.database, mode: "cloudnative-pg" as const } };
        const pods: object[] = [];
        for (const variant of [args, dumping]) {
            const { recording } = await deploy(variant);
            const templates = [
                ...recording.all(k8s.apps.v1.Deployment),
                ...recording.all(k8s.apps.v1.StatefulSet),
                ...recording.all(k8s.batch.v1.Job),
                ...recording.all(k8s.batch.v1.CronJob),
            ].map(({ type, inputs }) => {
                const spec = inputs["spec"] as { template?: Json; jobTemplate?: { spec: { template: Json } } };
                return { type, template: spec.template ?? spec.jobTemplate?.spec.template };
            });
            assert.ok(templates.length >= 3);
            pods.push(
                ...templates.map(({ type, template }, index) => ({
                    apiVersion: "v1",
                    kind: "Pod",
                    ...template,
                    metadata: {
                        ...(template?.["metadata"] as Json),
                        name: `pod-${pods.length + index}`,
                        namespace,
                        ownerReferences: /Job$/.test(type) ? [{ kind: "Job" }] : [],
                    },
                })),
            );
        }
        const rules = constraints({ namespace, enforcement: "deny", allowedRegistries: registriesOf(dumping) });
        assert.deepEqual(evaluate([...constraintTemplates(), ...rules, ...pods]), []);
    });

    it("know registries by their full names", () => {
        assert.deepEqual(
            ["postgres:16", "me/app:1", "localhost:5000/x:1", "ghcr.io/a/b/c@sha256:00", "quay.io/x:2"].map(registryOf),
            ["docker.io/library/", "docker.io/me/", "localhost:5000/", "ghcr.io/a/b/", "quay.io/"],
        );
    });
});
