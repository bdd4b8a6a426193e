import { spawnSync } from "node:child_process";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { checkAccount, type Flags, type Session, show } from "./session";
import { OpsError, type PlatformKey, targetOf } from "./target";

/** Programs that verbs and runbooks call, and how each tells its version. */
const tools = {
    node: ["--version"],
    pulumi: ["version"],
    aws: ["--version"],
    "session-manager-plugin": ["--version"],
    kubectl: ["version", "--client"],
} as const;

/** Running On-Demand G and VT instances, in vCPUs: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
const gpuQuota = { ServiceCode: "ec2", QuotaCode: "L-DB2E81BA" } as const;

interface Finding {
    readonly [column: string]: string;
    readonly what: string;
    readonly state: "ok" | "missing" | "wrong";
    readonly detail: string;
}

/** Looks at everything and tells all of it; the exit code says whether something is wrong. */
export async function doctor(flags: Flags, session: Session): Promise<void> {
    const findings: Finding[] = Object.entries(tools).map(([tool, args]) => {
        const { status, stdout, stderr } = spawnSync(tool, args, { encoding: "utf8" });
        const [line = ""] = `${stdout ?? ""}${stderr ?? ""}`.split("\n");
        return { what: tool, state: status === 0 ? "ok" : "missing", detail: status === 0 ? line : "install it" };
    });
    for (const key of ["transcription", "imagePipeline", "webApp"] as const satisfies readonly PlatformKey[]) {
        findings.push(await findingOf(key, flags, session));
    }
    show(findings, flags, session);
    if (findings.some(({ state }) => state === "wrong")) {
        throw new OpsError("something is wrong, see above");
    }
}

async function findingOf(key: PlatformKey, { stack }: Flags, session: Session): Promise<Finding> {
    const what = `${key} in ${stack}`;
    try {
        const target = targetOf(session.projectDir, stack, key);
        await checkAccount(target);
        if (key === "webApp") {
            return { what, state: "ok", detail: `account ${target.accountId}` };
        }
        const { Quota } = await new ServiceQuotasClient({ region: target.region }).send(
            new GetServiceQuotaCommand(gpuQuota),
        );
        const vcpus = Quota?.Value ?? 0;
        return {
            what,
            state: vcpus > 0 ? "ok" : "wrong",
            detail: `account ${target.accountId}, ${vcpus} vCPUs of GPU instances${vcpus > 0 ? "" : ": ask for more in Service Quotas"}`,
        };
    } catch (error) {
        return { what, state: "wrong", detail: error instanceof Error ? error.message : String(error) };
    }
}
