import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { RecordedResource, Recording } from "../../support/mocks";
import { statementsOf } from "../../support/policies";
import { containerOf, recordService } from "../../support/transcription";

type Graph = Map<string, Set<string>>;

const services = ["api", "audio-extraction", "transcription", "music-term-recognition"];

/** Who can hand something on to whom, by what IAM, security groups, listeners and events really allow. */
function graphOf(recording: Recording): Graph {
    const graph: Graph = new Map();
    const edge = (from: string, to: string) => graph.set(from, (graph.get(from) ?? new Set()).add(to));
    const groupName = new Map<string, string>();
    for (const group of recording.all(aws.ec2.SecurityGroup)) {
        groupName.set(idOf(recording, group), group.name);
    }
    const nameOf = (rule: RecordedResource, key: string) => groupName.get(String(rule.inputs[key]));
    const pairs = (rules: readonly RecordedResource[], from: string, to: string) =>
        new Set(
            rules
                .filter(({ inputs }) => inputs["referencedSecurityGroupId"] !== undefined)
                .map((rule) => `${nameOf(rule, from)}>${nameOf(rule, to)}:${rule.inputs["fromPort"]}`),
        );
    const opens = pairs(
        recording.all(aws.vpc.SecurityGroupIngressRule),
        "referencedSecurityGroupId",
        "securityGroupId",
    );
    const leaves = pairs(
        recording.all(aws.vpc.SecurityGroupEgressRule),
        "securityGroupId",
        "referencedSecurityGroupId",
    );
    const connects = (from: string, to: string, port: number) =>
        opens.has(`${from}>${to}:${port}`) && leaves.has(`${from}>${to}:${port}`);

    // listener rule -> target group -> service, if the groups let the load balancer through
    const apiService = recording.inputsOf(aws.ecs.Service, "service-api-service");
    const [production] = recording.inputsOf(aws.lb.ListenerRule, "production").actions ?? [];
    const served = production?.forward?.targetGroups?.some(
        ({ arn }) => arn === apiService.loadBalancers?.[0]?.targetGroupArn,
    );
    if (served && connects("thoth-edge-api-balancer-group", "thoth-group-api-group", 8080)) {
        edge("balancer", "api");
    }
    for (const service of services) {
        const { policy } = recording.inputsOf(aws.iam.RolePolicy, `service-${service}-task`);
        const container = containerOf(recording.inputsOf(aws.ecs.TaskDefinition, `service-${service}-definition`));
        const value = (name: string) => container.environment.find((variable) => variable.name === name)?.value;
        for (const statement of Object.values(statementsOf(policy))) {
            for (const resource of statement.Resource ?? []) {
                const queue = /:sqs:.*:(thoth-test-\w+)$/.exec(resource)?.[1];
                if (
                    queue &&
                    statement.Action.includes("sqs:SendMessage") &&
                    value("OUTPUT_QUEUE_URL")?.endsWith(`/${queue}`)
                ) {
                    edge(service, queue);
                }
                if (
                    queue &&
                    statement.Action.includes("sqs:ReceiveMessage") &&
                    value("INPUT_QUEUE_URL")?.endsWith(`/${queue}`)
                ) {
                    edge(queue, service);
                }
                if (statement.Action.includes("s3:PutObject")) {
                    edge(
                        service,
                        `s3 ${/thoth-bucket-(\w+)-bucket/.exec(resource)?.[1]}/${resource.split("/")[1] ?? ""}`,
                    );
                }
            }
            if (
                statement.Action.includes("elasticfilesystem:ClientMount") &&
                connects(`thoth-group-${service}-group`, "thoth-group-files-group", 2049)
            ) {
                edge(service, "efs");
            }
        }
        if (
            connects(`thoth-group-${service}-group`, "thoth-group-database-group", 3306) &&
            value("DB_HOST") === "db.example.internal"
        ) {
            edge(service, "database");
        }
    }
    // upload -> event -> first queue
    const rule = recording.inputsOf(aws.cloudwatch.EventRule, "queue-uploads");
    const pattern = JSON.parse(String(rule.eventPattern)) as { detail: { object: { key: { prefix: string }[] } } };
    const target = recording.inputsOf(aws.cloudwatch.EventTarget, "queue-uploads");
    const media = recording.inputsOf(aws.s3.BucketNotification, "media-notification");
    if (media.eventbridge && target.rule === rule.name) {
        edge(
            `s3 media/${pattern.detail.object.key[0]?.prefix.replace("/", "")}`,
            String(target.arn).split(":").at(-1) ?? "",
        );
    }
    return graph;
}

/** The id that the stand-in gave a security group, found by a rule that belongs to it. */
function idOf(recording: Recording, group: RecordedResource): string {
    const rule = [
        ...recording.all(aws.vpc.SecurityGroupIngressRule),
        ...recording.all(aws.vpc.SecurityGroupEgressRule),
    ].find(
        ({ name }) =>
            name.startsWith(`${group.name.replace(/-group$/, "")}-from-`) ||
            name.startsWith(`${group.name.replace(/-group$/, "")}-to-`),
    );
    return String(rule?.inputs["securityGroupId"] ?? group.name);
}

function reachable(graph: Graph, from: string): Set<string> {
    const seen = new Set<string>();
    const queue = [from];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (!seen.has(next)) {
            seen.add(next);
            queue.push(...(graph.get(next) ?? []));
        }
    }
    return seen;
}

describe("way of a job through the transcription service", () => {
    let graph: Graph;
    before(async () => {
        graph = graphOf(await recordService());
    });

    it("leads from the load balancer to database, files and buckets, through every queue", () => {
        const reached = reachable(graph, "balancer");
        for (const place of [
            "api",
            "database",
            "efs",
            "s3 media/uploads",
            "s3 media/audio",
            "s3 media/transcripts",
            "s3 archive/*",
            ...["extraction", "transcription", "terms", "results"].map((stage) => `thoth-test-${stage}`),
        ]) {
            assert.ok(reached.has(place), `${place} is not reached: ${[...reached].join(", ")}`);
        }
    });

    it("goes stage by stage, and each worker has exactly its own queues", () => {
        const to = (from: string, kind: RegExp) =>
            [...(graph.get(from) ?? [])].filter((place) => kind.test(place)).sort();
        const queues = /^thoth-test-/;
        assert.deepEqual(to("s3 media/uploads", queues), ["thoth-test-extraction"]);
        assert.deepEqual(to("thoth-test-extraction", /./), ["audio-extraction"]);
        assert.deepEqual(to("audio-extraction", queues), ["thoth-test-transcription"]);
        assert.deepEqual(to("thoth-test-transcription", /./), ["transcription"]);
        assert.deepEqual(to("transcription", queues), ["thoth-test-terms"]);
        assert.deepEqual(to("thoth-test-terms", /./), ["music-term-recognition"]);
        assert.deepEqual(to("music-term-recognition", queues), ["thoth-test-results"]);
        assert.deepEqual(to("thoth-test-results", /./), ["api"]);
        assert.deepEqual(to("api", queues), []);
    });

    it("keeps workers away from the database, and the api from the files of jobs", () => {
        for (const worker of services.slice(1)) {
            assert.ok(!graph.get(worker)?.has("database"), worker);
            assert.ok(graph.get(worker)?.has("efs"), worker);
        }
        assert.ok(graph.get("api")?.has("database"));
        assert.ok(!graph.get("api")?.has("efs"));
    });
});
