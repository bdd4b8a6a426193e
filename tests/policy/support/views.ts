import { Exemptions } from "../../../policy/engine/exemptions";
import { type ResourceView, viewOf } from "../../../policy/engine/resource";
import type { Rule } from "../../../policy/engine/rule";
import { settingsOf } from "../../../policy/engine/settings";
import { asSeen } from "./cases";

export function view(type: string, props: Readonly<Record<string, unknown>>, name = "main"): ResourceView {
    return viewOf({ type, name, urn: `urn:pulumi:prod::platforms::${type}::${name}`, props: asSeen(props) });
}

export function configured(rule: Rule, config: Readonly<Record<string, unknown>> = {}) {
    const settings = settingsOf(rule, config);
    return { settings, exemptions: new Exemptions(settings.exemptions) };
}

export const now = (): Date => new Date("2026-06-01T12:00:00Z");
