import type { Finding } from "./report";
import type { Exemption } from "./settings";

function globToRegExp(glob: string): RegExp {
    return new RegExp(
        `^${glob
            .split("*")
            .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
            .join(".*")}$`,
        "s",
    );
}

const compiled = new Map<string, RegExp>();

function matches(glob: string | undefined, text: string): boolean {
    if (glob === undefined) {
        return true;
    }
    let expression = compiled.get(glob);
    if (expression === undefined) {
        expression = globToRegExp(glob);
        compiled.set(glob, expression);
    }
    return expression.test(text);
}

function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** Whether the exemption is for this property of this resource. */
export function covers(exemption: Exemption, urn: string, path: string): boolean {
    const resource =
        matches(exemption.urn, urn) && matches(exemption.type, typeOf(urn)) && matches(exemption.name, nameOf(urn));
    const below = exemption.path ?? "";
    return (
        resource &&
        (below === "" || path === below || (path.startsWith(below) && /^[.[]/.test(path.slice(below.length))))
    );
}

/** An exemption holds to the end of the day it names, in UTC. */
function expired(exemption: Exemption, now: Date): boolean {
    return now.toISOString().slice(0, 10) > exemption.expires;
}

/** Turns violations that the stack's config excuses into notes, and remembers which exemptions were used. */
export class Exemptions {
    private readonly used = new Set<Exemption>();

    constructor(readonly list: readonly Exemption[]) {}

    apply(finding: Finding, urn: string, now: Date): Finding {
        if (finding.kind !== "violation") {
            return finding;
        }
        const covering = this.list.filter((exemption) => covers(exemption, finding.urn ?? urn, finding.path));
        for (const exemption of covering) {
            this.used.add(exemption);
        }
        const valid = covering.find((exemption) => !expired(exemption, now));
        if (valid !== undefined) {
            const message = `exempted until ${valid.expires} (${valid.reason}): ${finding.message}`;
            return { ...finding, kind: "exempted", message };
        }
        const [late] = covering;
        if (late !== undefined) {
            const message = `${finding.message} (its exemption expired on ${late.expires}: ${late.reason})`;
            return { ...finding, kind: "expired", message };
        }
        return finding;
    }

    unused(): readonly Exemption[] {
        return this.list.filter((exemption) => !this.used.has(exemption));
    }
}
