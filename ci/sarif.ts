import { readFileSync } from "node:fs";
import { z } from "zod";

/** A policy event of the engine's event log; https://github.com/pulumi/pulumi/blob/v3.225.0/sdk/go/common/apitype/events.go */
const policyEvent = z.object({
    resourceUrn: z.string().default(""),
    message: z.string(),
    policyName: z.string(),
    policyPackName: z.string(),
    policyPackVersion: z.string().default(""),
    enforcementLevel: z.string(),
    severity: z.string().default(""),
});
export type PolicyEvent = z.output<typeof policyEvent>;

const line = z.object({ policyEvent: policyEvent.optional() });

/** Policy findings of `--event-log <file>`: an event in JSON a line. */
export function readPolicyEvents(file: string): PolicyEvent[] {
    return readFileSync(file, "utf8")
        .split("\n")
        .filter((text) => text.trim() !== "")
        .flatMap((text, index) => {
            const parsed = line.safeParse(JSON.parse(text));
            if (!parsed.success) {
                throw new Error(`${file}:${index + 1}: not an event of pulumi's: ${z.prettifyError(parsed.error)}`);
            }
            return parsed.data.policyEvent ?? [];
        });
}

/** What a rule of the catalogue says, as far as SARIF shows it. */
export interface RuleFacts {
    readonly id: string;
    readonly title: string;
    readonly why: string;
    readonly remediation: string;
    readonly url: string;
}

/** GitHub sorts by this number: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object */
const securitySeverity: Readonly<Record<string, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

/**
 * Findings as SARIF 2.1.0. A finding is about a resource, not a line, so it points to the stack's file, which says what the
 * stack has; the URN tells findings of one rule apart from run to run.
 */
export function toSarif(events: readonly PolicyEvent[], stackFile: string, rules: readonly RuleFacts[]): object {
    const facts = new Map(rules.map((rule) => [rule.id, rule]));
    const ids = [...new Set(events.map(({ policyName }) => policyName))].sort();
    return {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                // a category per stack: GitHub refuses several runs of one category in an upload
                automationDetails: { id: `pulumi-policy/${stackFile}/` },
                tool: {
                    driver: {
                        name: events[0]?.policyPackName ?? "platforms",
                        informationUri: "https://www.pulumi.com/docs/iac/crossguard/",
                        rules: ids.map((id) => {
                            const rule = facts.get(id);
                            const worst = events.find(({ policyName }) => policyName === id)?.severity ?? "";
                            return {
                                id,
                                shortDescription: { text: rule?.title ?? id },
                                fullDescription: { text: rule?.why ?? id },
                                help: { text: rule?.remediation ?? "See the finding." },
                                ...(rule ? { helpUri: rule.url } : {}),
                                ...(securitySeverity[worst]
                                    ? {
                                          properties: {
                                              tags: ["security"],
                                              "security-severity": securitySeverity[worst],
                                          },
                                      }
                                    : {}),
                            };
                        }),
                    },
                },
                results: events.map(({ policyName, message, enforcementLevel, resourceUrn }) => ({
                    ruleId: policyName,
                    ruleIndex: ids.indexOf(policyName),
                    level: enforcementLevel === "mandatory" ? "error" : "warning",
                    message: { text: `${resourceUrn.split("::").at(-1) ?? ""}: ${message.trim()}` },
                    locations: [
                        {
                            physicalLocation: { artifactLocation: { uri: stackFile }, region: { startLine: 1 } },
                            logicalLocations: [{ fullyQualifiedName: resourceUrn, kind: "resource" }],
                        },
                    ],
                    partialFingerprints: {
                        "policyAndResource/v1": `${policyName}:${resourceUrn}:${firstWord(message)}`,
                    },
                })),
            },
        ],
    };
}

/** The property that a finding of this pack names first: two properties of a resource may break one rule. */
const firstWord = (message: string): string => /^[\w.[\]-]+(?=:)/m.exec(message.trim())?.[0] ?? "";
