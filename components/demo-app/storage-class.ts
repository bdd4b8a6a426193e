import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { appLabels } from "./labels";

export interface EncryptedStorageArgs {
    /** Key that volumes are encrypted with. */
    readonly kmsKeyArn: pulumi.Input<string>;
    /** Keep an EBS volume when its claim goes away. */
    readonly retain: boolean;
}

/**
 * Encrypted gp3 volumes of EBS. A class of this name belongs to the cluster that the app brings along.
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export function encryptedStorage(
    name: string,
    args: EncryptedStorageArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
    return new k8s.storage.v1.StorageClass(
        name,
        {
            metadata: { name: "gp3-encrypted", labels: appLabels() },
            provisioner: "ebs.csi.aws.com",
            // all values are texts
            parameters: { type: "gp3", encrypted: "true", kmsKeyId: args.kmsKeyArn },
            // a volume lives in one zone: make it where its pod is scheduled
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
            reclaimPolicy: args.retain ? "Retain" : "Delete",
        },
        opts,
    );
}
