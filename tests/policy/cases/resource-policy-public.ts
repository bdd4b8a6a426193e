import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "resource-policy-public",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    cases: [
        {
            kind: "violating",
            title: "everyone, as text",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[0].Principal: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "violating",
            title: "everyone, as AWS principal in a list",
            type: "aws:sqs/queuePolicy:QueuePolicy",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::123456789012:root","*"]},"Action":"sqs:*","Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[0].Principal.AWS[1]: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "violating",
            title: "all but one",
            type: "aws:sns/topicPolicy:TopicPolicy",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"*","Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[0].NotPrincipal: the statement lets in anyone, got {"AWS":"arn:aws:iam::123456789012:root"}; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "violating",
            title: "a role that anyone may assume",
            type: "aws:iam/role:Role",
            props: {
                assumeRolePolicy:
                    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}',
            },
            findings: [
                'assumeRolePolicy.Statement[0].Principal.AWS: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "compliant",
            title: "an account",
            type: "aws:kms/key:Key",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}',
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a service",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"*"}]}',
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a document as an object",
            props: {
                policy: {
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: {
                                AWS: "123456789012",
                            },
                            Action: "s3:*",
                            Resource: "*",
                        },
                    ],
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a statement that refuses everyone",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "everyone of one organisation",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abc123"}}}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "everyone on behalf of one bucket",
            type: "aws:sqs/queuePolicy:QueuePolicy",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::uploads"}}}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "everyone through one VPC endpoint",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "everyone who mounts the file system",
            type: "aws:efs/fileSystemPolicy:FileSystemPolicy",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"elasticfilesystem:ClientMount","Resource":"*","Condition":{"Bool":{"elasticfilesystem:AccessedViaMountTarget":"true"}}}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a search domain in a VPC may name everyone",
            type: "aws:opensearch/domain:Domain",
            props: {
                accessPolicies:
                    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"es:*","Resource":"*"}]}',
                vpcOptions: {
                    subnetIds: ["subnet-1"],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a condition on any source ARN",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:*:*:*:*"}}}]}',
            },
            findings: [
                'policy.Statement[0].Principal: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "evasion",
            title: "a condition that holds when the key is missing",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-abc123"}}}]}',
            },
            findings: [
                'policy.Statement[0].Principal: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "evasion",
            title: "a condition that says who is not meant",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-abc123"}}}]}',
            },
            findings: [
                'policy.Statement[0].Principal: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "evasion",
            title: "a condition on the whole internet",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","0.0.0.0/0"]}}}]}',
            },
            findings: [
                'policy.Statement[0].Principal: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "evasion",
            title: "a condition that every caller meets",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}',
            },
            findings: [
                'policy.Statement[0].Principal: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "evasion",
            title: "everyone in the second statement",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"s3:*","Resource":"*"},{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[1].Principal.AWS: the statement lets in anyone, got "*"; set Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn',
            ],
        },
        {
            kind: "evasion",
            title: "no JSON",
            props: {
                policy: "{ Statement: everyone }",
            },
            findings: [
                'policy: the text is no policy document, so that nobody can judge it, got "{ Statement: everyone }"; set it to a document with statements',
            ],
        },
        {
            kind: "absent",
            title: "no policy",
            type: "aws:kms/key:Key",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                policy: UNKNOWN,
            },
            findings: ["policy: undecided until deployment, the value is not known in preview"],
        },
        {
            kind: "unknown",
            title: "an unknown principal in an object",
            props: {
                policy: {
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: {
                                AWS: UNKNOWN,
                            },
                            Action: "s3:*",
                            Resource: "*",
                        },
                    ],
                },
            },
            findings: ["policy.Statement[0].Principal: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
