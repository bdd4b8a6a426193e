import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { bagOf, UNKNOWN } from "../wire";
import type { Builder, Built } from "./builder";
import { type Core, nodeUserData, readCore, recommendedImage } from "./eks-nodes";
import { apply, pick } from "./values";

/** Arguments that make a managed node group bring a launch template of its own. */
const OWN_TEMPLATE = [
    "amiId",
    "bootstrapExtraArgs",
    "bottlerocketSettings",
    "enableEfaSupport",
    "enableIMDSv2",
    "kubeletExtraArgs",
    "nodeadmExtraOptions",
    "userData",
];
const OWN_USER_DATA = OWN_TEMPLATE.filter((argument) => argument !== "enableIMDSv2" && argument !== "enableEfaSupport");

export async function managedNodeGroupComponent(build: Builder): Promise<ConstructResponse> {
    const core = await readCore(build);
    const role = build.arg("nodeRoleArn") ?? (await build.resolve(build.arg("nodeRole")))["arn"];
    if (role === undefined) {
        throw new Error("nodeRole: An IAM role, or role ARN must be provided to create a managed node group");
    }
    const wantsTemplate = OWN_TEMPLATE.some((argument) => build.arg(argument) !== undefined);
    if (wantsTemplate && build.arg("launchTemplate") !== undefined) {
        throw new Error(
            `launchTemplate: If you provide a custom launch template, you cannot provide any of ${OWN_TEMPLATE.join(", ")}.`,
        );
    }
    const ownUserData = OWN_USER_DATA.some((argument) => build.arg(argument) !== undefined);
    const template = wantsTemplate ? await managedTemplate(build, core, ownUserData) : undefined;
    const version =
        build.arg("version") ?? (build.arg("launchTemplate") === undefined ? core.cluster["version"] : undefined);
    const scaling = bagOf(build.arg("scalingConfig"));
    const type = "aws:eks/nodeGroup:NodeGroup";
    const inputs = {
        ...pick(type, build.inputs),
        ...(template === undefined ? {} : { diskSize: undefined }),
        ...(ownUserData ? { amiType: undefined, releaseVersion: undefined } : {}),
        version: ownUserData ? undefined : version,
        clusterName: build.arg("clusterName") ?? core.cluster["name"] ?? UNKNOWN,
        nodeRoleArn: role,
        scalingConfig: {
            desiredSize: scaling["desiredSize"] ?? 2,
            minSize: scaling["minSize"] ?? 1,
            maxSize: scaling["maxSize"] ?? 2,
        },
        subnetIds: build.arg("subnetIds") ?? core.subnetIds ?? core.privateSubnetIds ?? core.publicSubnetIds ?? [],
        launchTemplate:
            template === undefined
                ? build.arg("launchTemplate")
                : { id: template.id, version: apply([template.out("latestVersion")], (latest) => String(latest)) },
    };
    const ignoreChanges = build.flag("ignoreScalingChanges") === true ? ["scalingConfig.desiredSize"] : [];
    const group = await build.child(type, build.name, inputs, { ignoreChanges });
    return build.done({ nodeGroup: group.ref, placementGroupName: "" });
}

async function managedTemplate(build: Builder, core: Core, ownUserData: boolean): Promise<Built> {
    if (build.flag("enableEfaSupport") === true) {
        throw new Error(
            "the sandbox can't build eks.ManagedNodeGroup with enableEfaSupport: add it to sandbox/cloud/construct/eks-nodes.ts",
        );
    }
    const userData = build.arg("userData");
    const encoded =
        userData === undefined
            ? nodeUserData(core)
            : apply([userData], (script) => Buffer.from(String(script)).toString("base64"));
    const tokens = build.flag("enableIMDSv2");
    const diskSize = build.arg("diskSize");
    const version = build.arg("version") ?? core.cluster["version"] ?? UNKNOWN;
    return build.child("aws:ec2/launchTemplate:LaunchTemplate", `${build.name}-launchTemplate`, {
        blockDeviceMappings:
            diskSize === undefined ? undefined : [{ deviceName: "/dev/xvda", ebs: { volumeSize: diskSize } }],
        userData: ownUserData ? encoded : undefined,
        metadataOptions:
            tokens === undefined
                ? undefined
                : { httpTokens: tokens ? "required" : "optional", httpPutResponseHopLimit: 2, httpEndpoint: "enabled" },
        imageId: ownUserData
            ? (build.arg("amiId") ?? (await recommendedImage(build, version, build.inputs)))
            : undefined,
    });
}
