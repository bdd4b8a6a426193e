import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "eks-node-remote-access",
    type: "aws:eks/nodeGroup:NodeGroup",
    cases: [
        {
            kind: "violating",
            title: "a key without source groups",
            props: {
                remoteAccess: {
                    ec2SshKey: "admin",
                },
            },
            findings: [
                "remoteAccess.sourceSecurityGroupIds: port 22 of the nodes is open to the internet, got nothing; set it to the groups that may connect",
            ],
        },
        {
            kind: "compliant",
            title: "a key with a source group",
            props: {
                remoteAccess: {
                    ec2SshKey: "admin",
                    sourceSecurityGroupIds: ["sg-1"],
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "source groups without a key",
            props: {
                remoteAccess: {
                    sourceSecurityGroupIds: [],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "an empty list of source groups",
            props: {
                remoteAccess: {
                    ec2SshKey: "admin",
                    sourceSecurityGroupIds: [],
                },
            },
            findings: [
                "remoteAccess.sourceSecurityGroupIds: port 22 of the nodes is open to the internet, got []; set it to the groups that may connect",
            ],
        },
        {
            kind: "absent",
            title: "no remote access",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "source groups not known yet",
            props: {
                remoteAccess: {
                    ec2SshKey: "admin",
                    sourceSecurityGroupIds: UNKNOWN,
                },
            },
            findings: [],
        },
    ],
};

export default cases;
