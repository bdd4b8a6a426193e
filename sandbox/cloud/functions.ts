import { status } from "@grpc/grpc-js";
import { CloudError } from "./resources";
import type { Bag } from "./wire";

/** Answers a provider function. */
export function invoke(token: string): Bag {
    throw new CloudError(
        status.UNIMPLEMENTED,
        `the sandbox doesn't know the function ${token}: add it to sandbox/cloud/functions.ts`,
    );
}
