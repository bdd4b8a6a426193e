import { status } from "@grpc/grpc-js";
import { arnOf } from "./arns";
import type { Facts } from "./facts";
import { factsOf } from "./facts";
import { digest, identityOf } from "./identity";
import { identifier } from "./ids";
import { outputsOf, previewOutputs } from "./outputs";
import type { CloudRecord, RecordedResource } from "./record";
import type { Session } from "./session";
import { shapeOf } from "./shape";
import { type Bag, bagOf, masked, text } from "./wire";

/** An error the engine shows as the provider's. */
export class CloudError extends Error {
    constructor(
        readonly code: status,
        message: string,
    ) {
        super(message);
    }
}

export interface Target {
    readonly urn: string;
    readonly type: string;
    readonly session: Session;
}

export interface Failing {
    /** Text of the URN or type to fail on. */
    readonly failOn: string | undefined;
    readonly latencyMs: number;
}

/** What the stand-in clouds do to resources: the record says what exists, everything else is derived. */
export class Resources {
    private failed: string | undefined;
    private readonly waiting = new Set<() => void>();

    constructor(
        private readonly record: CloudRecord,
        private readonly failing: Failing,
    ) {}

    preview(target: Target, inputs: Bag, olds?: Bag): Bag {
        const generation = olds === undefined ? this.record.nextGeneration(target.urn) : 1;
        return previewOutputs(target.type, inputs, factsOf({ ...target, inputs, generation, olds }));
    }

    async create(target: Target, inputs: Bag): Promise<{ id: string; outputs: Bag }> {
        await this.pause(target, "creating");
        const facts = this.facts(target, inputs, this.record.nextGeneration(target.urn));
        const identity = identityOf(target.type, inputs, target.session);
        const holder = identity === undefined ? undefined : this.record.holderOf(identity);
        if (holder !== undefined) {
            const message = `creating ${title(target.type)} (${facts.name}): ${target.type.split(":")[2]}AlreadyExists: ${facts.name} already exists, made by ${holder}`;
            throw new CloudError(status.ALREADY_EXISTS, message);
        }
        const outputs = outputsOf(facts);
        this.record.put(recorded(target, facts, inputs, identity));
        return { id: facts.id, outputs };
    }

    async update(target: Target, id: string, inputs: Bag, olds: Bag): Promise<Bag> {
        await this.pause(target, "updating");
        const held = this.record.get(addressOf(target, id));
        if (held === undefined && isRemote(target.type)) {
            throw new CloudError(status.NOT_FOUND, `updating ${title(target.type)} (${id}): it does not exist`);
        }
        const facts = { ...this.facts(target, inputs, held?.generation ?? 1, olds), id };
        const outputs = outputsOf(facts);
        this.record.put(recorded(target, facts, inputs, identityOf(target.type, inputs, target.session)));
        return outputs;
    }

    async delete(target: Target, id: string): Promise<void> {
        await this.wait();
        this.record.delete(addressOf(target, id));
    }

    /**
     * What refresh finds, or a program's look-up or import of something that exists already: the engine asks for both
     * with one call. Undefined if the resource was made by this stack and is gone.
     */
    read(target: Target, id: string, inputs: Bag, state: Bag): { inputs: Bag; outputs: Bag } | undefined {
        // Of what is in its state, the engine knows inputs or computed outputs; of what is only looked up, neither.
        if (Object.keys(inputs).length === 0 && !hasComputed(target.type, state)) {
            return this.lookUp(target, id, state);
        }
        const address = addressOf(target, id);
        const exists = this.record.get(address) !== undefined || this.record.wasLookedUp(address);
        return exists || !isRemote(target.type) ? { inputs, outputs: state } : undefined;
    }

    /** Every identifier names something; its outputs follow from it. */
    private lookUp(target: Target, id: string, given: Bag): { inputs: Bag; outputs: Bag } {
        this.record.lookUp(addressOf(target, id));
        const facts = factsOf({ ...target, inputs: given, generation: 1 });
        const outputs = { ...outputsOf({ ...facts, name: text(given["name"]) ?? id, id }), ...given };
        const accepted = shapeOf(target.type)?.inputs;
        const inputs = Object.fromEntries(Object.entries(outputs).filter(([key]) => accepted?.has(key) ?? true));
        return { inputs, outputs };
    }

    /** Ends pending waits with an error, as a provider does whose operation is cancelled. */
    cancel(): void {
        for (const stop of this.waiting) {
            stop();
        }
    }

    private facts(target: Target, inputs: Bag, generation: number, olds?: Bag): Facts {
        const facts = factsOf({ ...target, inputs, generation, olds });
        return { ...facts, id: identifier(facts, (id) => arnOf({ ...facts, id })) };
    }

    private async pause(target: Target, doing: string): Promise<void> {
        await this.wait();
        const { failOn } = this.failing;
        const matches = failOn !== undefined && (target.urn.includes(failOn) || target.type.includes(failOn));
        if (matches && (this.failed === undefined || this.failed === target.urn)) {
            this.failed = target.urn;
            const request = digest(target.urn);
            const message = `${doing} ${title(target.type)}: operation error, https response error StatusCode: 500, RequestID: ${request}, InternalFailure: injected by the sandbox (failOn "${failOn}")`;
            throw new CloudError(status.UNKNOWN, message);
        }
    }

    private async wait(): Promise<void> {
        if (this.failing.latencyMs <= 0) {
            return;
        }
        await new Promise<void>((resolve, reject) => {
            const stop = () => finish(() => reject(new CloudError(status.CANCELLED, "operation canceled")));
            const timer = setTimeout(() => finish(resolve), this.failing.latencyMs);
            const finish = (then: () => void) => {
                clearTimeout(timer);
                this.waiting.delete(stop);
                then();
            };
            this.waiting.add(stop);
        });
    }
}

/** Whether the state has what only the cloud can have said. */
function hasComputed(type: string, state: Bag): boolean {
    const inputs = shapeOf(type)?.inputs;
    return (
        Object.keys(state).some((key) => !(inputs?.has(key) ?? false)) || bagOf(state["metadata"])["uid"] !== undefined
    );
}

/** random and tls keep nothing outside the state. */
function isRemote(type: string): boolean {
    return !type.startsWith("random:") && !type.startsWith("tls:");
}

function addressOf(target: Target, id: string): { place: string; type: string; id: string } {
    const place = isRemote(target.type) ? target.session.place : target.urn;
    return { place, type: target.type, id };
}

function recorded(target: Target, facts: Facts, inputs: Bag, identity: string | undefined): RecordedResource {
    const { generation } = facts;
    return { ...addressOf(target, facts.id), urn: target.urn, inputs: digest(masked(inputs)), identity, generation };
}

/** `aws:ec2/securityGroup:SecurityGroup` -> "EC2 SecurityGroup" */
function title(type: string): string {
    const [, module = "", name = ""] = type.split(":");
    return `${(module.split("/")[0] ?? "").toUpperCase()} ${name}`;
}
