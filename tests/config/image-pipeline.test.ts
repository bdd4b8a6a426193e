import * as assert from "node:assert/strict";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import { gpuNodesFor } from "../../config/platforms/image-pipeline-compute";

type Json = Record<string, unknown>;

const good: Json = {
    accountId: "111111111111",
    region: "us-east-2",
    replicaRegion: "us-west-2",
    shared: {
        accountId: "444444444444",
        assumeRoleArn: "arn:aws:iam::444444444444:role/mediaviz-shared-dev",
        externalId: "mediaviz-dev",
    },
    upload: { image: "upload-1.0.0" },
    processors: {
        blur: { image: "blur-1.0.0" },
        colors: { image: "colors-1.0.0" },
        facialRecognition: { image: "facial-recognition-1.0.0" },
    },
    models: {
        evidence: { image: "evidence-1.0.0", replicas: 1 },
        imageClassification: { image: "image-classification-1.0.0", replicas: 2 },
        featureExtraction: { image: "feature-extraction-1.0.0", replicas: 1 },
    },
    github: { repository: "mediaviz/infrastructure", environment: "dev" },
};

/** The good config with one value put in, or taken out, at a dotted path. */
function withValue(path: string, value: unknown): Json {
    const copy = structuredClone(good);
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<Json>((object, key) => {
        object[key] ??= {};
        return object[key] as Json;
    }, copy);
    if (value === undefined) {
        delete parent[last];
    } else {
        parent[last] = value;
    }
    return copy;
}

function parse(config: Json) {
    return parseConfig({
        values: { "platforms:environment": "dev", "platforms:imagePipeline": JSON.stringify(config) },
        secretKeys: new Set(),
    });
}

function faults(config: Json): string {
    const parsed = parse(config);
    return parsed.ok ? "" : formatFaults(parsed.faults);
}

const set = (path: string, flags = "") =>
    `set it with \`pulumi config set --path ${flags}'platforms:imagePipeline.${path}' <value>\``;

const bad: readonly [what: string, path: string, value: unknown, message: string][] = [
    [
        "an unknown model type",
        "models.sharpness",
        { image: "sharpness-1", replicas: 1 },
        "platforms:imagePipeline.models.sharpness: expected one of the keys evidence, imageClassification, featureExtraction, got \"sharpness\"; remove it with `pulumi config rm --path 'platforms:imagePipeline.models.sharpness'`",
    ],
    [
        "an unknown processor",
        "processors.sepia",
        {},
        "platforms:imagePipeline.processors.sepia: expected one of the keys blur, colors, facialRecognition, got \"sepia\"; remove it with `pulumi config rm --path 'platforms:imagePipeline.processors.sepia'`",
    ],
    [
        "no replicas",
        "models.evidence.replicas",
        0,
        `platforms:imagePipeline.models.evidence.replicas: expected a whole number from 1 to 100, got 0; ${set("models.evidence.replicas")}`,
    ],
    [
        "more minimal than maximal capacity",
        "database",
        { minCapacity: 8, maxCapacity: 4 },
        "platforms:imagePipeline.database.minCapacity: expected at most maxCapacity (4), got 8; lower minCapacity or raise maxCapacity",
    ],
    [
        "capacity in steps that Aurora lacks",
        "database.minCapacity",
        0.7,
        `platforms:imagePipeline.database.minCapacity: expected Aurora capacity units from 0.5 to 256 in steps of 0.5, got 0.7; ${set("database.minCapacity", "--type float ")}`,
    ],
    [
        "a replica at home",
        "replicaRegion",
        "us-east-2",
        'platforms:imagePipeline.replicaRegion: expected a region other than the platform\'s own (us-east-2), got "us-east-2"; choose a region that a failure of the first leaves standing',
    ],
    [
        "an unknown time zone",
        "schedule.timeZone",
        "America/Los_Angels",
        `platforms:imagePipeline.schedule.timeZone: expected an IANA time zone such as America/Los_Angeles, got "America/Los_Angels"; ${set("schedule.timeZone")}`,
    ],
    [
        "an hour that no day has",
        "schedule.scaleUpHour",
        24,
        `platforms:imagePipeline.schedule.scaleUpHour: expected a whole number from 0 to 23, got 24; ${set("schedule.scaleUpHour")}`,
    ],
    [
        "up and down at once",
        "schedule",
        { scaleUpHour: 7, scaleDownHour: 7 },
        `platforms:imagePipeline.schedule.scaleDownHour: expected an hour other than scaleUpHour (7), got 7; ${set("schedule.scaleDownHour")}`,
    ],
    [
        "more pods by night than by day",
        "schedule.offHoursReplicas",
        2,
        [
            `platforms:imagePipeline.models.evidence.replicas: expected at least schedule.offHoursReplicas (2), got 1; ${set("models.evidence.replicas")}`,
            `platforms:imagePipeline.models.featureExtraction.replicas: expected at least schedule.offHoursReplicas (2), got 1; ${set("models.featureExtraction.replicas")}`,
        ].join("\n"),
    ],
    [
        "no shared account",
        "shared",
        undefined,
        "platforms:imagePipeline.shared: expected the shared account: an object with accountId, assumeRoleArn and externalId, got nothing; write it in the stack file as docs/config-reference.md has it",
    ],
    [
        "the platform's own account as the shared one",
        "shared",
        { ...(good["shared"] as Json), accountId: "111111111111", assumeRoleArn: "arn:aws:iam::111111111111:role/x" },
        'platforms:imagePipeline.shared.accountId: expected an account other than the platform\'s own, got "111111111111"; name the account of the shared-services stack',
    ],
    [
        "a shared role of someone else",
        "shared.assumeRoleArn",
        "arn:aws:iam::555555555555:role/x",
        'platforms:imagePipeline.shared.assumeRoleArn: expected a role of the shared account 444444444444, got "arn:aws:iam::555555555555:role/x"; name the role that the shared-services stack created',
    ],
    [
        "the latest tag on a processor",
        "processors.blur.image",
        "latest",
        `platforms:imagePipeline.processors.blur.image: expected an image tag other than latest, or a digest (blur-1.4.2 or sha256:...), got "latest"; ${set("processors.blur.image", "--type string ")}`,
    ],
    [
        "the Latest tag on a model",
        "models.evidence.image",
        "Latest",
        `platforms:imagePipeline.models.evidence.image: expected an image tag other than latest, or a digest (blur-1.4.2 or sha256:...), got "Latest"; ${set("models.evidence.image", "--type string ")}`,
    ],
    [
        "a bastion open to the world",
        "bastion.allowedCidrs",
        ["0.0.0.0/0"],
        `platforms:imagePipeline.bastion.allowedCidrs[0]: expected an IPv4 network no wider than /24, got "0.0.0.0/0"; ${set("bastion.allowedCidrs[0]")}`,
    ],
    [
        "GPU nodes without a GPU",
        "cluster.gpuNodes.instanceType",
        "m5.large",
        `platforms:imagePipeline.cluster.gpuNodes.instanceType: expected an EC2 type with NVIDIA GPUs, for example g4dn.xlarge or g5.2xlarge, got "m5.large"; ${set("cluster.gpuNodes.instanceType")}`,
    ],
    [
        "too few GPU nodes for the replicas",
        "cluster.gpuNodes.maxSize",
        3,
        `platforms:imagePipeline.cluster.gpuNodes.maxSize: expected at least 4 nodes of g4dn.xlarge, which the models' replicas need, got 3; ${set("cluster.gpuNodes.maxSize")}`,
    ],
    [
        "a pod larger than a node",
        "models.evidence.gpusPerPod",
        2,
        `platforms:imagePipeline.models.evidence.gpusPerPod: expected at most the GPUs of one g4dn.xlarge (1), got 2; ${set("models.evidence.gpusPerPod")}`,
    ],
    [
        "more messages at once than invocations",
        "processors.blur",
        { image: "blur-1.0.0", reservedConcurrency: 5, maxConcurrency: 6 },
        "platforms:imagePipeline.processors.blur.maxConcurrency: expected at most reservedConcurrency (5), got 6; lower maxConcurrency or raise reservedConcurrency",
    ],
    [
        "Cognito without a pool",
        "api",
        { authorization: "cognito" },
        "platforms:imagePipeline.api.userPoolArns: expected at least one user pool, got nothing; name the pools whose tokens the API takes",
    ],
    [
        "API keys without a quota",
        "api",
        { authorization: "apiKey" },
        "platforms:imagePipeline.api.dailyQuota: expected a quota for the usage plan, got nothing; say how many requests a day a key is good for",
    ],
    [
        "more standard nodes at least than at most",
        "cluster.standardNodes",
        { minSize: 5, maxSize: 3 },
        "platforms:imagePipeline.cluster.standardNodes.minSize: expected at most maxSize (3), got 5; lower minSize or raise maxSize",
    ],
];

describe("config of the image pipeline", () => {
    it("takes a small config and fills in the defaults", () => {
        const parsed = parse(good);
        assert.equal(parsed.ok, true, faults(good));
        const pipeline = parsed.ok ? parsed.config.imagePipeline : undefined;
        assert.deepEqual(pipeline?.schedule, {
            timeZone: "America/Los_Angeles",
            scaleUpHour: 5,
            scaleDownHour: 19,
            offHoursReplicas: 1,
        });
        assert.deepEqual(pipeline?.database, {
            engineVersion: "16.8",
            minCapacity: 0.5,
            maxCapacity: 4,
            readers: 0,
            backupRetentionDays: 7,
            rotationDays: 30,
        });
        assert.equal(pipeline?.api.authorization, "iam");
        assert.deepEqual(pipeline?.bastion.allowedCidrs, []);
    });

    for (const [what, path, value, message] of bad) {
        it(`refuses ${what}`, () => assert.equal(faults(withValue(path, value)), message));
    }

    it("takes a digest for an image", () => {
        assert.equal(faults(withValue("models.evidence.image", `sha256:${"a".repeat(64)}`)), "");
    });

    it("counts GPU nodes for pods that can't be split", () => {
        assert.equal(gpuNodesFor([{ replicas: 9, gpusPerPod: 1 }], 1), 9);
        assert.equal(gpuNodesFor([{ replicas: 9, gpusPerPod: 1 }], 4), 3);
        // two pods of 3 don't fit one node of 4 though 6 GPUs are less than two nodes have
        assert.equal(
            gpuNodesFor(
                [
                    { replicas: 2, gpusPerPod: 3 },
                    { replicas: 3, gpusPerPod: 1 },
                ],
                4,
            ),
            3,
        );
    });
});
