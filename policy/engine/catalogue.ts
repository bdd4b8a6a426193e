import { type Category, isStackRule, type Rule } from "./rule";

const headings: Readonly<Record<Category, string>> = {
    "public-ingress": "Public ingress",
    "unencrypted-storage": "Unencrypted storage",
    "latest-tags": "Latest tags",
    "in-transit": "Unencrypted in transit",
    advisory: "Advisory",
    stack: "The stack as a whole",
};

/** The rules as a document; the same rules always give the same text. */
export function catalogue(rules: readonly Rule[]): string {
    const lines = [
        "# Rules",
        "",
        "Made from the rules by `npm run generate`; a test fails when it is out of date.",
        "",
        ...overview(rules),
    ];
    for (const [category, heading] of Object.entries(headings)) {
        const own = rules.filter((rule) => rule.category === category);
        lines.push("", `## ${heading}`, ...own.flatMap(section));
    }
    return `${lines.join("\n")}\n`;
}

function overview(rules: readonly Rule[]): readonly string[] {
    const rows = rules.map((rule) => [`[${rule.id}](#${rule.id})`, rule.title, rule.enforcement, rule.severity]);
    return table(["rule", "what it holds to", "level", "severity"], rows);
}

/** A Markdown table with its columns in line, as the formatter leaves it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
    const widths = head.map((title, column) =>
        Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), 3, title.length),
    );
    const line = (cells: readonly string[]): string =>
        `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
    return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

function section(rule: Rule): readonly string[] {
    const controls = rule.frameworks.map(({ name, control }) => `${name} ${control}`).join(", ");
    const thresholds = Object.entries(rule.thresholds?.shape ?? {}).map(
        ([name, schema]) => `\`${name}\` (default \`${JSON.stringify(schema.parse(undefined))}\`)`,
    );
    return [
        "",
        `### ${rule.id}`,
        "",
        `${rule.title}. ${rule.why}`,
        "",
        `- Mend: ${rule.remediation}`,
        `- Level: ${rule.enforcement}, severity ${rule.severity}${isStackRule(rule) ? ", judged on the whole stack" : ""}`,
        ...("remediate" in rule && rule.remediate !== undefined ? ["- Remediation: set the rule to `remediate`"] : []),
        ...(thresholds.length > 0 ? [`- Config: ${thresholds.join(", ")}`] : []),
        ...(controls === "" ? [] : [`- Controls: ${controls}`]),
        `- More: <${rule.url}>`,
    ];
}
