import type { MlPlatformConfig } from "../../config/platforms/ml-platform";
import type { PlatformArgs } from "../foundation/platform";

/** Everything a stack says of the platform, with its environment and tags. */
export interface MlPlatformArgs extends Omit<MlPlatformConfig, keyof PlatformArgs>, PlatformArgs {}

/** `{product}-{environment}-{resource}`: what belongs to no tenant. */
export const sharedResource = (
    { product, environment }: Pick<MlPlatformArgs, "product" | "environment">,
    resource: string,
): string => `${product}-${environment}-${resource}`;
