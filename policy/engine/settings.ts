import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";
import type { Rule } from "./rule";

/** `*` stands for any run of characters. A pattern must name something: stars alone are refused. */
const pattern = z.string().refine((text) => text.replace(/[*:$]/g, "").length >= 3, {
    message: "the pattern must name at least three characters besides `*`",
});

export const exemptionSchema = z
    .strictObject({
        urn: pattern.optional(),
        type: pattern.optional(),
        name: pattern.optional(),
        /** Exempts only findings on this property (and below); every finding of the rule on the resource when left out. */
        path: z.string().min(1).optional(),
        reason: z.string().min(10),
        expires: z.iso.date(),
    })
    .refine(
        (exemption) => exemption.urn !== undefined || (exemption.type !== undefined && exemption.name !== undefined),
        {
            message: "name the resource by `urn`, or by `type` and `name`",
        },
    );

export type Exemption = z.infer<typeof exemptionSchema>;

const common = {
    /** Level of findings that cannot be decided before deployment. */
    undecided: z.enum(["advisory", "mandatory", "disabled"]).default("advisory"),
    /** Level at which a defect of the rule itself is reported. */
    onFault: z.enum(["advisory", "mandatory"]).default("mandatory"),
    exemptions: z.array(exemptionSchema).default([]),
};

const commonSchema = z.object(common);

export interface Settings extends z.infer<typeof commonSchema> {
    readonly thresholds: Readonly<Record<string, unknown>>;
}

const names = new Set(Object.keys(common));

/** The settings of one rule, with every default filled in; throws one error that names all faults. */
export function settingsOf(rule: Rule, given: Readonly<Record<string, unknown>>): Settings {
    const schema = z.strictObject({ ...common, ...(rule.thresholds?.shape ?? {}) });
    const result = schema.safeParse(given);
    if (!result.success) {
        const faults = result.error.issues.map((issue) => `${[rule.id, ...issue.path].join(".")}: ${issue.message}`);
        throw new Error(`policy config is invalid\n${faults.join("\n")}`);
    }
    const { undecided, onFault, exemptions } = commonSchema.parse(given);
    const thresholds = Object.fromEntries(Object.entries(result.data).filter(([name]) => !names.has(name)));
    return { undecided, onFault, exemptions, thresholds };
}

type Properties = PolicyConfigSchema["properties"];

function propertiesOf(schema: z.ZodObject): Properties {
    return (z.toJSONSchema(schema, { io: "input" }).properties ?? {}) as Properties;
}

let commonProperties: Properties | undefined;

/** What the engine and Pulumi Cloud check and show before the pack sees a config. */
export function configSchemaOf(rule: Rule): PolicyConfigSchema {
    commonProperties ??= propertiesOf(commonSchema);
    const own = rule.thresholds === undefined ? {} : propertiesOf(rule.thresholds);
    return { properties: { ...commonProperties, ...own } };
}
