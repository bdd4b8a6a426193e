import { z } from "zod";
import { checkRanges, widestOf, widestRange } from "../../domain/ingress";
import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

const settings = widestRange.extend({
    /** Ports that a network ACL may open to the internet: the security groups behind it decide who gets in. */
    webPorts: z.array(z.int().min(1).max(65535)).default([80, 443]),
});

/** Answers to outgoing connections come in on some thousand high ports, and an ACL keeps no state: such a range must be open. */
const fewestReturnPorts = 11_000;
const firstUnprivileged = 1024;

function isHarmless(rule: Node, webPorts: readonly number[]): boolean {
    const action = rule.get("action").string ?? rule.get("ruleAction").string;
    const from = rule.get("fromPort").number;
    const to = rule.get("toPort").number;
    const anyProtocol = /^(?:-1|all)$/i.test(String(rule.get("protocol").plain(1)));
    if (action?.toLowerCase() === "deny" || rule.get("egress").boolean === true) {
        return true;
    }
    if (anyProtocol || from === undefined || to === undefined) {
        return false;
    }
    const returns = from >= firstUnprivileged && to - from >= fewestReturnPorts;
    return returns || (from === to && webPorts.includes(from));
}

function rulesOf(type: string, inputs: Node): readonly Node[] {
    if (type === "aws:ec2/networkAclRule:NetworkAclRule") {
        return [inputs];
    }
    const ingress = inputs.get("ingress");
    return ingress.unknown ? [ingress] : ingress.items();
}

export const networkAclOpen: ResourceRule = {
    id: "network-acl-open",
    title: "Network ACLs open no ports to the internet but the web's and those of answers",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "medium",
    why: "A network ACL that lets everything in leaves the security groups as the only line of defence.",
    remediation: "Narrow cidrBlock or ipv6CidrBlock, or fromPort and toPort, of the ingress rule.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21",
    frameworks: [
        { name: "AWS FSBP", control: "EC2.21" },
        { name: "CIS AWS 3.0", control: "5.1" },
    ],
    types: [
        "aws:ec2/networkAcl:NetworkAcl",
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
        "aws:ec2/networkAclRule:NetworkAclRule",
    ],
    thresholds: settings,
    check({ type, inputs }, report, { thresholds }) {
        const { webPorts } = settings.parse(thresholds);
        for (const rule of rulesOf(type, inputs)) {
            if (rule.unknown) {
                report.undecided(rule);
            } else if (!isHarmless(rule, webPorts)) {
                checkRanges(
                    [rule.get("cidrBlock"), rule.get("ipv6CidrBlock")],
                    "the ACL lets the internet in",
                    "it to a range of your own, or narrow fromPort and toPort",
                    widestOf(thresholds),
                    report,
                );
            }
        }
    },
};
