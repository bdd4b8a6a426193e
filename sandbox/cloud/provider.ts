import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { check } from "./check";
import { construct } from "./construct";
import { type Difference, diff } from "./diff";
import { invoke } from "./functions";
import type { Autonaming } from "./naming";
import { CloudError, type Resources } from "./resources";
import { type Session, sessionOf } from "./session";
import { type Bag, fromStruct, isList, listOf, plain, text, toStruct } from "./wire";

type Handler<Request, Response> = (request: Request, peer: string) => Response | Promise<Response>;

/** Wraps a handler so that its errors reach the engine with their code and text, and nothing else. */
function unary<Request, Response>(handle: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        Promise.resolve()
            .then(() => handle(call.request, call.getPeer()))
            .then((response) => callback(null, response))
            .catch((error: unknown) => {
                const code = error instanceof CloudError ? error.code : grpc.status.UNKNOWN;
                const details = error instanceof Error ? error.message : String(error);
                callback({ code, details });
            });
    };
}

/**
 * One package's resource provider, https://github.com/pulumi/pulumi/blob/v3.225.0/proto/pulumi/provider.proto . The
 * engine dials a connection for each provider instance, so the peer says whose region and account apply.
 */
export function providerService(
    packageName: string,
    version: string,
    resources: Resources,
): grpc.UntypedServiceImplementation {
    const sessions = new Map<string, Session>();
    const sessionAt = (peer: string): Session => sessions.get(peer) ?? sessionOf({});
    const target = (request: { getUrn(): string }, peer: string) => ({
        urn: request.getUrn(),
        type: typeOf(request.getUrn()),
        session: sessionAt(peer),
    });

    return {
        handshake: unary(() =>
            new proto.ProviderHandshakeResponse()
                .setAcceptSecrets(true)
                .setAcceptResources(true)
                .setAcceptOutputs(true)
                .setSupportsAutonamingConfiguration(true),
        ),
        attach: unary(() => new Empty()),
        getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
        getSchema: unary(() => new proto.GetSchemaResponse().setSchema(JSON.stringify({ name: packageName, version }))),
        checkConfig: unary((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
        diffConfig: unary((request: proto.DiffRequest) =>
            diffConfig(fromStruct(request.getOldInputs()), fromStruct(request.getNews())),
        ),
        configure: unary((request: proto.ConfigureRequest, peer) => {
            sessions.set(peer, sessionOf(fromStruct(request.getArgs())));
            return new proto.ConfigureResponse()
                .setAcceptsecrets(true)
                .setSupportspreview(true)
                .setAcceptresources(true)
                .setAcceptoutputs(true)
                .setSupportsAutonamingConfiguration(true);
        }),
        invoke: unary((request: proto.InvokeRequest, peer) => {
            const result = invoke(request.getTok(), fromStruct(request.getArgs()), sessionAt(peer));
            return new proto.InvokeResponse().setReturn(toStruct(result));
        }),
        construct: unary((request: proto.ConstructRequest, peer) => construct(request, sessionAt(peer))),
        check: unary((request: proto.CheckRequest, peer) => {
            const { urn, type, session } = target(request, peer);
            const context = {
                type,
                name: request.getName() || (urn.split("::").at(-1) ?? ""),
                seed: request.getRandomseed_asU8(),
                autonaming: autonamingOf(request.getAutonaming()),
                olds: fromStruct(request.getOlds()),
                namespace: session.namespace,
            };
            const { inputs, failures } = check(context, fromStruct(request.getNews()));
            const listed = failures.map(({ property, reason }) =>
                new proto.CheckFailure().setProperty(property).setReason(reason),
            );
            return new proto.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(listed);
        }),
        diff: unary((request: proto.DiffRequest, peer) => {
            const { type, session } = target(request, peer);
            const news = fromStruct(request.getNews());
            const olds = fromStruct(request.getOldInputs());
            return diffResponse(diff(type, olds, news, request.getIgnorechangesList(), session.mutable));
        }),
        create: unary(async (request: proto.CreateRequest, peer) => {
            const inputs = fromStruct(request.getProperties());
            if (request.getPreview()) {
                return new proto.CreateResponse().setProperties(
                    toStruct(resources.preview(target(request, peer), inputs)),
                );
            }
            const { id, outputs } = await resources.create(target(request, peer), inputs);
            return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
        }),
        read: unary((request: proto.ReadRequest, peer) => {
            const id = request.getId();
            const [inputs, state] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
            const found = resources.read(target(request, peer), id, inputs, state);
            return found === undefined ? new proto.ReadResponse() : readResponse(id, found.inputs, found.outputs);
        }),
        update: unary(async (request: proto.UpdateRequest, peer) => {
            const olds = fromStruct(request.getOlds());
            const news = fromStruct(request.getNews());
            const outputs = request.getPreview()
                ? resources.preview(target(request, peer), news, olds)
                : await resources.update(target(request, peer), request.getId(), news, olds);
            return new proto.UpdateResponse().setProperties(toStruct(outputs));
        }),
        delete: unary(async (request: proto.DeleteRequest, peer) => {
            await resources.delete(target(request, peer), request.getId());
            return new Empty();
        }),
        cancel: unary(() => {
            resources.cancel();
            return new Empty();
        }),
        getMapping: unary(() => new proto.GetMappingResponse()),
        getMappings: unary(() => new proto.GetMappingsResponse()),
    };
}

/** `urn:pulumi:dev::platforms::a:b:C$aws:ec2/vpc:Vpc::name` -> `aws:ec2/vpc:Vpc` */
function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function autonamingOf(options: proto.CheckRequest.AutonamingOptions | undefined): Autonaming | undefined {
    if (options === undefined) {
        return undefined;
    }
    const { Mode } = proto.CheckRequest.AutonamingOptions;
    const modes = { [Mode.PROPOSE]: "propose", [Mode.ENFORCE]: "enforce", [Mode.DISABLE]: "disable" } as const;
    return { proposedName: options.getProposedName(), mode: modes[options.getMode()] };
}

function readResponse(id: string, inputs: Bag, outputs: Bag): proto.ReadResponse {
    return new proto.ReadResponse().setId(id).setInputs(toStruct(inputs)).setProperties(toStruct(outputs));
}

function diffResponse(difference: Difference): proto.DiffResponse {
    const { Kind } = proto.PropertyDiff;
    const kinds = {
        add: [Kind.ADD, Kind.ADD_REPLACE],
        delete: [Kind.DELETE, Kind.DELETE_REPLACE],
        update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    } as const;
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    const response = new proto.DiffResponse()
        .setChanges(difference.changes.size === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList([...difference.changed])
        .setReplacesList([...difference.replaces])
        .setDeletebeforereplace(difference.deleteBeforeReplace)
        .setHasdetaileddiff(true);
    for (const [path, { change, replaces }] of difference.changes) {
        const entry = new proto.PropertyDiff().setKind(kinds[change][replaces ? 1 : 0]).setInputdiff(true);
        response.getDetaileddiffMap().set(path, entry);
    }
    return response;
}

/** Another account or region is another cloud: everything under the provider is replaced. */
function diffConfig(olds: Bag, news: Bag): proto.DiffResponse {
    const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
    const changed = keys.filter(
        (key) => JSON.stringify(plain(olds[key] ?? null)) !== JSON.stringify(plain(news[key] ?? null)),
    );
    const accounts = (bag: Bag) => JSON.stringify(plain(accountList(bag)));
    const replaces = changed.filter(
        (key) =>
            (key === "region" && text(olds[key]) !== text(news[key])) ||
            (key === "allowedAccountIds" && accounts(olds) !== accounts(news)),
    );
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    return new proto.DiffResponse()
        .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList(changed.filter((key) => key !== "version"))
        .setReplacesList(replaces);
}

function accountList(bag: Bag): readonly (string | number)[] {
    const written = text(bag["allowedAccountIds"]);
    const list: unknown = written === undefined ? listOf(bag["allowedAccountIds"]) : JSON.parse(written);
    return isList(list as never) ? (list as (string | number)[]) : [];
}
