import type { Mutability } from "./diff";
import { hex } from "./naming";
import { type Bag, bagOf, text, type Wire } from "./wire";

/** What one provider instance was configured with. */
export interface Session {
    readonly region: string;
    readonly account: string;
    readonly defaultTags: Bag;
    /** Namespace of Kubernetes objects that name none. */
    readonly namespace: string;
    readonly mutable: Mutability;
    /** Account and region, or cluster: resources of two places never meet. */
    readonly place: string;
}

/** AWS's own documentation account, for providers that name none. */
const DEFAULT_ACCOUNT = "123456789012";
const DEFAULT_REGION = "us-east-1";

/** `args` are the provider's inputs; the SDKs send anything but a string as JSON. */
export function sessionOf(args: Bag): Session {
    const setting = (key: string): Wire | undefined => {
        const written = text(args[key]);
        if (written === undefined) {
            return args[key];
        }
        try {
            return JSON.parse(written) as Wire;
        } catch {
            return written;
        }
    };
    const [allowed] = listLike(setting("allowedAccountIds"));
    const [role] = listLike(setting("assumeRoles"));
    const roleAccount = /^arn:[^:]*:iam::(\d{12}):/.exec(text(bagOf(role)["roleArn"]) ?? "")?.[1];
    const region = text(args["region"]) ?? process.env["AWS_REGION"] ?? DEFAULT_REGION;
    const account = (allowed === undefined ? undefined : String(allowed)) ?? roleAccount ?? DEFAULT_ACCOUNT;
    const kubeconfig = text(args["kubeconfig"]) ?? "";
    const server = /server"?:\s*"?([^\s",]+)/.exec(kubeconfig)?.[1] ?? kubeconfig;
    const cluster = hex(`${server} ${text(args["context"]) ?? ""}`, 12);
    return {
        region,
        account,
        defaultTags: bagOf(bagOf(setting("defaultTags"))["tags"]),
        namespace: text(args["namespace"]) ?? "default",
        mutable: {
            configMap: setting("enableConfigMapMutable") === true,
            secret: setting("enableSecretMutable") === true,
        },
        place: "kubeconfig" in args || "context" in args ? `cluster ${cluster}` : `${account} ${region}`,
    };
}

function listLike(value: Wire | undefined): readonly Wire[] {
    return Array.isArray(value) ? value : [];
}
