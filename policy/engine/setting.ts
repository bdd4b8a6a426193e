import type { Node } from "./node";
import type { Report } from "./report";
import type { ResourceView } from "./resource";

/** A property that must have a value, for rules that are a table of them. */
export interface Setting {
    readonly type: string;
    readonly property: string;
    /** The value it must have; text is compared without regard to case, `"set"` takes any value that is there. */
    readonly must: boolean | string | { readonly not: boolean | string };
    /** What AWS does when it is left out. */
    readonly absent: "violates" | "complies";
    /** Resources the setting does not concern, for example a replica that inherits it. */
    readonly unless?: (resource: ResourceView) => boolean;
    /** What to set, where `property: value` does not say it. */
    readonly mend?: string;
}

export function typesOf(settings: readonly Setting[]): readonly string[] {
    return [...new Set(settings.map((setting) => setting.type))];
}

function same(node: Node, value: boolean | string): boolean {
    return typeof value === "boolean" ? node.boolean === value : node.string?.toLowerCase() === value.toLowerCase();
}

function meets(node: Node, { must }: Setting): boolean {
    if (must === "set") {
        return node.string !== "";
    }
    return typeof must === "object" ? !same(node, must.not) : same(node, must);
}

function mendOf({ property, must, mend }: Setting): string {
    if (mend !== undefined) {
        return mend;
    }
    if (typeof must === "object") {
        return typeof must.not === "boolean" ? `${property}: ${!must.not}` : `${property} to another value`;
    }
    return `${property}: ${JSON.stringify(must)}`;
}

/** Judges the settings that concern the resource. A list on the way (`ebsBlockDevices`) is not walked: read it in the rule. */
export function checkSettings(
    settings: readonly Setting[],
    wrong: string,
    resource: ResourceView,
    report: Report,
): void {
    for (const setting of settings) {
        if (setting.type === resource.type && setting.unless?.(resource) !== true) {
            checkSetting(setting, wrong, resource.get(setting.property), report);
        }
    }
}

function checkSetting(setting: Setting, wrong: string, node: Node, report: Report): void {
    if (node.unknown) {
        if (setting.must !== "set") {
            report.undecided(node);
        }
    } else if (node.absent ? setting.absent === "violates" : !meets(node, setting)) {
        report.violation(node, wrong, mendOf(setting));
    }
}

/** The changes that mend top-level switches which are known to be wrong. */
export function mendSettings(
    settings: readonly Setting[],
    resource: ResourceView,
): Readonly<Record<string, unknown>> | undefined {
    const changes = settings.flatMap((setting) => {
        const node = resource.get(setting.property);
        const wrong = node.absent ? setting.absent === "violates" : node.known && !meets(node, setting);
        const concerns = setting.type === resource.type && setting.unless?.(resource) !== true;
        return concerns && wrong && typeof setting.must === "boolean" && !setting.property.includes(".")
            ? [[setting.property, setting.must] as const]
            : [];
    });
    return changes.length === 0 ? undefined : Object.fromEntries(changes);
}
