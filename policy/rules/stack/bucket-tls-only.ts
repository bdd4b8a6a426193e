import { anyPrincipal, readDocument, type Statement } from "../../domain/iam-document";
import type { Node } from "../../engine/node";
import type { StackRule } from "../../engine/rule";
import { stated } from "../../engine/stack";

/** A statement that refuses everyone who comes without TLS. */
function refusesPlain(statement: Statement): boolean {
    const everyone = anyPrincipal({ node: statement.node, allows: true }) !== undefined;
    const conditions = statement.node.get("Condition").entries();
    return (
        !statement.allows &&
        everyone &&
        conditions.some(([operator, keys]) =>
            keys.entries().some(([key, value]) => {
                const name = key.toLowerCase();
                const secure =
                    /^Bool(?:IfExists)?$/.test(operator) &&
                    name === "aws:securetransport" &&
                    value.values().every((node) => node.boolean === false);
                const version = /^NumericLessThan(?:IfExists)?$/.test(operator) && name === "s3:tlsversion";
                return secure || version;
            }),
        )
    );
}

/** `undefined` when it cannot be told yet. */
function demandsTls(policy: Node): boolean | undefined {
    const document = readDocument(policy);
    return document.state === "unknown"
        ? undefined
        : document.state === "known" && document.statements.some(refusesPlain);
}

export const bucketTlsOnly: StackRule = {
    id: "bucket-tls-only",
    title: "Buckets refuse requests without TLS",
    category: "stack",
    enforcement: "mandatory",
    severity: "medium",
    why: "S3 answers plain HTTP as well, to whoever asks.",
    remediation: "Add a BucketPolicy whose statement denies s3:* to everyone where aws:SecureTransport is false.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
    frameworks: [
        { name: "AWS FSBP", control: "S3.5" },
        { name: "CIS AWS 3.0", control: "2.1.1" },
    ],
    checkStack(stack, report) {
        for (const bucket of stack.ofType("aws:s3/bucket:Bucket")) {
            const policies = [
                stated(bucket, "policy"),
                ...stack
                    .referringTo(bucket, "bucket", "aws:s3/bucketPolicy:BucketPolicy")
                    .map((policy) => policy.get("policy")),
            ];
            const answers = policies.filter((policy) => !policy.absent && policy.string !== "").map(demandsTls);
            // A policy that is not known before deployment is judged then.
            if (!answers.includes(true) && !answers.includes(undefined)) {
                report.fault(
                    "",
                    "the bucket answers requests without TLS",
                    "add a BucketPolicy that denies them by aws:SecureTransport",
                    bucket.urn,
                );
            }
        }
    },
};
