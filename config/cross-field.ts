import type { z } from "zod";

/** What a rule over several keys has to say; the loader adds the rest of the fault. */
export interface CrossFault {
    /** Key to point at, relative to the object that the rule is on. */
    readonly path: readonly PropertyKey[];
    /** Noun phrase after "expected". */
    readonly expected: string;
    /** What was found; never a secret. @default the value at `path` */
    readonly given?: string;
    /** Imperative clause. @default "set it with `pulumi config set --path ...`" */
    readonly mend?: string;
}

/** `params` of the zod issue that a cross-field rule raises. */
export interface CrossFieldParams {
    readonly crossField: true;
    readonly given?: string;
    readonly mend?: string;
}

export function crossFieldParams(issue: z.core.$ZodIssue | z.core.$ZodRawIssue): CrossFieldParams | undefined {
    const params = issue.code === "custom" ? (issue.params as Partial<CrossFieldParams> | undefined) : undefined;
    return params?.crossField ? (params as CrossFieldParams) : undefined;
}

/**
 * Adds a rule that relates several keys of one object. It runs when those keys are valid on their own, even where other
 * keys of the object aren't: a person should see all faults at once. (zod by itself skips object-level rules as soon as
 * any key is bad: https://zod.dev/api#when)
 *
 * The rule sees the values as the program will: defaults filled in, and secrets as Outputs, so it can tell whether a secret
 * is given but not what it is.
 */
export function crossField<Shape extends z.core.$ZodShape, const Key extends keyof Shape & string>(
    schema: z.ZodObject<Shape, z.core.$strict>,
    keys: readonly Key[],
    rule: (value: z.output<z.ZodObject<Pick<Shape, Key>, z.core.$strip>>) => readonly CrossFault[],
): z.ZodObject<Shape, z.core.$strict> {
    type Value = z.output<z.ZodObject<Pick<Shape, Key>, z.core.$strip>>;
    const ruled: ReadonlySet<PropertyKey> = new Set(keys);
    // not an object at all, or a key of ours that is bad in itself; what another rule faulted is still of the right type
    const spoils = (issue: z.core.$ZodRawIssue) => {
        const key = issue.path?.[0];
        return key === undefined
            ? issue.code === "invalid_type"
            : ruled.has(key) && crossFieldParams(issue) === undefined;
    };
    return schema.superRefine(
        (value, context) => {
            for (const fault of rule(value as Value)) {
                const params: CrossFieldParams = { crossField: true, given: fault.given, mend: fault.mend };
                context.addIssue({ code: "custom", path: [...fault.path], message: fault.expected, params });
            }
        },
        {
            when: ({ issues }) => !issues.some(spoils),
        },
    );
}
