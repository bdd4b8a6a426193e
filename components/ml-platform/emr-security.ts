import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { Place } from "../foundation/arn";
import { PrivateBucket } from "../foundation/bucket";
import { type MlPlatformArgs, sharedResource } from "./args";
import type { EmrCertificate } from "./tenant/args";

export interface EmrSecurityArgs extends Place, Pick<MlPlatformArgs, "product" | "environment" | "protect"> {
    readonly keyArn: pulumi.Input<string>;
    readonly logBucketName: pulumi.Input<string>;
}

/** Ten years; EMR reads the archive when a cluster starts, and a renewed one counts from the next cluster on. */
const validityHours = 87_600;

/**
 * What all clusters of the account have in common in security: none may be public, and one certificate that their nodes
 * prove themselves to each other with. Each tenant's security configuration adds its own key.
 */
export class EmrSecurity extends pulumi.ComponentResource implements EmrCertificate {
    readonly uri: pulumi.Output<string>;
    readonly objectArn: pulumi.Output<string>;
    readonly keyArn: pulumi.Input<string>;

    constructor(name: string, args: EmrSecurityArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:EmrSecurity", name, {}, opts);
        const parent = { parent: this } as const;
        // no exception, not even for port 22 that EMR itself lets be public
        new aws.emr.BlockPublicAccessConfiguration(
            `${name}-public-access`,
            { blockPublicSecurityGroupRules: true },
            parent,
        );

        const generator = new tls.Provider(`${name}-tls`, {}, parent);
        const made = { ...parent, provider: generator } as const;
        const key = new tls.PrivateKey(`${name}-key`, { algorithm: "RSA", rsaBits: 4096 }, made);
        // A wildcard of the region's internal names, as EMR asks for:
        // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-encryption-enable.html#emr-encryption-pem-certificate
        const zone = args.region === "us-east-1" ? "ec2.internal" : `${args.region}.compute.internal`;
        const certificate = new tls.SelfSignedCert(
            `${name}-certificate`,
            {
                privateKeyPem: key.privateKeyPem,
                subject: { commonName: `*.${zone}`, organization: args.product },
                dnsNames: [`*.${zone}`],
                validityPeriodHours: validityHours,
                earlyRenewalHours: 8_760,
                allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
            },
            made,
        );
        const bucket = new PrivateBucket(
            `${name}-certificates`,
            {
                accountId: args.accountId,
                region: args.region,
                bucketName: sharedResource(args, "emr-certificates"),
                keyArn: args.keyArn,
                logBucketName: args.logBucketName,
                protect: args.protect,
            },
            parent,
        );
        const archive = new aws.s3.BucketObjectv2(
            `${name}-archive`,
            {
                bucket: bucket.bucketName,
                key: "emr/certificates.zip",
                source: pulumi.all([key.privateKeyPem, certificate.certPem]).apply(
                    ([privateKey, chain]) =>
                        new pulumi.asset.AssetArchive({
                            "privateKey.pem": new pulumi.asset.StringAsset(privateKey),
                            "certificateChain.pem": new pulumi.asset.StringAsset(chain),
                            "trustedCertificates.pem": new pulumi.asset.StringAsset(chain),
                        }),
                ),
                serverSideEncryption: "aws:kms",
                kmsKeyId: args.keyArn,
            },
            parent,
        );
        this.uri = pulumi.interpolate`s3://${bucket.bucketName}/${archive.key}`;
        this.objectArn = pulumi.interpolate`${bucket.arn}/${archive.key}`;
        this.keyArn = args.keyArn;
        this.registerOutputs({ uri: this.uri });
    }
}
