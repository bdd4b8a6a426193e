import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface CertificateArgs {
    readonly domainName: string;
    /** Hosted zone of the domain, which may belong to another account. */
    readonly hostedZoneId: pulumi.Input<string>;
    /** Acts in the hosted zone's account. @default the component's own */
    readonly dnsProvider?: aws.Provider;
}

/** A certificate of ACM that proves itself by a DNS record, and so renews itself too. */
export class Certificate extends pulumi.ComponentResource {
    /** Known as soon as the certificate is valid. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:foundation:Certificate", name, {}, opts);
        const certificate = new aws.acm.Certificate(
            `${name}-certificate`,
            { domainName: args.domainName, validationMethod: "DNS", keyAlgorithm: "EC_prime256v1" },
            { parent: this },
        );
        // one name, so one proof
        const proof = certificate.domainValidationOptions.apply((options) => options[0]);
        const field = (key: "resourceRecordName" | "resourceRecordType" | "resourceRecordValue") =>
            proof.apply((option) => option?.[key] ?? "");
        const record = new aws.route53.Record(
            `${name}-proof`,
            {
                zoneId: args.hostedZoneId,
                name: field("resourceRecordName"),
                type: field("resourceRecordType"),
                records: [field("resourceRecordValue")],
                ttl: 300,
                // every environment's certificate of one name asks for the same record
                allowOverwrite: true,
            },
            { parent: this, provider: args.dnsProvider },
        );
        const validation = new aws.acm.CertificateValidation(
            `${name}-validation`,
            { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
            { parent: this },
        );
        this.arn = validation.certificateArn;
        this.registerOutputs({ arn: this.arn });
    }
}
