import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ImagePipeline, type ImagePipelineArgs } from "../../../components/image-pipeline";
import { formatFaults } from "../../../config/faults";
import { parseConfig } from "../../../config/parse";
import { type RecordedResource, type Recording, record } from "../../support/mocks";
import { rawConfig } from "../../support/stack-file";

export type Environment = "dev" | "qa" | "prod";

/** What the stack file of an environment gives the pipeline. */
export function argsOf(environment: Environment): ImagePipelineArgs {
    const file = join(__dirname, "..", "..", "..", `Pulumi.${environment}.yaml`);
    const parsed = parseConfig(rawConfig(readFileSync(file, "utf8")));
    if (!parsed.ok) {
        throw new Error(formatFaults(parsed.faults));
    }
    const { imagePipeline, tags } = parsed.config;
    if (imagePipeline === undefined) {
        throw new Error(`${file} has no image pipeline`);
    }
    return { environment, tags, ...imagePipeline };
}

/** What AWS and the other providers would have added, as far as the pipeline reads it. */
function outputsOf({ type, name, inputs }: RecordedResource): Record<string, unknown> | undefined {
    switch (type) {
        case "random:index/randomPassword:RandomPassword":
            return { result: "first-password" };
        case "tls:index/privateKey:PrivateKey":
            return { publicKeyOpenssh: "ssh-ed25519 AAAA", privateKeyOpenssh: "private-key" };
        case "aws:rds/proxy:Proxy":
            return { arn: "arn:aws:rds:us-east-2:111111111111:db-proxy:prx-0123", endpoint: "proxy.example" };
        case "aws:rds/cluster:Cluster":
            return { endpoint: "aurora.example" };
        case "aws:ec2/vpcEndpoint:VpcEndpoint":
            return { prefixListId: "pl-s3" };
        case "aws:apigateway/restApi:RestApi":
            return { rootResourceId: "root", executionArn: "arn:aws:execute-api:us-east-2:111111111111:api" };
        case "aws:apigateway/stage:Stage":
            return { invokeUrl: "https://api.example/dev" };
        case "aws:lambda/function:Function":
            return { invokeArn: `arn:aws:apigateway:us-east-2:lambda:path/functions/${String(inputs["name"])}` };
        case "aws:apigateway/domainName:DomainName":
            return { regionalDomainName: "regional.example", regionalZoneId: "ZREGIONAL" };
        default:
            return inputs["metadata"] ? { metadata: { name, ...inputs["metadata"] } } : undefined;
    }
}

const recordings = new Map<Environment, Promise<Recording>>();

/** The pipeline of an environment as its program registers it; built once for all tests. */
export function recordingOf(environment: Environment): Promise<Recording> {
    const known = recordings.get(environment);
    if (known !== undefined) {
        return known;
    }
    const made = deploy(argsOf(environment));
    recordings.set(environment, made);
    return made;
}

/** The pipeline with args of one's own. */
export async function deploy(args: ImagePipelineArgs): Promise<Recording> {
    const { recording } = await record(() => new ImagePipeline("image-pipeline", args), {
        outputs: outputsOf,
        stack: args.environment,
    });
    return recording;
}
