import { spawn } from "node:child_process";
import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeDBProxiesCommand, RDSClient } from "@aws-sdk/client-rds";
import { deploymentName, modelNames, modelTypes } from "../../components/image-pipeline/model-types";
import { modelsNamespace } from "../../components/image-pipeline/models";
import type { Step } from "./session";
import { OpsError, type Target } from "./target";

/** Runs a tool at this terminal. @throws OpsError where it isn't there or fails */
function atTerminal(command: string, args: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: "inherit" });
        child.once("error", () =>
            reject(new OpsError(`${command} can't be started; install it (npm run ops -- doctor)`)),
        );
        child.once("close", (code) =>
            code === 0 ? resolve() : reject(new OpsError(`${command} ${args[0] ?? ""} ended with ${code}`)),
        );
    });
}

export function scaleOverride(target: Target<"imagePipeline">, model: string, replicas: number): Step {
    const name = modelNames.find((known) => known === model || modelTypes[known].slug === model);
    if (name === undefined) {
        throw new OpsError(
            `there is no model ${model}; choose of ${modelNames.map((known) => modelTypes[known].slug).join(", ")}`,
        );
    }
    const deployment = deploymentName(name);
    const context = `${target.prefix}-cluster`;
    return {
        does: `set ${deployment} in cluster ${context} to ${replicas} replicas`,
        run: async () => {
            await atTerminal("aws", [
                ...["eks", "update-kubeconfig", "--name", context, "--alias", context, "--region", target.region],
            ]);
            await atTerminal("kubectl", [
                ...["--context", context, "--namespace", modelsNamespace, "scale", "deployment", deployment],
                `--replicas=${replicas}`,
            ]);
        },
    };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html */
export function tunnel(target: Target<"imagePipeline">, port: number): Step {
    return {
        does: `forward localhost:${port} to the database proxy of ${target.prefix}`,
        run: async () => {
            const { instanceId, host } = await tunnelEnds(target);
            await atTerminal("aws", [
                ...["ssm", "start-session", "--region", target.region, "--target", instanceId],
                ...["--document-name", "AWS-StartPortForwardingSessionToRemoteHost", "--parameters"],
                JSON.stringify({ host: [host], portNumber: ["5432"], localPortNumber: [String(port)] }),
            ]);
        },
    };
}

/** The running bastion, and the proxy's address. */
export async function tunnelEnds({ prefix, region }: Pick<Target<"imagePipeline">, "prefix" | "region">): Promise<{
    readonly instanceId: string;
    readonly host: string;
}> {
    const { Reservations = [] } = await new EC2Client({ region }).send(
        new DescribeInstancesCommand({
            Filters: [
                { Name: "tag:Name", Values: [`${prefix}-bastion`] },
                { Name: "instance-state-name", Values: ["running"] },
            ],
        }),
    );
    const instanceId = Reservations[0]?.Instances?.[0]?.InstanceId;
    if (instanceId === undefined) {
        throw new OpsError(`no bastion of ${prefix} runs; its Auto Scaling group ${prefix}-bastion starts one`);
    }
    const { DBProxies = [] } = await new RDSClient({ region }).send(
        new DescribeDBProxiesCommand({ DBProxyName: `${prefix}-aurora-proxy` }),
    );
    const host = DBProxies[0]?.Endpoint;
    if (host === undefined) {
        throw new OpsError(`there is no database proxy ${prefix}-aurora-proxy; is the stack deployed?`);
    }
    return { instanceId, host };
}
