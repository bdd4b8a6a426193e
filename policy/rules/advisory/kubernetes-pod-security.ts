import { containers, mayHoldPods, podSpecs } from "../../domain/pod-templates";
import type { Node } from "../../engine/node";
import type { Report } from "../../engine/report";
import type { ResourceRule } from "../../engine/rule";

/** Volume types of the restricted standard: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
const volumes = new Set([
    "name",
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
]);

function must(node: Node, accept: boolean, wrong: string, mend: string, report: Report): void {
    if (node.unknown) {
        report.undecided(node);
    } else if (!accept) {
        report.violation(node, wrong, mend);
    }
}

function checkPod(spec: Node, report: Report): void {
    for (const name of ["hostNetwork", "hostPID", "hostIPC"]) {
        const node = spec.child(name);
        must(node, node.boolean !== true, "the pod shares the node's namespace", "it to false", report);
    }
    for (const volume of spec.child("volumes").items()) {
        const other = volume.keys().find((key) => !volumes.has(key));
        if (other !== undefined) {
            report.violation(
                volume.child(other),
                "the volume type is not among the restricted ones",
                "the volume to another type",
            );
        }
    }
    for (const port of containers(spec).flatMap((container) => container.child("ports").items())) {
        const node = port.child("hostPort");
        must(node, (node.number ?? 0) === 0, "the container takes a port of the node", "no hostPort", report);
    }
}

/** What a container sets itself goes before what its pod sets. */
function checkContainer(container: Node, pod: Node, report: Report): void {
    const own = container.child("securityContext");
    const nonRoot = own.child("runAsNonRoot").absent ? pod.child("runAsNonRoot") : own.child("runAsNonRoot");
    const shown = nonRoot.absent ? own.child("runAsNonRoot") : nonRoot;
    const user = own.child("runAsUser").absent ? pod.child("runAsUser") : own.child("runAsUser");
    const profile = own.get("seccompProfile.type").absent
        ? pod.get("seccompProfile.type")
        : own.get("seccompProfile.type");
    const escalation = own.child("allowPrivilegeEscalation");
    const dropped = own.get("capabilities.drop");
    const added = own
        .get("capabilities.add")
        .values()
        .find((node) => node.string !== "NET_BIND_SERVICE" && !node.unknown);
    must(
        own.child("privileged"),
        own.child("privileged").boolean !== true,
        "the container is privileged",
        "it to false",
        report,
    );
    must(escalation, escalation.boolean === false, "the process may gain privileges", "it to false", report);
    must(shown, nonRoot.boolean === true, "the container may run as root", "it to true", report);
    must(user, user.number !== 0, "the container runs as root", "it to another user", report);
    must(
        profile.absent ? own.get("seccompProfile.type") : profile,
        /^(?:RuntimeDefault|Localhost)$/.test(profile.string ?? ""),
        "system calls are not filtered",
        "it to RuntimeDefault",
        report,
    );
    must(
        dropped,
        dropped.values().some((node) => node.string?.toUpperCase() === "ALL"),
        "capabilities are kept",
        'it to ["ALL"]',
        report,
    );
    if (added !== undefined) {
        report.violation(added, "a capability is added", "none but NET_BIND_SERVICE");
    }
}

export const kubernetesPodSecurity: ResourceRule = {
    id: "kubernetes-pod-security",
    title: "Pods keep to the restricted Pod Security Standard",
    category: "advisory",
    enforcement: "advisory",
    severity: "medium",
    why: "A container that runs as root, or with more of the node than it needs, is half the way out of its box.",
    remediation:
        "Set securityContext of pod and containers: runAsNonRoot, allowPrivilegeEscalation: false, capabilities.drop ALL, seccompProfile RuntimeDefault.",
    url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    frameworks: [
        { name: "CIS Kubernetes", control: "5.2" },
        { name: "NSA/CISA Kubernetes", control: "Kubernetes Pod security" },
    ],
    types: mayHoldPods,
    check(resource, report) {
        for (const spec of podSpecs(resource)) {
            if (spec.known && spec.get("os.name").string !== "windows") {
                checkPod(spec, report);
                for (const container of containers(spec).filter((item) => item.known)) {
                    checkContainer(container, spec.child("securityContext"), report);
                }
            }
        }
    },
};
