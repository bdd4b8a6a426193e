import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

const publicAcls = new Set(["public-read", "public-read-write", "authenticated-read", "website"]);
const publicGroup = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/;

function uris(inputs: Node): readonly Node[] {
    const lists = [inputs.get("grants"), inputs.get("accessControlPolicy.grants")];
    return lists.flatMap((list) =>
        list.unknown
            ? [list]
            : list.items().map((grant) => (grant.get("uri").absent ? grant.get("grantee.uri") : grant.get("uri"))),
    );
}

export const s3PublicAcl: ResourceRule = {
    id: "s3-public-acl",
    title: "Buckets and objects have no public ACL",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "critical",
    why: "The groups AllUsers and AuthenticatedUsers are everyone on the internet and everyone with any AWS account.",
    remediation: "Leave acl out, or set it to private, and grant by bucket policy.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl",
    frameworks: [
        { name: "AWS FSBP", control: "S3.2" },
        { name: "AWS FSBP", control: "S3.3" },
    ],
    types: [
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketAcl:BucketAcl",
        "aws:s3/bucketObject:BucketObject",
        "aws:s3/bucketObjectv2:BucketObjectv2",
        "aws:s3/objectCopy:ObjectCopy",
    ],
    check({ inputs }, report) {
        const acl = inputs.get("acl");
        if (acl.unknown) {
            report.undecided(acl);
        } else if (acl.string !== undefined && publicAcls.has(acl.string.toLowerCase())) {
            report.violation(acl, "everyone may read it", "it to private");
        }
        for (const uri of uris(inputs)) {
            if (uri.unknown) {
                report.undecided(uri);
            } else if (publicGroup.test(uri.string ?? "")) {
                report.violation(uri, "the grant is for everyone", "no grant to a global group");
            }
        }
    },
};
