import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type Bag, bagOf, compact, type Wire } from "../wire";
import type { Builder, ChildOptions } from "./builder";
import { addonVersion, stableJson } from "./eks-parts";
import { apply, known } from "./values";

/** Options that become the plugin's environment, with what eks.VpcCniAddon sets where the program says nothing. */
const ENVIRONMENT: readonly (readonly [variable: string, option: string, standard?: string])[] = [
    ["AWS_VPC_CNI_NODE_PORT_SUPPORT", "nodePortSupport"],
    ["WARM_ENI_TARGET", "warmEniTarget", "1"],
    ["WARM_IP_TARGET", "warmIpTarget"],
    ["WARM_PREFIX_TARGET", "warmPrefixTarget"],
    ["ENABLE_PREFIX_DELEGATION", "enablePrefixDelegation"],
    ["AWS_VPC_K8S_CNI_LOGLEVEL", "logLevel", "DEBUG"],
    ["AWS_VPC_K8S_CNI_LOG_FILE", "logFile", "/host/var/log/aws-routed-eni/ipamd.log"],
    ["AWS_VPC_K8S_CNI_VETHPREFIX", "vethPrefix", "eni"],
    ["AWS_VPC_ENI_MTU", "eniMtu", "9001"],
    ["ENI_CONFIG_LABEL_DEF", "eniConfigLabelDef"],
    ["AWS_VPC_K8S_PLUGIN_LOG_LEVEL", "pluginLogLevel", "DEBUG"],
    ["AWS_VPC_K8S_PLUGIN_LOG_FILE", "pluginLogFile", "/var/log/aws-routed-eni/plugin.log"],
    ["ENABLE_POD_ENI", "enablePodEni", "false"],
    ["AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER", "cniConfigureRpfilter"],
    ["AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "cniCustomNetworkCfg", "false"],
    ["AWS_VPC_K8S_CNI_EXTERNALSNAT", "cniExternalSnat", "false"],
];

function environment(options: Bag): Bag {
    return compact(
        Object.fromEntries(
            ENVIRONMENT.map(([variable, option, standard]) => {
                const given = options[option] ?? undefined;
                return [variable, given === undefined || given === false ? standard : String(given)];
            }),
        ),
    );
}

/** The add-on of eks:index:VpcCniAddon, after https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/addons/cni-addon.ts */
export async function vpcCni(
    build: Builder,
    name: string,
    options: { readonly [option: string]: Wire | undefined },
    child: ChildOptions,
): Promise<string> {
    const { clusterName, clusterVersion, ...rest } = options;
    const version =
        options["addonVersion"] ??
        (clusterVersion === undefined ? undefined : await addonVersion(build, "vpc-cni", clusterVersion));
    if (version === undefined) {
        throw new Error(
            "You need to specify either `addonVersion` or `clusterVersion` to determine the version of the vpc-cni addon to use.",
        );
    }
    const configurationValues = apply([compact(rest)], (bare) => {
        const given = bagOf(bare);
        const values = bagOf(given["configurationValues"]);
        const init = bagOf(values["init"]);
        const policy = given["enableNetworkPolicy"];
        return stableJson({
            ...(policy === undefined ? {} : { enableNetworkPolicy: String(policy) }),
            ...values,
            env: { ...environment(given), ...bagOf(values["env"]) },
            init: {
                ...init,
                env: { DISABLE_TCP_EARLY_DEMUX: String(given["disableTcpEarlyDemux"] ?? false), ...bagOf(init["env"]) },
            },
        });
    });
    const addon = await build.child(
        "aws:eks/addon:Addon",
        name,
        {
            clusterName: clusterName ?? undefined,
            addonVersion: version,
            addonName: "vpc-cni",
            resolveConflictsOnCreate: options["resolveConflictsOnCreate"] ?? "OVERWRITE",
            resolveConflictsOnUpdate: options["resolveConflictsOnUpdate"] ?? "OVERWRITE",
            preserve: true,
            configurationValues,
            serviceAccountRoleArn: options["serviceAccountRoleArn"],
            tags: options["tags"],
        },
        child,
    );
    if (known(options["securityContextPrivileged"]) === true) {
        throw new Error(
            "the sandbox can't build the VPC CNI with securityContextPrivileged: add it to sandbox/cloud/construct/eks-cni.ts",
        );
    }
    return addon.urn;
}

export async function vpcCniAddonComponent(build: Builder): Promise<ConstructResponse> {
    await vpcCni(build, build.name, build.inputs, {});
    return build.done({});
}
