import { credentials } from "@grpc/grpc-js";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { packageVersion } from "../packages";
import type { Session } from "../session";
import {
    type Bag,
    compact,
    fromStruct,
    isBag,
    isReference,
    open,
    reference,
    text,
    toStruct,
    UNKNOWN,
    type Wire,
} from "../wire";
import { from, lower } from "./values";

/** A resource that was registered: what its siblings may use of it. */
export interface Built {
    readonly urn: string;
    /** The identifier as an input for others. */
    readonly id: Wire;
    /** The resource itself, as a component's output. */
    readonly ref: Wire;
    /** One of its outputs, as an input for others. */
    out(name: string): Wire;
}

export interface ChildOptions {
    readonly parent?: string;
    readonly dependsOn?: readonly string[];
    readonly ignoreChanges?: readonly string[];
    /** Reference of the provider, `urn::id`. @default the one the program gave the component for the package */
    readonly provider?: string;
}

const LIMIT = 400 * 1024 * 1024;
const clients = new Map<string, ResourceMonitorClient>();

function clientFor(endpoint: string): ResourceMonitorClient {
    const client =
        clients.get(endpoint) ??
        new ResourceMonitorClient(endpoint, credentials.createInsecure(), {
            "grpc.max_receive_message_length": LIMIT,
            "grpc.max_send_message_length": LIMIT,
        });
    clients.set(endpoint, client);
    return client;
}

export function closeMonitors(): void {
    for (const client of clients.values()) {
        client.close();
    }
    clients.clear();
}

/**
 * Registers a remote component and its children with the engine's resource monitor, which is what the SDK does inside
 * a component plugin; done directly because the SDK's runtime is global state and this process may run a program too.
 */
export class Builder {
    readonly inputs: Bag;
    readonly name: string;
    private readonly client: ResourceMonitorClient;
    private component = "";

    constructor(
        private readonly request: provider.ConstructRequest,
        readonly session: Session,
    ) {
        this.client = clientFor(request.getMonitorendpoint());
        this.inputs = fromStruct(request.getInputs());
        this.name = request.getName();
    }

    get urn(): string {
        return this.component;
    }

    get type(): string {
        return this.request.getType();
    }

    get stack(): string {
        return this.request.getStack();
    }

    /** An argument of the component, undefined where the program gave none. */
    arg(name: string): Wire | undefined {
        return this.inputs[name] ?? undefined;
    }

    /** An argument that the plugin needs as a plain value. */
    flag(name: string): boolean | undefined {
        const value = open(this.inputs[name]);
        return typeof value === "boolean" ? value : undefined;
    }

    async start(): Promise<void> {
        const registration = new proto.RegisterResourceRequest()
            .setType(this.request.getType())
            .setName(this.name)
            .setParent(this.request.getParent())
            .setCustom(false)
            .setDependenciesList(this.request.getDependenciesList())
            .setAliasesList(this.request.getAliasesList())
            .setProtect(this.request.getProtect() ?? false)
            .setIgnorechangesList(this.request.getIgnorechangesList());
        this.request.getProvidersMap().forEach((reference_, name) => {
            registration.getProvidersMap().set(name, reference_);
        });
        this.component = (await this.register(registration)).getUrn();
    }

    /** A component among the children: no inputs, no provider, only a place in the tree. */
    async group(type: string, name: string, options: ChildOptions = {}): Promise<string> {
        const registration = new proto.RegisterResourceRequest()
            .setType(type)
            .setName(name)
            .setParent(options.parent ?? this.component)
            .setCustom(false)
            .setProtect(this.request.getProtect() ?? false)
            .setDependenciesList([...(options.dependsOn ?? [])]);
        const urn = (await this.register(registration)).getUrn();
        await this.finish(urn, {});
        return urn;
    }

    async child(
        type: string,
        name: string,
        inputs: { readonly [key: string]: Wire | undefined },
        options: ChildOptions = {},
    ): Promise<Built> {
        const packageName = type.startsWith("pulumi:providers:")
            ? (type.split(":")[2] ?? "")
            : (type.split(":")[0] ?? "");
        const dependencies = new Set(options.dependsOn ?? []);
        const registration = new proto.RegisterResourceRequest()
            .setType(type)
            .setName(name)
            .setParent(options.parent ?? this.component)
            .setCustom(true)
            .setProvider(options.provider ?? this.request.getProvidersMap().get(packageName) ?? "")
            .setProtect(this.request.getProtect() ?? false)
            .setIgnorechangesList([...(options.ignoreChanges ?? [])])
            .setVersion(packageVersion(packageName));
        const object: { [key: string]: Wire } = {};
        for (const [key, value] of Object.entries(compact(inputs))) {
            const lowered = lower(value);
            object[key] = lowered.value;
            const urns = [...lowered.dependencies];
            registration
                .getPropertydependenciesMap()
                .set(key, new proto.RegisterResourceRequest.PropertyDependencies().setUrnsList(urns));
            for (const urn of urns) {
                dependencies.add(urn);
            }
        }
        registration.setObject(toStruct(object)).setDependenciesList([...dependencies]);
        const response = await this.register(registration);
        const urn = response.getUrn();
        const outputs = fromStruct(response.getObject());
        const id = response.getId();
        return {
            urn,
            id: from(id === "" ? UNKNOWN : id, urn),
            ref: from(reference(urn, id), urn),
            out: (output) => from(outputs[output] ?? (this.request.getDryrun() ? UNKNOWN : null), urn),
        };
    }

    /** `urn::id` of a provider that was built as a child. */
    providerReference(built: Built): string {
        return `${built.urn}::${text(lower(built.id).value) ?? UNKNOWN}`;
    }

    /** Reads what a resource reference stands for; anything else is taken as it is. */
    async resolve(value: Wire | undefined): Promise<Bag> {
        const { value: bare, dependencies } = lower(value ?? null);
        const opened = open(bare);
        if (!isReference(opened)) {
            return isBag(opened) ? opened : {};
        }
        const urn = String(opened["urn"]);
        const response = await this.invoke("pulumi:pulumi:getResource", { urn });
        const state = open(response["state"]);
        const outputs = isBag(state) ? state : {};
        const id = response["id"] === "" ? UNKNOWN : (response["id"] ?? UNKNOWN);
        const all = { ...outputs, id };
        return Object.fromEntries(Object.entries(all).map(([key, item]) => [key, from(item, urn, ...dependencies)]));
    }

    async invoke(token: string, args: Bag): Promise<Bag> {
        const request = new proto.ResourceInvokeRequest()
            .setTok(token)
            .setArgs(toStruct(args))
            .setAcceptresources(true)
            .setProvider(this.request.getProvidersMap().get(token.split(":")[0] ?? "") ?? "");
        const response = await new Promise<provider.InvokeResponse>((resolve, reject) => {
            this.client.invoke(request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
        });
        return fromStruct(response.getReturn());
    }

    /** Registers the component's outputs and answers the engine's Construct. */
    async done(outputs: { readonly [key: string]: Wire | undefined }): Promise<provider.ConstructResponse> {
        const state: { [key: string]: Wire } = {};
        const response = new provider.ConstructResponse().setUrn(this.component);
        for (const [key, value] of Object.entries(compact(outputs))) {
            const lowered = lower(value);
            state[key] = lowered.value;
            const urns = new provider.ConstructResponse.PropertyDependencies().setUrnsList([...lowered.dependencies]);
            response.getStatedependenciesMap().set(key, urns);
        }
        await this.finish(this.component, state);
        return response.setState(toStruct(state));
    }

    private async finish(urn: string, outputs: Bag): Promise<void> {
        const request = new proto.RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toStruct(outputs));
        await new Promise<void>((resolve, reject) => {
            this.client.registerResourceOutputs(request, (error) => (error === null ? resolve() : reject(error)));
        });
    }

    private register(request: proto.RegisterResourceRequest): Promise<proto.RegisterResourceResponse> {
        request.setAcceptsecrets(true).setAcceptresources(true).setSupportspartialvalues(true).setAliasspecs(true);
        return new Promise((resolve, reject) => {
            this.client.registerResource(request, (error, response) =>
                error === null ? resolve(response) : reject(error),
            );
        });
    }
}
