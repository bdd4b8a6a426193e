import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { appLabels } from "./labels";

export interface RetainedStorageArgs {
    /** Key that volumes are encrypted with. */
    readonly kmsKeyArn: pulumi.Input<string>;
}

/**
 * Encrypted gp3 volumes of EBS that outlive their claim; the cluster's own class deletes them with it.
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export function retainedStorage(
    name: string,
    args: RetainedStorageArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
    const metadata = { name: "gp3-encrypted-retained", labels: appLabels() };
    return new k8s.storage.v1.StorageClass(
        name,
        {
            metadata,
            provisioner: "ebs.csi.aws.com",
            // all values are texts
            parameters: { type: "gp3", encrypted: "true", kmsKeyId: args.kmsKeyArn },
            reclaimPolicy: "Retain",
            // a volume lives in one zone: make it where its pod is scheduled
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
        },
        opts,
    );
}
