import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { remoteComponents } from "./remote-components";

/** Where recorded programs act. */
export const testPlace = { accountId: "111111111111", region: "us-east-1" } as const;

/** A resource that a program asked for. Parents, protection and dependencies aren't visible here: prove those in the engine. */
export interface RecordedResource {
    /** Type token, for example `aws:kms/key:Key`. */
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Reference of the provider that it was given explicitly, or empty. */
    readonly provider: string;
    /** False for components. */
    readonly custom: boolean;
}

/** A class of the SDKs, by which recorded resources are asked for: its token and the type of its args come with it. */
type ResourceClass = abstract new (name: string, args: never, ...rest: never[]) => pulumi.Resource;
type ArgsOf<Class extends ResourceClass> = Class extends abstract new (
    name: string,
    args: infer Args,
    ...rest: never[]
) => pulumi.Resource
    ? pulumi.Unwrap<NonNullable<Args>>
    : never;

export interface RecordOptions {
    /** Outputs beside the inputs and what is made up for every resource. */
    readonly outputs?: (resource: RecordedResource) => Record<string, unknown> | undefined;
    /** Answers of provider functions. @default a call is an error */
    readonly calls?: (token: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown> | undefined;
    /** @default "platforms" */
    readonly project?: string;
    /** @default "test" */
    readonly stack?: string;
    /** Outputs of resources are unknown. @default false */
    readonly preview?: boolean;
}

/** What a program registered, in order. */
export class Recording {
    readonly resources: RecordedResource[] = [];

    /** All resources of a class. */
    all(type: ResourceClass | string): readonly RecordedResource[] {
        const token = tokenOf(type);
        return this.resources.filter((resource) => resource.type === token);
    }

    /** The one resource of a class, or the one among several whose name ends so. */
    resource(type: ResourceClass | string, nameEnding = ""): RecordedResource {
        const found = this.all(type).filter((resource) => resource.name.endsWith(nameEnding));
        const [only] = found;
        if (only === undefined || found.length > 1) {
            const names = this.all(type).map((resource) => resource.name);
            throw new Error(
                `expected one ${tokenOf(type)} named *${nameEnding}, got ${found.length} among [${names.join(", ")}]`,
            );
        }
        return only;
    }

    /** Inputs of the one resource of a class (whose name ends so), typed as its args. */
    inputsOf<Class extends ResourceClass>(type: Class, nameEnding = ""): ArgsOf<Class> {
        return this.resource(type, nameEnding).inputs as ArgsOf<Class>;
    }

    /** Names of all resources of a class, sorted. */
    names(type: ResourceClass | string): readonly string[] {
        return this.all(type)
            .map((resource) => resource.name)
            .sort();
    }
}

function tokenOf(type: ResourceClass | string): string {
    const token: unknown = typeof type === "string" ? type : Reflect.get(type, "__pulumiType");
    if (typeof token !== "string") {
        throw new Error(`${String(type)} is no resource class of a Pulumi SDK`);
    }
    // Providers carry their package's name alone.
    return token.includes(":") ? token : `pulumi:providers:${token}`;
}

/**
 * Runs a program against a stand-in for the engine and waits until all of it is registered. Each recording is its own:
 * nothing is kept from earlier ones.
 */
export async function record<Result>(
    program: () => Result | Promise<Result>,
    options: RecordOptions = {},
): Promise<{ readonly recording: Recording; readonly result: Result }> {
    const recording = new Recording();
    await pulumi.runtime.setMocks(
        {
            newResource: (args) => {
                const resource: RecordedResource = {
                    type: args.type,
                    name: args.name,
                    inputs: args.inputs,
                    provider: args.provider ?? "",
                    custom: args.custom ?? true,
                };
                recording.resources.push(resource);
                return {
                    id: resource.custom ? resourceId(resource) : undefined,
                    state: {
                        ...resource.inputs,
                        ...madeUpOutputs(resource),
                        ...options.outputs?.(resource),
                    },
                };
            },
            call: ({ token, inputs }) => {
                const answer = options.calls?.(token, inputs);
                if (answer === undefined) {
                    throw new Error(`the program called ${token}, which this test doesn't answer`);
                }
                return answer;
            },
        },
        options.project ?? "platforms",
        options.stack ?? "test",
        options.preview ?? false,
    );
    const result = await program();
    await pulumi.runtime.disconnect();
    return { recording, result };
}

/** The value of an output of a recorded program. */
export function resolved<Value>(output: pulumi.Input<Value>): Promise<pulumi.Unwrap<Value>> {
    return new Promise((resolve) => pulumi.output(output).apply(resolve));
}

/** What a part says of args that it refuses. */
export function rejection(build: () => unknown): string {
    try {
        build();
    } catch (error) {
        if (pulumi.InputPropertiesError.isInstance(error) || pulumi.InputPropertyError.isInstance(error)) {
            return error.message;
        }
        throw error;
    }
    throw new Error("nothing was refused");
}

/** Ids as short and stable as AWS's own. */
function resourceId(resource: RecordedResource): string {
    const kind = resource.type.split(":").at(-1)?.toLowerCase() ?? "resource";
    return `${kind}-${createHash("sha256").update(`${resource.type} ${resource.name}`).digest("hex").slice(0, 8)}`;
}

/** What AWS would add to any resource, as far as components pass it on. */
function madeUpOutputs(resource: RecordedResource): Record<string, unknown> {
    const remote = remoteComponents[resource.type]?.(resource.name, resource.inputs);
    if (remote !== undefined || !resource.type.startsWith("aws:")) {
        return remote ?? {};
    }
    const service = resource.type.split(/[:/]/)[1] ?? "";
    const name = typeof resource.inputs["name"] === "string" ? resource.inputs["name"] : resource.name;
    const global = service === "iam" || service === "s3";
    return {
        arn: `arn:aws:${service}:${global ? "" : testPlace.region}:${service === "s3" ? "" : testPlace.accountId}:${name}`,
        name,
        ...(resource.type === "aws:kms/key:Key" ? { keyId: resourceId(resource) } : {}),
        ...(resource.type === "aws:sqs/queue:Queue"
            ? { url: `https://sqs.${testPlace.region}.amazonaws.com/${testPlace.accountId}/${name}` }
            : {}),
        ...(resource.type === "aws:ec2/launchTemplate:LaunchTemplate" ? { latestVersion: 1 } : {}),
        ...(resource.type === "aws:s3/bucket:Bucket"
            ? {
                  bucket: resource.inputs["bucket"] ?? name,
                  bucketRegionalDomainName: `${name}.s3.${testPlace.region}.amazonaws.com`,
              }
            : {}),
    };
}
