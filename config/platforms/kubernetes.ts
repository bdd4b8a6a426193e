import { textOf } from "../fields";

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/; a volume is never counted in bytes. */
export const volumeSize = () => textOf(/^[1-9]\d*(Mi|Gi|Ti)$/, "a volume size such as 10Gi");

/** RFC 1123 label, which is what Kubernetes takes for namespaces. */
export const namespaceName = () => textOf(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a Kubernetes namespace name");
