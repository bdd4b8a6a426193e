import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** A listener whose only answer is "come back over TLS". */
function redirects(listener: Node): boolean {
    const actions = listener.get("defaultActions").items();
    return (
        actions.length > 0 &&
        actions.every(
            (action) =>
                action.get("type").string === "redirect" &&
                action.get("redirect.protocol").string?.toUpperCase() === "HTTPS",
        )
    );
}

export const loadBalancerPlain: ResourceRule = {
    id: "load-balancer-plain",
    title: "Listeners of load balancers speak TLS",
    category: "in-transit",
    enforcement: "mandatory",
    severity: "high",
    why: "What goes over HTTP is read and changed by everyone on the way, session cookies first.",
    remediation: "Set protocol to HTTPS (TLS) with certificateArn, or redirect to HTTPS.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
    frameworks: [
        { name: "AWS FSBP", control: "ELB.1" },
        { name: "AWS FSBP", control: "ELB.3" },
        { name: "AWS FSBP", control: "ELB.18" },
    ],
    types: ["aws:lb/listener:Listener", "aws:elb/loadBalancer:LoadBalancer"],
    check({ type, inputs }, report) {
        const listeners = type === "aws:elb/loadBalancer:LoadBalancer" ? inputs.get("listeners").items() : [inputs];
        for (const listener of listeners) {
            const protocol = listener.get(type === "aws:elb/loadBalancer:LoadBalancer" ? "lbProtocol" : "protocol");
            const actions = listener.get("defaultActions");
            if (protocol.unknown) {
                report.undecided(protocol);
            } else if (protocol.string?.toUpperCase() === "HTTP" && actions.hasUnknown() && !redirects(listener)) {
                report.undecided(actions);
            } else if (
                /^(?:HTTP|TCP)$/i.test(protocol.string ?? "") &&
                !redirects(listener) &&
                !isPassThrough(type, protocol)
            ) {
                report.violation(protocol, "the listener does not encrypt", "it to HTTPS or TLS, or redirect to HTTPS");
            }
        }
    },
};

/** TCP on a network load balancer hands the stream on as it is: whether it is encrypted is decided behind it. */
function isPassThrough(type: string, protocol: Node): boolean {
    return protocol.string?.toUpperCase() === "TCP" && type === "aws:lb/listener:Listener";
}
