import { MlPlatform, type MlPlatformArgs } from "../../../components/ml-platform";
import { mlPlatform } from "../../../config/platforms/ml-platform";
import { type RecordedResource, type Recording, record } from "../../support/mocks";

/** A platform's config as a stack file would hold it, with the defaults filled in. */
export function platformArgs(config: Readonly<Record<string, unknown>> = {}): MlPlatformArgs {
    return {
        ...mlPlatform.parse({
            accountId: "880170353725",
            region: "ap-south-1",
            dns: { domainName: "risk-mlops.example.com" },
            alarmEmails: ["ops@example.com"],
            ...config,
        }),
        environment: "prod",
        tags: { Owner: "risk" },
    };
}

/** What the providers would have added, as far as the platform reads it. */
function outputsOf({ type, name, inputs }: RecordedResource): Record<string, unknown> | undefined {
    switch (type) {
        case "random:index/randomPassword:RandomPassword":
            return { result: `generated-${name}` };
        case "tls:index/privateKey:PrivateKey":
            return { privateKeyPem: "PRIVATE KEY" };
        case "tls:index/selfSignedCert:SelfSignedCert":
            return { certPem: "CERTIFICATE" };
        case "aws:rds/instance:Instance":
            return {
                masterUserSecrets: [{ secretArn: "arn:aws:secretsmanager:ap-south-1:880170353725:secret:rds!db" }],
            };
        case "aws:acm/certificate:Certificate":
            return { domainValidationOptions: [{}] };
        case "aws:route53/zone:Zone":
            return { nameServers: ["ns-1.example.net"], zoneId: `Z${name}` };
        case "aws:glue/catalogDatabase:CatalogDatabase":
            return { name: inputs["name"] };
        default: {
            // autonaming of the Kubernetes provider
            const { metadata } = inputs;
            return metadata ? { metadata: { name: `${name}-1a2b3c4d`, ...metadata } } : undefined;
        }
    }
}

/** The platform as its program registers it. */
export async function deploy(
    config: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly recording: Recording; readonly result: MlPlatform }> {
    return record(() => new MlPlatform("ml-platform", platformArgs(config)), { outputs: outputsOf, stack: "prod" });
}
