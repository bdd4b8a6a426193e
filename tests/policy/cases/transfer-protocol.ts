import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "transfer-protocol",
    type: "aws:transfer/server:Server",
    cases: [
        {
            kind: "violating",
            title: "FTP",
            props: {
                protocols: ["FTP"],
            },
            findings: ['protocols[0]: files and passwords travel in plain, got "FTP"; set it to SFTP or FTPS'],
        },
        {
            kind: "compliant",
            title: "SFTP",
            props: {
                protocols: ["SFTP"],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "FTPS",
            props: {
                protocols: ["FTPS"],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "FTP beside SFTP",
            props: {
                protocols: ["SFTP", "ftp"],
            },
            findings: ['protocols[1]: files and passwords travel in plain, got "ftp"; set it to SFTP or FTPS'],
        },
        {
            kind: "absent",
            title: "nothing said is SFTP",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                protocols: [UNKNOWN],
            },
            findings: ["protocols[0]: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
