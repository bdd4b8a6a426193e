import { TranscriptionService } from "../../components/transcription";
import { transcription } from "../../config/platforms/transcription";
import { type Recording, record } from "./mocks";

/** The least that a stack says about the service. */
export const leastConfig = {
    accountId: "111111111111",
    region: "us-east-1",
    domain: "thoth.example.com",
    network: { vpcCidr: "10.42.0.0/16" },
    sharedServices: {
        accountId: "444444444444",
        roleArn: "arn:aws:iam::444444444444:role/deployer",
        hostedZoneId: "Z0123456789ABCDEFGHIJ",
        vpcId: "vpc-0a1b2c3d4e5f60718",
        peerCidr: "10.100.0.0/16",
        routeTableIds: ["rtb-0a1b2c3d4e5f60718"],
        accessExternalId: "thoth-test-access",
        bucketNames: ["shared-media"],
        secretArns: ["arn:aws:secretsmanager:us-east-1:444444444444:secret:license-AbCdEf"],
    },
    loadBalancer: { publicReason: "customers upload recordings" },
    alarmEmails: ["ops@example.com"],
    monthlyBudgetUsd: 500,
    github: { repository: "example/thoth", environment: "test" },
} as const;

type Given = Record<string, unknown>;

const isObject = (value: unknown): value is Given =>
    typeof value === "object" && value !== null && !Array.isArray(value);

function merged(base: Given, more: Given): Given {
    const result = { ...base };
    for (const [key, value] of Object.entries(more)) {
        const old = result[key];
        result[key] = isObject(old) && isObject(value) ? merged(old, value) : value;
    }
    return result;
}

/** The config of a service that differs from the least one in what is given. */
export const configWith = (more: Given = {}): Given => merged(leastConfig, more);

/** What the service asks of AWS, by a config that passes the schema. */
export async function recordService(more: Given = {}): Promise<Recording> {
    const config = transcription.parse(configWith(more));
    const { recording } = await record(
        () => new TranscriptionService("thoth", { ...config, environment: config.environment ?? "test" }),
        {
            outputs: (resource) => {
                if (resource.type === "aws:rds/instance:Instance") {
                    return {
                        address: "db.example.internal",
                        masterUserSecrets: [
                            { secretArn: "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds-AbCdEf" },
                        ],
                    };
                }
                if (resource.type === "aws:acm/certificate:Certificate") {
                    return {
                        domainValidationOptions: [
                            {
                                domainName: resource.inputs["domainName"],
                                resourceRecordName: "_proof.thoth.example.com.",
                                resourceRecordType: "CNAME",
                                resourceRecordValue: "_value.acm.example.",
                            },
                        ],
                    };
                }
                return /:(lb|targetGroup|loadBalancer)/.test(resource.type)
                    ? { arnSuffix: `suffix/${resource.name}` }
                    : undefined;
            },
        },
    );
    return recording;
}

/** The container of a recorded task definition, as ECS reads it. */
export interface Container {
    readonly name: string;
    readonly image: string;
    readonly readonlyRootFilesystem: boolean;
    readonly environment: readonly { readonly name: string; readonly value: string }[];
    readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
    readonly mountPoints: readonly { readonly sourceVolume: string; readonly containerPath: string }[];
    readonly resourceRequirements?: readonly { readonly type: string; readonly value: string }[];
    readonly healthCheck?: { readonly command: readonly string[]; readonly startPeriod: number };
    readonly stopTimeout: number;
    readonly logConfiguration: { readonly options: Readonly<Record<string, string>> };
}

export function containerOf(inputs: { readonly containerDefinitions?: unknown }): Container {
    const list = JSON.parse(String(inputs.containerDefinitions)) as Container[];
    const [only] = list;
    if (only === undefined || list.length > 1) {
        throw new Error(`expected one container, got ${list.length}`);
    }
    return only;
}
