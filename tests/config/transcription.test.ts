import assert from "node:assert/strict";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import { configWith } from "../support/transcription";

/** What the stack's author reads. */
function faults(more: Record<string, unknown>): string {
    const parsed = parseConfig({
        values: { "platforms:environment": "test", "platforms:transcription": JSON.stringify(configWith(more)) },
        secretKeys: new Set(),
    });
    return parsed.ok ? "" : formatFaults(parsed.faults);
}

const set = (path: string) => `set it with \`pulumi config set --path 'platforms:transcription.${path}'`;

describe("config of the transcription service", () => {
    it("takes the least config", () => {
        assert.equal(faults({}), "");
    });

    it("refuses a bad domain", () => {
        assert.match(
            faults({ domain: "https://thoth.example.com" }),
            /^platforms:transcription\.domain: expected a lower-case domain name such as app\.example\.com, got "https:/,
        );
    });

    it("refuses instance types without a GPU", () => {
        const message = faults({ gpu: { instanceTypes: ["g4dn.xlarge", "m6i.large"] } });
        assert.match(
            message,
            /^platforms:transcription\.gpu\.instanceTypes\[1\]: expected an EC2 instance type with an NVIDIA GPU \(g4dn\.xlarge, .*\), got "m6i\.large"; /,
        );
        assert.equal(message.split("\n").length, 1);
    });

    for (const spotShare of [-1, 101, 50.5]) {
        it(`refuses a spot share of ${spotShare}`, () => {
            assert.ok(
                faults({ gpu: { spotShare } }).startsWith(
                    `platforms:transcription.gpu.spotShare: expected a whole number from 0 to 100, got ${spotShare}; ${set("gpu.spotShare")}`,
                ),
                faults({ gpu: { spotShare } }),
            );
        });
    }

    it("refuses an existing VPC without its subnets, and says which are missing", () => {
        const message = faults({ network: { existing: { vpcId: "vpc-0123456789abcdef0" } } });
        const paths = message.split("\n").map((line) => line.slice(0, line.indexOf(": expected")));
        assert.deepEqual(
            paths,
            ["isolatedSubnetIds", "privateRouteTableIds", "privateSubnetIds", "publicSubnetIds"].map(
                (key) => `platforms:transcription.network.existing.${key}`,
            ),
        );
        assert.match(message, /publicSubnetIds: expected a list of public subnets in different zones, got nothing/);
        assert.match(
            faults({
                network: {
                    existing: {
                        vpcId: "vpc-0123456789abcdef0",
                        publicSubnetIds: ["subnet-0123456789abcdef0"],
                        privateSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
                        isolatedSubnetIds: ["subnet-0123456789abcdef3", "subnet-0123456789abcdef4"],
                        privateRouteTableIds: ["rtb-0123456789abcdef0"],
                    },
                },
            }),
            /^platforms:transcription\.network\.existing\.publicSubnetIds: expected at least 2 public subnets in different zones, got a list of 1; [^\n]*$/,
        );
    });

    for (const key of [
        "audioRetentionDays",
        "transcriptRetentionDays",
        "archiveRetentionDays",
        "noncurrentRetentionDays",
    ]) {
        it(`refuses a ${key} of 0`, () => {
            assert.ok(
                faults({ storage: { [key]: 0 } }).startsWith(
                    `platforms:transcription.storage.${key}: expected a whole number from 1 to 3650, got 0; ${set(`storage.${key}`)}`,
                ),
            );
        });
    }

    it("refuses task sizes that Fargate doesn't offer, for each service on Fargate", () => {
        for (const service of ["api", "audioExtraction", "musicTermRecognition"]) {
            const message = faults({ services: { [service]: { cpu: 512, memory: 8192 } } });
            assert.ok(
                message.startsWith(
                    `platforms:transcription.services.${service}.memory: expected MiB that Fargate offers with 512 CPU units (1024 to 4096 in steps of 1024), got 8192; ${set(`services.${service}.memory`)}`,
                ),
                message,
            );
        }
    });

    it("takes any size on EC2 that fits on the instances, and refuses larger ones", () => {
        assert.equal(faults({ services: { musicTermRecognition: { launch: "ec2", cpu: 768, memory: 1500 } } }), "");
        const message = faults({
            services: {
                transcription: { cpu: 4097, memory: 15_000 },
                musicTermRecognition: { launch: "ec2", cpu: 8192, memory: 1024 },
            },
        });
        assert.deepEqual(
            message
                .split("\n")
                .map((line) => line.slice("platforms:transcription.services.".length, line.indexOf(";"))),
            [
                "musicTermRecognition.cpu: expected at most 4096, what g4dn.xlarge has for tasks, got 8192",
                "transcription.cpu: expected at most 4096, what g4dn.xlarge has for tasks, got 4097",
                "transcription.memory: expected at most 14888, what g4dn.xlarge has for tasks, got 15000",
            ],
        );
    });

    it("counts the instances of a time of high load", () => {
        const large = { services: { transcription: { cpu: 15_000, memory: 60_000 } } };
        assert.match(faults(large), /at most 4096, what g4dn\.xlarge has/);
        assert.equal(faults({ ...large, gpu: { highLoad: true } }), "");
    });

    it("refuses to peer networks with common addresses", () => {
        assert.equal(
            faults({ network: { vpcCidr: "10.100.128.0/17" } }),
            'platforms:transcription.network.vpcCidr: expected a network apart from sharedServices.peerCidr (10.100.0.0/16), which it is peered with, got "10.100.128.0/17"; choose another range: networks with common addresses can\'t be peered',
        );
    });

    it("refuses a warm pool beside spot capacity, which EC2 doesn't offer", () => {
        assert.equal(
            faults({ gpu: { warmPool: {}, spotShare: 10 } }),
            "platforms:transcription.gpu.warmPool: expected no warm pool beside spot capacity or several instance types, got an object; remove warmPool, or set spotShare to 0 and keep one instance type",
        );
    });

    it("refuses images without a fixed tag, and images of another registry", () => {
        for (const image of ["thoth/api", "thoth/api:latest", "docker.io:443/thoth/api:1.0.0", "Thoth/api:1.0.0"]) {
            assert.match(
                faults({ services: { api: { image } } }),
                /services\.api\.image: expected a repository of the shared/,
            );
        }
        assert.equal(faults({ services: { api: { image: `thoth/api@sha256:${"a".repeat(64)}` } } }), "");
    });

    it("refuses bounds the wrong way round, everywhere", () => {
        const message = faults({
            gpu: { minInstances: 5, maxInstances: 4 },
            services: { api: { minTasks: 3, maxTasks: 2 } },
            database: { storageGiB: 100, maxStorageGiB: 100 },
            storage: { archiveRetentionDays: 30, archiveTierAfterDays: 30 },
        });
        assert.deepEqual(
            message.split("\n").map((line) => line.slice("platforms:transcription.".length, line.indexOf(", got"))),
            [
                "database.maxStorageGiB: expected more than storageGiB (100)",
                "gpu.minInstances: expected at most maxInstances (4)",
                "services.api.minTasks: expected at most maxTasks (2)",
                "storage.archiveTierAfterDays: expected less than archiveRetentionDays (30)",
            ],
        );
    });

    it("refuses database versions and throughput that don't go together", () => {
        assert.match(
            faults({ database: { engine: "postgres", engineVersion: "8.4" } }),
            /database\.engineVersion: expected a major version of postgres \(18, 17, 16, 15\), got "8\.4"/,
        );
        assert.match(
            faults({ storage: { efs: { throughputMode: "provisioned" } } }),
            /efs\.provisionedMibps: expected a number with throughputMode provisioned, got nothing/,
        );
        assert.match(
            faults({ storage: { efs: { provisionedMibps: 10 } } }),
            /efs\.provisionedMibps: expected nothing with throughputMode elastic, got 10/,
        );
    });

    it("asks why the load balancer is public", () => {
        assert.match(
            faults({ loadBalancer: { publicReason: "because" } }),
            /loadBalancer\.publicReason: expected the reason why the api may be reached from the Internet/,
        );
        assert.match(
            faults({ loadBalancer: { testCallers: ["0.0.0.0/0"] } }),
            /loadBalancer\.testCallers\[0\]: expected an IPv4 network no wider than \/24/,
        );
    });
});
