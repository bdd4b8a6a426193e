import type { StackRule } from "../../engine/rule";
import { stated } from "../../engine/stack";

const association = "aws:wafv2/webAclAssociation:WebAclAssociation";

export const loadBalancerWithoutWaf: StackRule = {
    id: "load-balancer-without-waf",
    title: "Public application load balancers stand behind a web ACL",
    category: "stack",
    enforcement: "advisory",
    severity: "medium",
    why: "A web ACL takes known attacks and floods before they reach the application.",
    remediation: "Add aws.wafv2.WebAclAssociation with resourceArn of the load balancer.",
    url: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-chapter.html",
    frameworks: [],
    checkStack(stack, report) {
        for (const balancer of stack.ofType("aws:lb/loadBalancer:LoadBalancer")) {
            const kind = stated(balancer, "loadBalancerType").string ?? "application";
            const facing =
                kind === "application" &&
                stated(balancer, "internal").boolean !== true &&
                !stated(balancer, "internal").unknown;
            if (facing && stack.referringTo(balancer, "resourceArn", association).length === 0) {
                report.fault(
                    "",
                    "the public load balancer has no web ACL",
                    "add a WebAclAssociation for it",
                    balancer.urn,
                );
            }
        }
    },
};
