import { z } from "zod";

/** What a rule over several keys has to say; the loader adds the rest of the fault. */
export interface CrossFault {
    /** Key to point at, relative to the object that the rule is on. */
    readonly path: readonly PropertyKey[];
    /** Noun phrase after "expected". */
    readonly expected: string;
    /** What was found. @default the value at `path` */
    readonly given?: string;
    /** Imperative clause. @default "set it with `pulumi config set --path ...`" */
    readonly mend?: string;
}

/**
 * Adds a rule that relates several keys of one object. It runs when those keys are valid on their own, even where other
 * keys of the object aren't: a person should see all faults at once. (zod by itself skips object-level rules as soon as
 * any key is bad: https://zod.dev/api#when)
 */
export function crossField<Shape extends z.core.$ZodShape, const Key extends keyof Shape & string>(
    schema: z.ZodObject<Shape, z.core.$strict>,
    keys: readonly Key[],
    rule: (value: z.output<z.ZodObject<Pick<Shape, Key>, z.core.$strip>>) => readonly CrossFault[],
): z.ZodObject<Shape, z.core.$strict> {
    // not strict: the other keys of the object aren't this rule's business
    const shape = Object.fromEntries(keys.map((key) => [key, schema.shape[key]])) as Pick<Shape, Key>;
    const part = z.object(shape);
    return schema.superRefine(
        (value, context) => {
            const result = part.safeParse(value);
            for (const fault of result.success ? rule(result.data) : []) {
                context.addIssue({
                    code: "custom",
                    path: [...fault.path],
                    message: fault.expected,
                    params: { given: fault.given, mend: fault.mend },
                });
            }
        },
        { when: (payload) => part.safeParse(payload.value).success },
    );
}
