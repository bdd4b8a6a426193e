import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "image-shared-publicly",
    type: "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    cases: [
        {
            kind: "violating",
            title: "an image for all",
            props: {
                group: "all",
            },
            findings: ['group: it is shared with everyone, got "all"; set it to the accounts that may use it'],
        },
        {
            kind: "violating",
            title: "a snapshot for all",
            type: "aws:rds/snapshot:Snapshot",
            props: {
                sharedAccounts: ["123456789012", "all"],
            },
            findings: [
                'sharedAccounts[1]: it is shared with everyone, got "all"; set it to the accounts that may use it',
            ],
        },
        {
            kind: "violating",
            title: "a document for all",
            type: "aws:ssm/document:Document",
            props: {
                permissions: {
                    type: "Share",
                    account_ids: "All",
                },
            },
            findings: [
                'permissions.account_ids: it is shared with everyone, got "All"; set it to the accounts that may use it',
            ],
        },
        {
            kind: "violating",
            title: "the account's block is off",
            type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
            props: {
                state: "unblocked",
            },
            findings: [
                'state: public sharing is allowed, got "unblocked"; set it to block-all-sharing (images: block-new-sharing)',
            ],
        },
        {
            kind: "compliant",
            title: "one account",
            props: {
                accountId: "123456789012",
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "the account's block is on",
            type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
            props: {
                state: "block-all-sharing",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a document for two accounts",
            type: "aws:ssm/document:Document",
            props: {
                permissions: {
                    type: "Share",
                    account_ids: "123456789012,210987654321",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "all, among accounts in one text",
            type: "aws:ssm/document:Document",
            props: {
                permissions: {
                    type: "Share",
                    account_ids: "123456789012, all",
                },
            },
            findings: [
                'permissions.account_ids: it is shared with everyone, got "123456789012, all"; set it to the accounts that may use it',
            ],
        },
        {
            kind: "absent",
            title: "nothing shared",
            type: "aws:rds/snapshot:Snapshot",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            type: "aws:rds/snapshot:Snapshot",
            props: {
                sharedAccounts: [UNKNOWN],
            },
            findings: ["sharedAccounts[0]: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
