import { hex, namePrefix, physicalName } from "./naming";
import type { Session } from "./session";
import { type Bag, text } from "./wire";

/** All that a resource's outputs are derived from. */
export interface Facts {
    readonly type: string;
    readonly id: string;
    /** Physical name, or the logical one where the resource has none. */
    readonly name: string;
    readonly inputs: Bag;
    /** Outputs before an update; undefined when the resource is being created. */
    readonly olds: Bag | undefined;
    readonly session: Session;
    readonly generation: number;
    /** Hexadecimal digits that belong to this resource alone. */
    hash(length: number, purpose?: string): string;
}

export function factsOf(options: {
    type: string;
    urn: string;
    inputs: Bag;
    session: Session;
    generation: number;
    olds?: Bag;
}): Omit<Facts, "id"> {
    const { type, urn, inputs, generation } = options;
    const region = text(inputs["region"]) ?? options.session.region;
    const prefix = namePrefix(type, inputs);
    const prefixed = prefix === undefined ? undefined : `${prefix}${hex(`${urn} ${generation}`, 10)}`;
    const name = physicalName(type, inputs) ?? prefixed ?? urn.split("::").at(-1) ?? "";
    const seed = `${urn} ${name} ${generation} ${options.session.account} ${region}`;
    return {
        type,
        name,
        inputs,
        olds: options.olds,
        session: { ...options.session, region },
        generation,
        hash: (length, purpose = "") => hex(`${seed} ${purpose}`, length),
    };
}
