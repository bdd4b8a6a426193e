import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "storage-class-encryption",
    type: "kubernetes:storage.k8s.io/v1:StorageClass",
    cases: [
        {
            kind: "violating",
            title: "in plain",
            props: {
                provisioner: "ebs.csi.aws.com",
                parameters: {
                    type: "gp3",
                    encrypted: "false",
                },
            },
            findings: ['parameters.encrypted: volumes of the class are not encrypted, got "false"; set it to "true"'],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                provisioner: "ebs.csi.aws.com",
                parameters: {
                    type: "gp3",
                    encrypted: "true",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a class of another provisioner",
            props: {
                provisioner: "efs.csi.aws.com",
                parameters: {},
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the in-tree provisioner without parameters",
            props: {
                provisioner: "kubernetes.io/aws-ebs",
            },
            findings: ['parameters.encrypted: volumes of the class are not encrypted, got nothing; set it to "true"'],
        },
        {
            kind: "absent",
            title: "a driver class that says nothing",
            props: {
                provisioner: "ebs.csi.eks.amazonaws.com",
            },
            findings: ['parameters.encrypted: volumes of the class are not encrypted, got nothing; set it to "true"'],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                provisioner: "ebs.csi.aws.com",
                parameters: {
                    encrypted: UNKNOWN,
                },
            },
            findings: ["parameters.encrypted: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
