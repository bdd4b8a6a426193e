import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "s3-public-acl",
    type: "aws:s3/bucketAcl:BucketAcl",
    cases: [
        {
            kind: "violating",
            title: "public-read",
            props: {
                acl: "public-read",
            },
            findings: ['acl: everyone may read it, got "public-read"; set it to private'],
        },
        {
            kind: "violating",
            title: "a bucket, older type",
            type: "aws:s3/bucketV2:BucketV2",
            props: {
                acl: "public-read-write",
            },
            findings: ['acl: everyone may read it, got "public-read-write"; set it to private'],
        },
        {
            kind: "violating",
            title: "a grant to all users",
            props: {
                accessControlPolicy: {
                    grants: [
                        {
                            permission: "READ",
                            grantee: {
                                type: "Group",
                                uri: "http://acs.amazonaws.com/groups/global/AllUsers",
                            },
                        },
                    ],
                },
            },
            findings: [
                'accessControlPolicy.grants[0].grantee.uri: the grant is for everyone, got "http://acs.amazonaws.com/groups/global/AllUsers"; set no grant to a global group',
            ],
        },
        {
            kind: "compliant",
            title: "private",
            props: {
                acl: "private",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a grant for log delivery",
            props: {
                accessControlPolicy: {
                    grants: [
                        {
                            permission: "WRITE",
                            grantee: {
                                type: "Group",
                                uri: "http://acs.amazonaws.com/groups/s3/LogDelivery",
                            },
                        },
                    ],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "everyone with any AWS account",
            props: {
                acl: "authenticated-read",
            },
            findings: ['acl: everyone may read it, got "authenticated-read"; set it to private'],
        },
        {
            kind: "evasion",
            title: "a grant of the bucket itself",
            type: "aws:s3/bucket:Bucket",
            props: {
                grants: [
                    {
                        type: "Group",
                        permissions: ["READ"],
                        uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
                    },
                ],
            },
            findings: [
                'grants[0].uri: the grant is for everyone, got "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"; set no grant to a global group',
            ],
        },
        {
            kind: "absent",
            title: "nothing said",
            type: "aws:s3/bucket:Bucket",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                acl: UNKNOWN,
            },
            findings: ["acl: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
