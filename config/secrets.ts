import { configCommand, configPath, type Fault } from "./faults";
import type { Source } from "./issue-faults";
import type { Path } from "./schema-map";

/** A secret written as plain text would be in the repository for good: refuse it, and never repeat it. */
export function plaintextSecrets({ namespace, input, schema, isEncrypted }: Source): Fault[] {
    return schema.secretPaths
        .flatMap((pattern) => textsAt(pattern, input, []))
        .filter((path) => !isEncrypted(path))
        .map((path) => ({
            path: configPath(namespace, path),
            expected: "an encrypted value",
            given: "plain text (not repeated here)",
            mend: `replace it with \`${configCommand("set", ["--secret"], namespace, path)}\` and treat the old value as leaked`,
        }));
}

/** Paths of the texts and numbers that a pattern leads to, `*` standing for every index or name. */
function textsAt(pattern: Path, value: unknown, path: Path): Path[] {
    const [head, ...rest] = pattern;
    if (head === undefined) {
        return typeof value === "string" || typeof value === "number" ? [path] : [];
    }
    if (value === null || typeof value !== "object") {
        return [];
    }
    return Object.entries(value)
        .filter(([key]) => head === "*" || key === head)
        .flatMap(([key, child]) => textsAt(rest, child, [...path, Array.isArray(value) ? Number(key) : key]));
}
