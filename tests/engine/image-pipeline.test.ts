import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { repository, type StateResource, TemporarySandbox } from "../support/sandbox";
import { type LinkedResource, ReferenceGraph } from "../support/state-graph";

type Json = { [key: string]: Json | string | number | boolean | Json[] | undefined };

interface Step {
    readonly op: string;
    readonly urn: string;
    readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

/** The dev stack with the image pipeline alone, and what a test changes in it. */
function stackFile(sandbox: TemporarySandbox, change: (pipeline: Json) => void = () => undefined): string {
    const file = parse(readFileSync(join(repository, "Pulumi.dev.yaml"), "utf8")) as { config: Record<string, Json> };
    const config = Object.fromEntries(
        Object.entries(file.config).filter(
            ([key]) => !key.startsWith("platforms:") || /:(environment|tags|imagePipeline)$/.test(key),
        ),
    );
    change(config["platforms:imagePipeline"] ?? {});
    return sandbox.stackFile(stringify({ ...file, config }), "Pulumi.dev.yaml");
}

const at = (object: Json, ...path: readonly string[]): Json =>
    path.reduce<Json>((value, key) => value[key] as Json, object);

const shortName = (urn: string): string => urn.split("::").at(-1) ?? urn;

describe("image pipeline on the engine", function () {
    this.timeout(300_000);
    const sandbox = new TemporarySandbox(repository);
    after(() => sandbox.remove());
    let resources: readonly StateResource[] = [];
    let graph = new ReferenceGraph([]);

    const byName = (name: string): StateResource => {
        const found = resources.filter(({ urn }) => shortName(urn) === name);
        const [only] = found;
        assert.ok(only !== undefined && found.length === 1, `${found.length} resources are named ${name}`);
        return only;
    };

    /** What a preview would do, without what stays and without components. */
    const changes = async (change: (pipeline: Json) => void): Promise<Readonly<Record<string, string>>> => {
        const preview = await sandbox.run("preview", "dev", ["--json"], {
            configFile: stackFile(sandbox, change),
            policy: false,
        });
        assert.equal(preview.code, 0, preview.said + preview.stderr);
        const { steps } = JSON.parse(preview.stdout) as { steps: readonly Step[] };
        return Object.fromEntries(
            steps.filter(({ op }) => op !== "same").map(({ op, urn }) => [shortName(urn), op] as const),
        );
    };

    before(async () => {
        const up = await sandbox.run("up", "dev", ["--yes", "--skip-preview"], { configFile: stackFile(sandbox) });
        assert.equal(up.code, 0, up.said + up.stdout.slice(-4000) + up.stderr);
        resources = await sandbox.resources("dev");
        graph = new ReferenceGraph(resources);
    });

    it("deploys below its own component, and has nothing left to do", async () => {
        const strays = resources.filter(
            ({ urn, type }) => !urn.includes("ImagePipeline") && !/^pulumi:(pulumi|providers)/.test(type),
        );
        assert.deepEqual(
            strays.map(({ urn }) => urn),
            [],
        );
        assert.deepEqual(await changes(() => undefined), {});
    });

    describe("leads an image from the API to Aurora", () => {
        const pipeline = "image-pipeline";
        /** Each pair: the first knows the second, by a reference in its inputs. */
        const follow = (...names: readonly string[]) => {
            for (const [index, name] of names.slice(1).entries()) {
                const from = byName(names[index] ?? "");
                const to = byName(name);
                assert.ok(
                    graph.references(from.urn).has(to.urn),
                    `${shortName(from.urn)} doesn't refer to ${name}; it refers to ${[...graph.references(from.urn)].map(shortName).join(", ")}`,
                );
            }
        };

        it("from the firewall and the stage to the upload function", () => {
            follow(`${pipeline}-api-firewall-association`, `${pipeline}-api-firewall-acl`);
            follow(
                `${pipeline}-api-firewall-association`,
                `${pipeline}-api-stage`,
                `${pipeline}-api-deployment`,
                `${pipeline}-api-api`,
            );
            follow(`${pipeline}-api-post-images-upload`, `${pipeline}-api-post-images`, `${pipeline}-api-images`);
            follow(`${pipeline}-api-post-images-upload`, `${pipeline}-upload-function`);
            follow(`${pipeline}-api-may-invoke-upload`, `${pipeline}-upload-function`);
        });

        it("from the upload function to the bucket, and on to its replica", () => {
            follow(`${pipeline}-upload-function`, `${pipeline}-bucket-images-bucket`);
            follow(`${pipeline}-upload-policy`, `${pipeline}-bucket-images-bucket`);
            follow(`${pipeline}-bucket-images-replication`, `${pipeline}-bucket-replica-bucket`);
            follow(`${pipeline}-bucket-images-notification`, `${pipeline}-bucket-images-bucket`);
        });

        it("from the bucket's events to the pipeline's bus", () => {
            follow(`${pipeline}-events-uploaded-rule`, `${pipeline}-bucket-images-bucket`);
            follow(`${pipeline}-events-forward`, `${pipeline}-events-uploaded-rule`);
            follow(`${pipeline}-events-forward`, `${pipeline}-events-bus`);
        });

        for (const slug of ["blur", "colors", "facial-recognition"]) {
            it(`from the bus through the queue of ${slug} to its function and the database`, () => {
                follow(`${pipeline}-events-${slug}-rule`, `${pipeline}-events-bus`);
                follow(`${pipeline}-events-${slug}-target`, `${pipeline}-events-${slug}-rule`);
                follow(`${pipeline}-events-${slug}-target`, `${pipeline}-events-${slug}-queue`);
                follow(`${pipeline}-events-${slug}-queue`, `${pipeline}-events-${slug}-dlq`);
                follow(`${pipeline}-processors-${slug}-source`, `${pipeline}-events-${slug}-queue`);
                follow(`${pipeline}-processors-${slug}-source`, `${pipeline}-processors-${slug}-function`);
                follow(`${pipeline}-processors-${slug}-function`, `${pipeline}-data-proxy-proxy`);
                follow(`${pipeline}-processors-${slug}-policy`, `${pipeline}-data-proxy-proxy`);
            });
        }

        for (const slug of ["evidence", "image-classification", "feature-extraction"]) {
            it(`from the bus through the queue of ${slug} to its pods and the database`, () => {
                follow(
                    `${pipeline}-events-${slug}-target`,
                    `${pipeline}-events-${slug}-rule`,
                    `${pipeline}-events-bus`,
                );
                follow(`${pipeline}-events-${slug}-target`, `${pipeline}-events-${slug}-queue`);
                follow(`${pipeline}-models-${slug}`, `${pipeline}-events-${slug}-queue`);
                follow(`${pipeline}-models-${slug}`, `${pipeline}-models-${slug}-service-account`);
                follow(`${pipeline}-models-${slug}-service-account`, `${pipeline}-models-${slug}-role`);
                follow(`${pipeline}-models-${slug}`, `${pipeline}-data-proxy-proxy`);
            });
        }

        it("from the proxy to Aurora, with the credentials that people know", () => {
            follow(`${pipeline}-data-proxy-target`, `${pipeline}-data-proxy-proxy`);
            follow(`${pipeline}-data-proxy-target`, `${pipeline}-data-aurora-cluster`);
            follow(`${pipeline}-data-proxy-proxy`, `${pipeline}-data-credentials-secret`);
            follow(`${pipeline}-data-aurora-writer`, `${pipeline}-data-aurora-cluster`);
            follow(`${pipeline}-data-credentials-rotation`, `${pipeline}-data-credentials-secret`);
        });

        it("and the walk fails where a link is missing", () => {
            assert.throws(
                () => follow(`${pipeline}-processors-blur-source`, `${pipeline}-events-colors-queue`),
                /doesn't refer to image-pipeline-events-colors-queue/,
            );
        });
    });

    it("makes what AWS needs first, first", () => {
        const order: readonly (readonly [what: string, needs: readonly string[]])[] = [
            ["upload-function", ["upload-log", "upload-policy"]],
            ["processors-blur-function", ["processors-blur-log", "processors-blur-policy", "functions-to-proxy"]],
            ["processors-blur-source", ["events-blur-queue-policy", "processors-blur-policy"]],
            ["api-stage", ["api-logging-account", "api-execution-log", "api-access-log"]],
            ["api-logging-account", ["api-logging-policy"]],
            ["api-deployment", ["api-post-images", "api-post-images-upload"]],
            ["data-aurora-cluster", ["data-aurora-log"]],
            ["data-proxy-proxy", ["data-proxy-policy", "data-proxy-log", "data-credentials-first-version"]],
            [
                "data-credentials-rotation",
                [
                    "data-credentials-rotation-function",
                    "data-credentials-first-version",
                    "data-aurora-writer",
                    "rotation-to-database",
                    "database-from-rotation",
                ],
            ],
            ["data-credentials-rotation-function", ["data-credentials-rotation-log"]],
            ["bucket-images-replication", ["bucket-replica-versioning", "bucket-images-versioning"]],
            ["events-blur-target", ["events-blur-queue-policy", "events-undelivered-policy"]],
            ["events-forward", ["events-forward-policy"]],
            ["cluster-services-nvidia-device-plugin", ["cluster-eks-gpu", "cluster-eks-standard"]],
            ["cluster-delivery-argocd", ["cluster-eks-standard"]],
            [
                "models-evidence",
                ["models-deny-all", "cluster-services-nvidia-device-plugin", "data-proxy-target", "cluster-eks-gpu"],
            ],
        ];
        for (const [what, needs] of order) {
            const before = graph.dependencies(byName(`image-pipeline-${what}`).urn);
            for (const need of needs) {
                assert.ok(before.has(byName(`image-pipeline-${need}`).urn), `${what} doesn't wait for ${need}`);
            }
        }
    });

    it("leaves to others what it only begins", () => {
        const left = Object.fromEntries(
            (resources as readonly LinkedResource[])
                // the remote component of the control plane ignores some of its own
                .filter(({ urn, ignoreChanges }) => ignoreChanges?.length && !/-control-plane-/.test(shortName(urn)))
                .map(({ urn, ignoreChanges }) => [shortName(urn).replace("image-pipeline-", ""), ignoreChanges]),
        );
        assert.deepEqual(left, {
            "models-evidence": ["spec.replicas"],
            "models-image-classification": ["spec.replicas"],
            "models-feature-extraction": ["spec.replicas"],
            "cluster-eks-standard": ["scalingConfig.desiredSize"],
            "cluster-eks-gpu": ["scalingConfig.desiredSize"],
            "data-aurora-cluster": ["masterPassword"],
            "data-credentials-first-version": ["secretString", "versionStages"],
        });
    });

    it("keeps passwords and keys out of what it writes", () => {
        assert.deepEqual(sandbox.filesWith("PRIVATE KEY-----"), []);
        const password = byName("image-pipeline-data-initial-password").outputs?.["result"];
        assert.equal(typeof password, "object", "the password is plain text in the state");
        assert.equal(typeof byName("image-pipeline-data-aurora-cluster").inputs?.["masterPassword"], "object");
        assert.equal(typeof byName("image-pipeline-data-credentials-first-version").inputs?.["secretString"], "object");
    });

    it("takes a change of config to what it concerns and no further", async () => {
        const planned = await changes((config) => {
            at(config, "models", "evidence")["replicas"] = 2;
            at(config, "cluster", "gpuNodes")["maxSize"] = 5;
            at(config, "processors", "blur")["image"] = "blur-1.0.1";
            config["database"] = { ...(config["database"] as Json), readers: 1 };
        });
        assert.deepEqual(planned, {
            // The Deployment isn't here: once it is there, the number of its pods is the schedule's.
            "image-pipeline-schedule-up-eks-evidence-model": "update",
            "image-pipeline-cluster-eks-gpu": "update",
            "image-pipeline-processors-blur-function": "update",
            "image-pipeline-data-aurora-reader-1": "create",
        });
    });
});
