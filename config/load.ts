import * as pulumi from "@pulumi/pulumi";
import { formatFaults } from "./faults";
import { parseConfig } from "./parse";
import type { StackConfig } from "./schema";

/** Exported by the SDK but left out of its declarations: nothing public tells whether a key holds a secret. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

/**
 * The stack's config, checked. The only place that reads Pulumi's config.
 * @throws pulumi.RunError with every fault, a line each; Pulumi prints it without a stack trace.
 */
export function loadConfig(): StackConfig {
    const values = pulumi.runtime.allConfig();
    const secretKeys = new Set(Object.keys(values).filter((key) => isConfigSecret(key)));
    const parsed = parseConfig({ values, secretKeys }, pulumi.getProject());
    if (!parsed.ok) {
        const error = new pulumi.RunError(
            `the config of stack ${pulumi.getStack()} has faults:\n${formatFaults(parsed.faults)}`,
        );
        // Nobody reads where this was thrown, and Pulumi's runner takes seconds to format a stack that tsx is part of.
        error.stack = error.message;
        throw error;
    }
    return parsed.config;
}
