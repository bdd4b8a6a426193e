import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type { Recording } from "../../support/mocks";
import { statementsOf } from "../../support/policies";
import { deploy } from "./deploy";

describe("the base of the ML platform", function () {
    this.timeout(120_000);
    let recording: Recording;
    const values = (release: string) =>
        recording.inputsOf(k8s.helm.v3.Release, `ml-platform-apps-${release}`).values as Record<string, unknown>;

    before(async () => {
        ({ recording } = await deploy());
    });

    it("has no cluster and no profile without tenants", () => {
        assert.deepEqual(recording.names(aws.emr.Cluster), []);
        assert.deepEqual(recording.names(aws.sagemaker.UserProfile), []);
    });

    it("lets no cluster of the account be public, without exception", () => {
        const block = recording.inputsOf(aws.emr.BlockPublicAccessConfiguration);
        assert.equal(block.blockPublicSecurityGroupRules, true);
        assert.equal(block.permittedPublicSecurityGroupRuleRanges, undefined);
    });

    it("keeps SageMaker in the VPC, encrypted, and without rights of its own", () => {
        const domain = recording.inputsOf(aws.sagemaker.Domain);
        assert.equal(domain.appNetworkAccessType, "VpcOnly");
        assert.match(String(domain.kmsKeyId), /ml-platform-data-key$/);
        assert.deepEqual(domain.subnetIds, ["subnet-private-1", "subnet-private-2", "subnet-private-3"]);
        assert.deepEqual(
            recording.names(aws.iam.RolePolicy).filter((name) => name.includes("-studio-")),
            [],
        );
    });

    it("keeps the database private and protected", () => {
        const database = recording.inputsOf(aws.rds.Instance);
        assert.equal(database.publiclyAccessible, false);
        assert.equal(database.storageEncrypted, true);
        assert.equal(database.deletionProtection, true);
        assert.equal(database.manageMasterUserPassword, true);
        assert.equal(database.identifier, "pai-risk-mlops-prod-superset");
        const [rule, ...others] = recording
            .all(aws.vpc.SecurityGroupIngressRule)
            .filter(({ name }) => name.startsWith("ml-platform-superset-"));
        assert.equal(others.length, 0);
        assert.equal(rule?.inputs["fromPort"], 5432);
        assert.ok(rule?.inputs["referencedSecurityGroupId"]);
    });

    it("has shared databases below shared prefixes, in an encrypted catalog", () => {
        const locations = recording.all(aws.glue.CatalogDatabase).map(({ inputs }) => inputs["locationUri"]);
        assert.deepEqual(locations, [
            "s3://pai-risk-mlops-prod-lake/iceberg/shared/",
            "s3://pai-risk-mlops-prod-lake/raw/shared/",
        ]);
        const { dataCatalogEncryptionSettings } = recording.inputsOf(aws.glue.DataCatalogEncryptionSettings);
        assert.equal(dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode, "SSE-KMS");
    });

    it("pins every chart, and opens nothing outward", () => {
        const releases = recording.all(k8s.helm.v3.Release);
        assert.deepEqual(releases.map(({ inputs }) => inputs["chart"]).sort(), [
            "argo-cd",
            "aws-load-balancer-controller",
            "external-secrets",
            "ingress-nginx",
            "kube-prometheus-stack",
            "superset",
        ]);
        for (const { inputs } of releases) {
            assert.match(String(inputs["version"]), /^\d+\.\d+\.\d+$/);
            assert.doesNotMatch(JSON.stringify(inputs["values"]), /LoadBalancer"|NodePort|internet-facing/);
        }
        const { metadata } = recording.inputsOf(k8s.networking.v1.Ingress);
        assert.equal(metadata?.annotations?.["alb.ingress.kubernetes.io/scheme"], "internal");
        assert.equal(metadata?.annotations?.["alb.ingress.kubernetes.io/listen-ports"], '[{"HTTPS":443}]');
    });

    it("keeps passwords out of the releases", () => {
        const text = JSON.stringify(values("superset"));
        assert.doesNotMatch(text, /generated-/);
        assert.match(text, /\$ADMIN_PASSWORD/);
        assert.deepEqual(values("superset")["secretEnv"], { create: false });
    });

    it("lets External Secrets read two secrets and no others", () => {
        const { ReadSecrets } = statementsOf(
            recording.inputsOf(aws.iam.RolePolicy, "ml-platform-apps-secrets-role-policy").policy,
        );
        assert.equal(ReadSecrets?.Resource?.length, 2);
        assert.ok(ReadSecrets?.Resource?.every((arn) => !arn.includes("*")));
    });

    it("lets the load balancer controller change only what is its own", () => {
        const statements = statementsOf(
            recording.inputsOf(aws.iam.RolePolicy, "ml-platform-apps-load-balancer-role-policy").policy,
        );
        assert.deepEqual(statements["ChangeOwn"]?.Condition, {
            Null: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "false" },
        });
        for (const { Sid, Resource } of Object.values(statements)) {
            assert.ok(Sid === "See" || !Resource?.includes("*"), Sid);
        }
    });

    it("closes every namespace of its own before it opens ways", () => {
        const names = recording.names(k8s.networking.v1.NetworkPolicy);
        for (const namespace of recording.all(k8s.core.v1.Namespace).map(({ name }) => name)) {
            assert.ok(names.includes(`${namespace}-default-deny`), namespace);
        }
        const superset = recording.inputsOf(k8s.networking.v1.NetworkPolicy, "apps-superset-from-ingress-nginx");
        assert.deepEqual(superset.spec?.ingress, [
            {
                from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } }],
                ports: [{ protocol: "TCP", port: 8088 }],
            },
        ]);
    });

    it("leads to the applications from within the VPC only", () => {
        const records = recording.all(aws.route53.Record).filter(({ inputs }) => inputs["type"] === "CNAME");
        assert.deepEqual(
            records.map(({ inputs }) => [inputs["name"], inputs["zoneId"]]),
            ["argocd", "superset"].map((app) => [`${app}.risk-mlops.example.com`, "Zml-platform-dns-private"]),
        );
    });
});
