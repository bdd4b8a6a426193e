import { existsSync } from "node:fs";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import type { StackConfig } from "../../config/schema";
import { availableStacks, projectName, rawConfig, readStackFile, stackFilePath } from "../../sandbox/stack-file";

/** A failure that a person can mend; printed without a stack trace. */
export class OpsError extends Error {}

/** What the physical names of each platform begin with: the systems' own conventions. */
const systems = { transcription: "thoth", imagePipeline: "mediaviz", webApp: "taskava" } as const;
export type PlatformKey = keyof typeof systems;

/** Where a platform of a stack lives. */
export interface Target<Key extends PlatformKey> {
    readonly stack: string;
    readonly environment: string;
    readonly accountId: string;
    readonly region: string;
    /** Begins all physical names, for example `thoth-dev`. */
    readonly prefix: string;
    readonly config: NonNullable<StackConfig[Key]>;
}

/** What the stack file says about a platform. Secrets in it aren't decrypted: nothing here needs them. */
export function targetOf<Key extends PlatformKey>(projectDir: string, stack: string, key: Key): Target<Key> {
    const path = stackFilePath(projectDir, stack);
    if (!existsSync(path)) {
        throw new OpsError(`there is no stack ${stack}; choose one of ${availableStacks(projectDir).join(", ")}`);
    }
    const project = projectName(projectDir);
    const parsed = parseConfig(rawConfig(readStackFile(path, project).config, "not decrypted"), project);
    if (!parsed.ok) {
        throw new OpsError(`the config of stack ${stack} has faults:\n${formatFaults(parsed.faults)}`);
    }
    const config = parsed.config[key];
    if (config === undefined) {
        throw new OpsError(`stack ${stack} has no ${key}; add platforms:${key} to Pulumi.${stack}.yaml or use --stack`);
    }
    const { accountId, region, environment = parsed.config.environment } = config;
    return { stack, environment, accountId, region, prefix: `${systems[key]}-${environment}`, config };
}
