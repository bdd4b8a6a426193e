import { WebApp, type WebAppArgs } from "../../../components/web-app";
import { webApp } from "../../../config/platforms/web-app";
import { type RecordedResource, type Recording, record } from "../../support/mocks";

type ConfigInput = Record<string, unknown>;

const services = {
    api: { tag: "1.4.2", port: 8080, paths: ["/api/*"], requestsPerTask: 900 },
    web: { tag: "1.4.2", port: 3000, paths: ["/*"], uses: [] },
    worker: { tag: "1.4.2", spotPercent: 100, healthCommand: "test -f /tmp/alive" },
};

/** The least that a stack has to say. */
export const leastConfig: ConfigInput = {
    environment: "dev",
    accountId: "111111111111",
    region: "us-east-1",
    network: { vpcCidr: "10.44.0.0/16" },
    edge: { domain: { name: "app.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" } },
    services,
    alarmEmails: ["ops@example.com"],
    monthlyBudgetUsd: 200,
    deletionProtection: false,
};

/** Everything turned on. */
export const fullConfig: ConfigInput = {
    ...leastConfig,
    environment: "prod",
    accountId: "333333333333",
    network: { vpcCidr: "10.64.0.0/16", availabilityZones: 3, natGateways: "per-az", interfaceEndpoints: true },
    database: {
        instanceClass: "db.m7g.large",
        storageGiB: 100,
        maxStorageGiB: 500,
        multiAz: true,
        backupRetentionDays: 30,
        readReplicaClass: "db.t4g.medium",
    },
    cache: { nodeType: "cache.t4g.small", clusterMode: true, shards: 2, replicas: 1, snapshotRetentionDays: 7 },
    backup: { hourly: true, dailyRetentionDays: 35 },
    disasterRecovery: { region: "us-west-2" },
    audit: { retentionDays: 365, configRecorder: true },
    auth: {
        mfa: "required",
        threatProtection: "enforced",
        domainName: "auth.example.com",
        providers: { google: { clientId: "google-client", clientSecret: "google-secret" } },
    },
    syntheticCheck: true,
    logRetentionDays: 365,
    deletionProtection: true,
    github: { repository: "taskava/taskava", environment: "production" },
};

/** Args as the program gets them: checked, with defaults. */
export function argsOf(config: ConfigInput): WebAppArgs {
    return { ...webApp.parse(config), tags: { Stack: "test" } };
}

/** What the providers would have added, as far as the app reads it. */
function outputsOf({ type, name, inputs }: RecordedResource): Record<string, unknown> | undefined {
    switch (type) {
        case "random:index/randomPassword:RandomPassword":
            return { result: `generated-${name}` };
        case "aws:rds/instance:Instance":
            return {
                address: `${String(inputs["identifier"])}.example.rds.amazonaws.com`,
                masterUserSecrets: [{ secretArn: "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds-master" }],
            };
        case "aws:elasticache/replicationGroup:ReplicationGroup":
            return {
                primaryEndpointAddress: "primary.cache.example",
                configurationEndpointAddress: "configuration.cache.example",
            };
        case "aws:lb/loadBalancer:LoadBalancer":
            return {
                dnsName: "internal-app.us-east-1.elb.amazonaws.com",
                arnSuffix: "app/taskava/0123",
                zoneId: "ZLB",
            };
        case "aws:lb/targetGroup:TargetGroup":
            return { arnSuffix: `targetgroup/${name}/0123` };
        case "aws:cloudfront/distribution:Distribution":
            return { domainName: "d111111abcdef8.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" };
        case "aws:acm/certificate:Certificate":
            return {
                domainValidationOptions: [
                    { resourceRecordName: "_proof", resourceRecordType: "CNAME", resourceRecordValue: "_value" },
                ],
            };
        case "aws:ecr/repository:Repository":
            return { repositoryUrl: `111111111111.dkr.ecr.us-east-1.amazonaws.com/${String(inputs["name"])}` };
        default:
            return undefined;
    }
}

/** The app as its program registers it. */
export async function deploy(config: ConfigInput): Promise<{ readonly recording: Recording; readonly result: WebApp }> {
    return record(() => new WebApp("web-app", argsOf(config)), {
        outputs: outputsOf,
        calls: (token) =>
            token === "aws:ec2/getManagedPrefixList:getManagedPrefixList" ? { id: "pl-cloudfront" } : undefined,
    });
}
