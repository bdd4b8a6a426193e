import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "encryption-default-implicit",
    type: "aws:eks/cluster:Cluster",
    cases: [
        {
            kind: "violating",
            title: "a cluster without a key for secrets",
            props: {},
            findings: [
                "encryptionConfig: AWS's default decides, got nothing; set encryptionConfig.provider.keyArn to a key of your own",
            ],
        },
        {
            kind: "violating",
            title: "Kafka without encryption info",
            type: "aws:msk/cluster:Cluster",
            props: {},
            findings: [
                "encryptionInfo: AWS's default decides, got nothing; set encryptionInfo.encryptionAtRestKmsKeyArn to a key of your own",
            ],
        },
        {
            kind: "violating",
            title: "a work group without encryption",
            type: "aws:athena/workgroup:Workgroup",
            props: {
                configuration: {
                    resultConfiguration: {
                        outputLocation: "s3://results",
                    },
                },
            },
            findings: [
                "configuration.resultConfiguration.encryptionConfiguration.encryptionOption: AWS's default decides, got nothing; set it to SSE_KMS",
            ],
        },
        {
            kind: "compliant",
            title: "a key for secrets",
            props: {
                encryptionConfig: {
                    provider: {
                        keyArn: "arn:aws:kms:eu-west-1:123456789012:key/1",
                    },
                    resources: ["secrets"],
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a queue with AWS's own encryption, stated",
            type: "aws:sqs/queue:Queue",
            props: {
                sqsManagedSseEnabled: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "results that Athena keeps",
            type: "aws:athena/workgroup:Workgroup",
            props: {
                configuration: {
                    managedQueryResultsConfiguration: {
                        enabled: true,
                    },
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a cluster of eks.Cluster",
            component: "eks:index:Cluster",
            props: {
                vpcConfig: {},
            },
            findings: [
                "encryptionConfig: AWS's default decides, got nothing; set encryptionConfig.provider.keyArn to a key of your own (made by eks.Cluster: set its encryptionConfigKeyArn)",
            ],
        },
        {
            kind: "absent",
            title: "a queue that says nothing",
            type: "aws:sqs/queue:Queue",
            props: {},
            findings: [
                "sqsManagedSseEnabled: AWS's default decides, got nothing; set kmsMasterKeyId to a key of your own",
            ],
        },
        {
            kind: "unknown",
            title: "a key not known yet is stated",
            props: {
                encryptionConfig: UNKNOWN,
            },
            findings: [],
        },
    ],
};

export default cases;
