import assert from "node:assert/strict";
import { stringify } from "yaml";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import { leastConfig } from "../components/web-app/deploy";
import { rawConfig } from "../support/stack-file";

type Config = Record<string, unknown>;

/** What a stack with this web app is told, or nothing when it is fine. */
function faultsOf(config: Config): string {
    const stack = stringify({ config: { "platforms:environment": "dev", "platforms:webApp": config } });
    const parsed = parseConfig(rawConfig(stack));
    return parsed.ok ? "" : formatFaults(parsed.faults);
}

const services = leastConfig["services"] as Record<string, Config>;
const withService = (name: string, service: Config): Config => ({
    ...leastConfig,
    services: { ...services, [name]: { ...services[name], ...service } },
});
const certificate = (region: string) => `arn:aws:acm:${region}:111111111111:certificate/0123-4567`;
const domain = { name: "app.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };

describe("config of the web app", () => {
    it("takes the least that a stack has to say", () => assert.equal(faultsOf(leastConfig), ""));

    const cases: readonly { readonly name: string; readonly config: Config; readonly fault: string }[] = [
        {
            name: "a domain without certificate or zone",
            config: { ...leastConfig, edge: { domain: { name: "app.example.com" } } },
            fault: "platforms:webApp.edge.domain.hostedZoneId: expected a hosted zone, or a certificateArn for the name, got neither; add the zone, in which a certificate is then made, or the certificate that exists",
        },
        {
            name: "CloudFront's certificate in another region",
            config: { ...leastConfig, edge: { domain: { ...domain, certificateArn: certificate("eu-west-1") } } },
            fault: "platforms:webApp.edge.domain.certificateArn: expected a certificate in us-east-1, the only region CloudFront takes them from, got \"arn:aws:acm:eu-west-1:111111111111:certificate/0123-4567\"; set it with `pulumi config set --path 'platforms:webApp.edge.domain.certificateArn' <value>`",
        },
        {
            name: "no certificate for the load balancer",
            config: { ...leastConfig, edge: {} },
            fault: "platforms:webApp.edge.origin: expected a certificate for the load balancer, since there is no domain with a hosted zone, got nothing; add edge.domain.hostedZoneId, or edge.origin with a name and its certificate",
        },
        {
            name: "cluster mode without replicas",
            config: { ...leastConfig, cache: { clusterMode: true, shards: 2 } },
            fault: "platforms:webApp.cache.replicas: expected at least 1 with clusterMode: a shard without replica is lost with its node, got 0; raise replicas or set clusterMode to false",
        },
        {
            name: "shards without cluster mode",
            config: { ...leastConfig, cache: { shards: 2 } },
            fault: "platforms:webApp.cache.shards: expected 1 without clusterMode, got 2; set clusterMode to true or shards to 1",
        },
        {
            name: "replicas on nodes that can't fail over",
            config: { ...leastConfig, cache: { nodeType: "cache.t1.micro", replicas: 1 } },
            fault: "platforms:webApp.cache.nodeType: expected a node type of a current generation such as cache.t4g.small, which can fail over to its replicas, got \"cache.t1.micro\"; set it with `pulumi config set --path 'platforms:webApp.cache.nodeType' <value>`",
        },
        {
            name: "a version of the other engine",
            config: { ...leastConfig, cache: { engine: "valkey", engineVersion: "7.1" } },
            fault: "platforms:webApp.cache.engineVersion: expected a version of valkey (8.0, 7.2), got \"7.1\"; set it with `pulumi config set --path 'platforms:webApp.cache.engineVersion' <value>`",
        },
        {
            name: "Multi-AZ on a class that lacks it",
            config: { ...leastConfig, database: { instanceClass: "db.c6gd.medium", multiAz: true } },
            fault: "platforms:webApp.database.instanceClass: expected a class that PostgreSQL 15 has Multi-AZ on (t3, t4g, m5, m5d, m6g, m6gd, m6i, m6id, m7g, m7i, m8g, r5, r5b, r5d, r6g, r6gd, r6i, r6id, r7g, r7i, r8g, x2g, x2iedn), got \"db.c6gd.medium\"; set it with `pulumi config set --path 'platforms:webApp.database.instanceClass' <value>`",
        },
        ...[0, 36].map((days) => ({
            name: `backups for ${days} days`,
            config: { ...leastConfig, database: { backupRetentionDays: days } },
            fault: `platforms:webApp.database.backupRetentionDays: expected a whole number from 1 to 35, got ${days}; set it with \`pulumi config set --path 'platforms:webApp.database.backupRetentionDays' <value>\``,
        })),
        {
            name: "storage that can't grow",
            config: { ...leastConfig, database: { storageGiB: 100, maxStorageGiB: 105 } },
            fault: "platforms:webApp.database.maxStorageGiB: expected at least a tenth more than storageGiB (100), got 105; set it with `pulumi config set --path 'platforms:webApp.database.maxStorageGiB' <value>`",
        },
        {
            name: "a social provider without secret",
            config: { ...leastConfig, auth: { providers: { google: { clientId: "client" } } } },
            fault: "platforms:webApp.auth.providers.google.clientSecret: expected the client secret that the provider gave out, got nothing; set it with `pulumi config set --path --secret 'platforms:webApp.auth.providers.google.clientSecret'`",
        },
        {
            name: "no second factor in prod",
            config: { ...leastConfig, environment: "prod", deletionProtection: true, auth: { mfa: "off" } },
            fault: "platforms:webApp.auth.mfa: expected optional or required in prod, got \"off\"; set it with `pulumi config set --path 'platforms:webApp.auth.mfa' <value>`",
        },
        {
            name: "prod that may be deleted",
            config: { ...leastConfig, environment: "prod" },
            fault: "platforms:webApp.deletionProtection: expected true in prod, got false; set it with `pulumi config set --path 'platforms:webApp.deletionProtection' <value>`",
        },
        {
            name: "sign-in pages without a zone",
            config: {
                ...leastConfig,
                edge: { domain: { name: "app.example.com", certificateArn: certificate("us-east-1") } },
                auth: { domainName: "auth.example.com" },
            },
            fault: 'platforms:webApp.auth.domainName: expected nothing without edge.domain.hostedZoneId, got "auth.example.com"; add the hosted zone or remove auth.domainName',
        },
        {
            name: "a second region that is the first",
            config: { ...leastConfig, disasterRecovery: { region: "us-east-1" } },
            fault: "platforms:webApp.disasterRecovery.region: expected another region than the platform's own (us-east-1), got \"us-east-1\"; set it with `pulumi config set --path 'platforms:webApp.disasterRecovery.region' <value>`",
        },
        {
            name: "a moving tag",
            config: withService("api", { tag: "latest" }),
            fault: "platforms:webApp.services.api.tag: expected a tag other than latest such as 1.4.2 or the commit that the image was built from, got \"latest\"; set it with `pulumi config set --path --type string 'platforms:webApp.services.api.tag' <value>`",
        },
        {
            name: "a size that Fargate doesn't offer",
            config: withService("api", { cpu: 256, memory: 4096 }),
            fault: "platforms:webApp.services.api.memory: expected MiB that Fargate offers with 256 CPU units (512, 1024, 2048), got 4096; set it with `pulumi config set --path 'platforms:webApp.services.api.memory' <value>`",
        },
        {
            name: "more tasks at least than at most",
            config: withService("worker", { minTasks: 5, maxTasks: 2 }),
            fault: "platforms:webApp.services.worker.minTasks: expected at most maxTasks (2), got 5; lower minTasks or raise maxTasks",
        },
        {
            name: "a path of two services",
            config: withService("web", { paths: ["/*", "/api/*"] }),
            fault: "platforms:webApp.services.web.paths: expected paths apart from those of api, got /api/*; give each path to one service",
        },
        {
            name: "nobody for the rest",
            config: withService("web", { paths: ["/pages/*"] }),
            fault: "platforms:webApp.services: expected one service with the path /*, got the paths /api/*, /pages/*; give /* to the service that answers everything else",
        },
        {
            name: "paths without a port",
            config: withService("worker", { paths: ["/work"] }),
            fault: "platforms:webApp.services.worker.paths: expected nothing without a port, got a list of 1; add the port or remove the paths",
        },
    ];
    for (const { name, config, fault } of cases) {
        it(`refuses ${name}`, () => assert.equal(faultsOf(config), fault));
    }

    it("takes a social provider's secret encrypted only", () => {
        const google = (clientSecret: unknown) => ({
            ...leastConfig,
            auth: { providers: { google: { clientId: "client", clientSecret } } },
        });
        assert.equal(faultsOf(google({ secure: "long-enough-secret" })), "");
        const fault = faultsOf(google("long-enough-secret"));
        assert.match(fault, /^platforms:webApp\.auth\.providers\.google\.clientSecret: expected an encrypted value/);
        assert.doesNotMatch(fault, /long-enough/);
    });

    it("takes a certificate that exists, for CloudFront and for the load balancer", () => {
        const edge = { domain: { name: "app.example.com", certificateArn: certificate("us-east-1") } };
        assert.equal(faultsOf({ ...leastConfig, edge }), "");
        const elsewhere = { ...leastConfig, region: "eu-west-1" };
        assert.match(faultsOf({ ...elsewhere, edge }), /^platforms:webApp\.edge\.origin: expected a certificate/);
        const origin = { domainName: "lb.example.com", certificateArn: certificate("eu-west-1") };
        assert.equal(faultsOf({ ...elsewhere, edge: { ...edge, origin } }), "");
    });
});
