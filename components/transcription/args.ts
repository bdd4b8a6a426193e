import type { TranscriptionConfig } from "../../config/platforms/transcription";
import type { PlatformArgs } from "../foundation/platform";

/** What the stack's config says about the service, with the defaults filled in. */
export interface TranscriptionServiceArgs extends PlatformArgs, Omit<TranscriptionConfig, keyof PlatformArgs> {}

/** What every part is told. */
export interface PartArgs extends TranscriptionServiceArgs {
    /** Begins all physical names: `thoth-<environment>`. */
    readonly prefix: string;
}

/** Name in the `Project` tag, by which costs are read. */
export const project = "thoth";
