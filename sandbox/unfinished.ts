import { CloudRecord } from "./cloud/record";
import type { StackState } from "./state";

/**
 * What the engine was making when it was killed. It never learnt how that ended, so Pulumi keeps a "pending operation"
 * until a person has looked: https://www.pulumi.com/docs/support/troubleshooting/interrupted-updates/. In the sandbox
 * there is one answer: what the stand-in cloud made and the state doesn't know is taken back.
 * @returns URNs of the creations to clear from the state with `pulumi refresh --clear-pending-creates`.
 */
export function undoUnheardCreations(state: StackState, cloudDirectory: string): string[] {
    const pending = state.pendingOperations
        .filter((operation) => operation.type === "creating")
        .map((operation) => operation.resource.urn);
    if (pending.length === 0) {
        return [];
    }
    const record = new CloudRecord(cloudDirectory);
    try {
        for (const made of record.all()) {
            if (pending.includes(made.urn) && !state.has(made.urn, made.id)) {
                record.delete(made);
            }
        }
    } finally {
        record.close();
    }
    return pending;
}
