import type { SharedSystemConfig } from "../../config/platforms/shared-services";
import type { PlatformArgs } from "../foundation/platform";

/** What the stack's config says about one system's shared account, with the defaults filled in. */
export interface SharedServicesArgs extends PlatformArgs, Omit<SharedSystemConfig, keyof PlatformArgs> {
    /** Begins all physical names, for example `mediaviz`. */
    readonly system: string;
}
