import { type Place, regionalArn } from "../../foundation/arn";
import type { Statement } from "../../foundation/policy-document";

/**
 * What the AWS Load Balancer Controller does, as its project lists it, less what this platform has no use for (web ACLs,
 * Shield, Cognito, IP pools), and narrowed to this account, region and cluster where the services allow it.
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json
 */
export function loadBalancerStatements(place: Place): readonly Statement[] {
    const elb = (resource: string) => regionalArn(place, "elasticloadbalancing", resource);
    const balancers = [elb("loadbalancer/app/*"), elb("loadbalancer/net/*")];
    const groups = [elb("targetgroup/*")];
    const listeners = [elb("listener/*"), elb("listener-rule/*")];
    const securityGroups = [regionalArn(place, "ec2", "security-group/*")];
    const cluster = "elbv2.k8s.aws/cluster";
    const owned = { Null: { [`aws:ResourceTag/${cluster}`]: "false" } } as const;
    const becomesOwned = { Null: { [`aws:RequestTag/${cluster}`]: "false" } } as const;
    return [
        {
            // none of these has resources to name
            sid: "See",
            actions: [
                "acm:DescribeCertificate",
                "acm:ListCertificates",
                ..."AvailabilityZones Instances InternetGateways NetworkInterfaces SecurityGroups Subnets Tags Vpcs"
                    .split(" ")
                    .map((what) => `ec2:Describe${what}`),
                "ec2:GetSecurityGroupsForVpc",
                ...[
                    "CapacityReservation",
                    "ListenerAttributes",
                    "ListenerCertificates",
                    "Listeners",
                    "LoadBalancerAttributes",
                    "LoadBalancers",
                    "Rules",
                    "SSLPolicies",
                    "Tags",
                    "TargetGroupAttributes",
                    "TargetGroups",
                    "TargetHealth",
                    "TrustStores",
                ].map((what) => `elasticloadbalancing:Describe${what}`),
            ],
            resources: ["*"],
        },
        {
            sid: "ServiceLinkedRole",
            actions: ["iam:CreateServiceLinkedRole"],
            resources: [
                `arn:aws:iam::${place.accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
            ],
            conditions: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
        },
        {
            sid: "CreateGroups",
            actions: ["ec2:CreateSecurityGroup"],
            resources: [...securityGroups, regionalArn(place, "ec2", "vpc/*")],
        },
        {
            sid: "TagNewGroups",
            actions: ["ec2:CreateTags"],
            resources: securityGroups,
            conditions: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" }, ...becomesOwned },
        },
        {
            sid: "TagOwnGroups",
            actions: ["ec2:CreateTags", "ec2:DeleteTags"],
            resources: securityGroups,
            conditions: {
                Null: { [`aws:RequestTag/${cluster}`]: "true", [`aws:ResourceTag/${cluster}`]: "false" },
            },
        },
        {
            // the nodes' group, which isn't the controller's own, is opened to the load balancer too
            sid: "OpenGroups",
            actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
            resources: securityGroups,
        },
        { sid: "DeleteOwnGroups", actions: ["ec2:DeleteSecurityGroup"], resources: securityGroups, conditions: owned },
        {
            sid: "Create",
            actions: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
            resources: [...balancers, ...groups],
            conditions: becomesOwned,
        },
        {
            sid: "TagNew",
            actions: ["elasticloadbalancing:AddTags"],
            resources: [...balancers, ...groups],
            conditions: {
                StringEquals: { "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"] },
                ...becomesOwned,
            },
        },
        {
            sid: "TagOwn",
            actions: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
            resources: [...balancers, ...groups],
            conditions: {
                Null: { [`aws:RequestTag/${cluster}`]: "true", [`aws:ResourceTag/${cluster}`]: "false" },
            },
        },
        {
            sid: "ListenersAndRules",
            actions: [
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:CreateListener",
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:AddListenerCertificates",
                "elasticloadbalancing:RemoveListenerCertificates",
                "elasticloadbalancing:CreateRule",
                "elasticloadbalancing:DeleteRule",
                "elasticloadbalancing:ModifyRule",
                "elasticloadbalancing:SetRulePriorities",
            ],
            resources: [...listeners, ...balancers],
        },
        {
            sid: "ChangeOwn",
            actions: [
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:SetIpAddressType",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
            ],
            resources: [...balancers, ...groups],
            conditions: owned,
        },
        {
            sid: "RegisterPods",
            actions: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
            resources: groups,
        },
    ];
}
