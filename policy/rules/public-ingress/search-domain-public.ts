import { parseJson } from "../../domain/json-properties";
import type { ResourceRule } from "../../engine/rule";

export const searchDomainPublic: ResourceRule = {
    id: "search-domain-public",
    title: "OpenSearch stands inside the VPC",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "critical",
    why: "A domain without VPC options has an endpoint on the internet, guarded by its access policy alone.",
    remediation: "Set vpcOptions.subnetIds; in a serverless network policy, AllowFromPublic: false with SourceVPCEs.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-2",
    frameworks: [
        { name: "AWS FSBP", control: "Opensearch.2" },
        { name: "AWS FSBP", control: "ES.2" },
    ],
    types: [
        "aws:opensearch/domain:Domain",
        "aws:elasticsearch/domain:Domain",
        "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
    ],
    check(resource, report) {
        if (resource.type !== "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy") {
            const subnets = resource.get("vpcOptions.subnetIds");
            if (!subnets.unknown && subnets.values().length === 0) {
                report.violation(subnets, "the domain has an endpoint on the internet", "it to private subnets");
            }
            return;
        }
        if (resource.get("type").string !== "network") {
            return;
        }
        const policy = parseJson(resource.get("policy"));
        if (policy.state === "unknown") {
            report.undecided(resource.get("policy"));
        } else if (policy.state === "malformed") {
            report.violation(resource.get("policy"), "the policy is no JSON", "it to a list of network rules");
        }
        for (const rule of policy.state === "known" ? policy.node.items() : []) {
            if (rule.child("AllowFromPublic").boolean === true) {
                report.violation(
                    rule.child("AllowFromPublic"),
                    "the collection is open to the internet",
                    "it to false, and SourceVPCEs",
                );
            }
        }
    },
};
