import { configReference } from "./reference";
import { stackSchema } from "./schema";
import { stackFileSchema } from "./stack-file-schema";

/** Files made from the config schema: path from the repository's root, and content. */
export function generatedFiles(): Readonly<Record<string, string>> {
    return {
        "config/stack.schema.json": `${JSON.stringify(stackFileSchema(stackSchema, "platforms"), null, 2)}\n`,
        "docs/config-reference.md": configReference(stackSchema, "platforms"),
    };
}
