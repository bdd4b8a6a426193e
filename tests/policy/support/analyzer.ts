import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import * as service from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** One violation, as the engine gets it. */
export interface Diagnostic {
    readonly policy: string;
    readonly level: "advisory" | "mandatory" | "remediate" | "disabled";
    readonly message: string;
    readonly urn: string;
}

export interface Resource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export type PackConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;

/** The pack as the engine runs it: a process that is started once and spoken to over gRPC. */
export class Analyzer {
    private constructor(
        private readonly process: ChildProcess,
        private readonly client: service.AnalyzerClient,
    ) {}

    static async start(folder = "policy"): Promise<Analyzer> {
        const runner = createRequire(resolve(folder, "package.json")).resolve(
            "@pulumi/pulumi/cmd/run-policy-pack/index.js",
        );
        const child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
            cwd: resolve(folder),
            stdio: ["ignore", "pipe", "inherit"],
        });
        const port = await Promise.race([
            once(createInterface({ input: child.stdout }), "line").then(([line]) => String(line)),
            once(child, "exit").then(([code]) => Promise.reject(new Error(`the pack ended with ${code}`))),
        ]);
        const client = new service.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
            "grpc.max_receive_message_length": 400 * 1024 * 1024,
        });
        return new Analyzer(child, client);
    }

    async stop(): Promise<void> {
        this.client.close();
        const ended = once(this.process, "exit");
        this.process.kill();
        await ended;
    }

    async info(): Promise<messages.AnalyzerInfo.AsObject> {
        const reply = await new Promise<messages.AnalyzerInfo>((done, fail) =>
            this.client.getAnalyzerInfo(new Empty(), (error, value) => (error ? fail(error) : done(value))),
        );
        return reply.toObject();
    }

    /** What the engine sends once, before the first resource: level and properties of each policy. */
    async configure(config: PackConfig): Promise<void> {
        const request = new messages.ConfigureAnalyzerRequest();
        for (const [name, { enforcementLevel, ...properties }] of Object.entries(config)) {
            const policy = new messages.PolicyConfig();
            const level = levels.find((candidate) => candidate === enforcementLevel) ?? "mandatory";
            policy.setEnforcementlevel(levels.indexOf(level));
            policy.setProperties(struct(properties));
            request.getPolicyconfigMap().set(name, policy);
        }
        await new Promise<void>((done, fail) =>
            this.client.configure(request, (error) => (error ? fail(error) : done())),
        );
    }

    async analyze(resource: Resource): Promise<readonly Diagnostic[]> {
        const request = new messages.AnalyzeRequest();
        request.setType(resource.type);
        request.setName(resource.name);
        request.setUrn(resource.urn);
        request.setProperties(struct(resource.props));
        request.setOptions(options(resource));
        const reply = await new Promise<messages.AnalyzeResponse>((done, fail) =>
            this.client.analyze(request, (error, value) => (error ? fail(error) : done(value))),
        );
        return diagnostics(reply);
    }

    async analyzeStack(resources: readonly Resource[]): Promise<readonly Diagnostic[]> {
        const request = new messages.AnalyzeStackRequest();
        request.setResourcesList(resources.map(analyzerResource));
        const reply = await new Promise<messages.AnalyzeResponse>((done, fail) =>
            this.client.analyzeStack(request, (error, value) => (error ? fail(error) : done(value))),
        );
        return diagnostics(reply);
    }

    async remediate(resource: Resource): Promise<readonly { policy: string; props: unknown }[]> {
        const request = new messages.AnalyzeRequest();
        request.setType(resource.type);
        request.setName(resource.name);
        request.setUrn(resource.urn);
        request.setProperties(struct(resource.props));
        request.setOptions(options(resource));
        const reply = await new Promise<messages.RemediateResponse>((done, fail) =>
            this.client.remediate(request, (error, value) => (error ? fail(error) : done(value))),
        );
        return reply
            .getRemediationsList()
            .map((item) => ({ policy: item.getPolicyname(), props: item.getProperties()?.toJavaScript() }));
    }
}

/** Round-tripped so that `undefined` is left out, as the engine does. */
function struct(value: Readonly<Record<string, unknown>>): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);
}

function options(resource: Resource): messages.AnalyzerResourceOptions {
    const result = new messages.AnalyzerResourceOptions();
    result.setParent(resource.parent ?? "");
    return result;
}

function analyzerResource(resource: Resource): messages.AnalyzerResource {
    const result = new messages.AnalyzerResource();
    result.setType(resource.type);
    result.setName(resource.name);
    result.setUrn(resource.urn);
    result.setProperties(struct(resource.props));
    result.setOptions(options(resource));
    result.setParent(resource.parent ?? "");
    result.setDependenciesList([...(resource.dependencies ?? [])]);
    for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
        const list = new messages.AnalyzerPropertyDependencies();
        list.setUrnsList([...urns]);
        result.getPropertydependenciesMap().set(property, list);
    }
    return result;
}

function diagnostics(reply: messages.AnalyzeResponse): readonly Diagnostic[] {
    return reply.getDiagnosticsList().map((item) => ({
        policy: item.getPolicyname(),
        level: levels[item.getEnforcementlevel()] ?? "mandatory",
        message: item.getMessage(),
        urn: item.getUrn(),
    }));
}
