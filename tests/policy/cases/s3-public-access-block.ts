import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "s3-public-access-block",
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    cases: [
        {
            kind: "violating",
            title: "one of four is off",
            props: {
                blockPublicAcls: true,
                blockPublicPolicy: false,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            findings: ["blockPublicPolicy: the block is off, got false; set blockPublicPolicy: true"],
        },
        {
            kind: "violating",
            title: "the account's",
            type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
            props: {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: false,
            },
            findings: ["restrictPublicBuckets: the block is off, got false; set restrictPublicBuckets: true"],
        },
        {
            kind: "compliant",
            title: "all four",
            props: {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an access point that says nothing blocks",
            type: "aws:s3/accessPoint:AccessPoint",
            props: {},
            findings: [],
        },
        {
            kind: "harmless",
            title: "an access point in a VPC",
            type: "aws:s3/accessPoint:AccessPoint",
            props: {
                vpcConfiguration: {
                    vpcId: "vpc-1",
                },
                publicAccessBlockConfiguration: {
                    blockPublicPolicy: false,
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "an access point with one flag off",
            type: "aws:s3/accessPoint:AccessPoint",
            props: {
                publicAccessBlockConfiguration: {
                    blockPublicPolicy: false,
                },
            },
            findings: [
                "publicAccessBlockConfiguration.blockPublicPolicy: the block is off, got false; set publicAccessBlockConfiguration.blockPublicPolicy: true",
            ],
        },
        {
            kind: "absent",
            title: "nothing said: all four are off",
            props: {},
            findings: [
                "blockPublicAcls: the block is off, got nothing; set blockPublicAcls: true",
                "blockPublicPolicy: the block is off, got nothing; set blockPublicPolicy: true",
                "ignorePublicAcls: the block is off, got nothing; set ignorePublicAcls: true",
                "restrictPublicBuckets: the block is off, got nothing; set restrictPublicBuckets: true",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                blockPublicAcls: UNKNOWN,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            findings: ["blockPublicAcls: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
