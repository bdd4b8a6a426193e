import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import * as aws from "@pulumi/aws";
import type { MlPlatform } from "../../../components/ml-platform";
import { scalingMachine, wantedNodes } from "../../../components/ml-platform/tenant/scaling-machine";
import type { Recording } from "../../support/mocks";
import { type PolicyStatement, statementOf, statementsOf } from "../../support/policies";
import { deploy } from "./deploy";

const cluster = "elasticmapreduce:ResourceTag/Tenant";
const place = "ap-south-1:880170353725";

/** Whether a pattern of IAM covers a text. */
const covers = (pattern: string, text: string) =>
    new RegExp(
        `^${pattern
            .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
            .replaceAll("*", ".*")
            .replaceAll("?", ".")}$`,
    ).test(text);

/** Whether statements allow an action on a resource, by action and resource alone: conditions only narrow it further. */
const allows = (statements: Readonly<Record<string, PolicyStatement>>, action: string, resource: string) =>
    Object.values(statements).some(
        ({ Effect, Action, Resource = [] }) =>
            Effect === "Allow" &&
            Action.some((one) => covers(one, action)) &&
            Resource.some((one) => covers(one, resource)),
    );

describe("tenants of the ML platform", function () {
    this.timeout(120_000);
    let recording: Recording;
    let platform: MlPlatform;
    const policy = (tenant: string, role: string) =>
        statementsOf(recording.inputsOf(aws.iam.RolePolicy, `ml-platform-${tenant}-identity-${role}`).policy);

    before(async () => {
        // names of which one begins, or ends, like another
        ({ recording, result: platform } = await deploy({
            tenants: { fraud: { staging: { idleHours: 3 } }, "fraud-eu": {}, eu: { memoryOptimized: false } },
        }));
    });

    describe("storage", () => {
        it("has buckets by the convention, under the tenant's own key", () => {
            const names = recording.all(aws.s3.Bucket).map(({ inputs }) => inputs["bucket"]);
            for (const tenant of ["fraud", "fraud-eu", "eu"]) {
                for (const kind of ["artifacts", "data", "logs"]) {
                    assert.ok(names.includes(`pai-risk-mlops-${tenant}-prod-${kind}`));
                }
            }
            assert.equal(new Set(names).size, names.length);
            const keyOf = (tenant: string) =>
                recording.inputsOf(
                    aws.s3.BucketServerSideEncryptionConfiguration,
                    `ml-platform-${tenant}-storage-data-encryption`,
                ).rules?.[0]?.applyServerSideEncryptionByDefault?.kmsMasterKeyId;
            assert.match(String(keyOf("fraud")), /ml-platform-fraud-storage-data-key$/);
            assert.match(String(keyOf("fraud-eu")), /ml-platform-fraud-eu-storage-data-key$/);
        });

        it("is private, versioned, and refuses plain text", () => {
            for (const kind of ["artifacts", "data", "logs"]) {
                const name = `ml-platform-fraud-storage-${kind}`;
                const block = recording.inputsOf(aws.s3.BucketPublicAccessBlock, `${name}-public-access`);
                assert.ok(block.blockPublicAcls && block.blockPublicPolicy && block.restrictPublicBuckets);
                const versioning = recording.inputsOf(aws.s3.BucketVersioning, `${name}-versioning`);
                assert.equal(versioning.versioningConfiguration.status, "Enabled");
                statementOf(recording.inputsOf(aws.s3.BucketPolicy, `${name}-policy`).policy, "DenyPlainText");
            }
        });

        it("has databases of its own, in its own prefixes of the lake", () => {
            const database = recording.inputsOf(aws.glue.CatalogDatabase, "fraud-eu-storage-iceberg");
            assert.equal(database.name, "pai_risk_mlops_fraud_eu_iceberg");
            assert.equal(database.locationUri, "s3://pai-risk-mlops-prod-lake/iceberg/fraud-eu/");
        });
    });

    describe("isolation", () => {
        const lake = "arn:aws:s3:::ml-platform-lake-tables-bucket";
        const bucket = (tenant: string, kind: string) => `arn:aws:s3:::ml-platform-${tenant}-storage-${kind}-bucket`;
        const pairs = [
            ["fraud", "fraud-eu"],
            ["fraud-eu", "fraud"],
            ["eu", "fraud-eu"],
            ["fraud-eu", "eu"],
        ] as const;
        for (const [one, other] of pairs) {
            for (const role of ["emr-instance", "sagemaker"]) {
                it(`keeps ${role} of ${one} from what is ${other}'s`, () => {
                    const own = policy(one, role);
                    assert.ok(allows(own, "s3:GetObject", `${bucket(one, "data")}/x`), "its own it may read");
                    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]) {
                        for (const kind of ["artifacts", "data", "logs"]) {
                            assert.equal(allows(own, action, bucket(other, kind)), false, action);
                            assert.equal(allows(own, action, `${bucket(other, kind)}/x`), false, action);
                        }
                    }
                    for (const prefix of ["iceberg", "raw"]) {
                        assert.ok(allows(own, "s3:GetObject", `${lake}/${prefix}/${one}/t/data.parquet`));
                        assert.ok(allows(own, "s3:GetObject", `${lake}/${prefix}/shared/t/data.parquet`));
                        assert.equal(allows(own, "s3:PutObject", `${lake}/${prefix}/shared/t/data.parquet`), false);
                        assert.equal(allows(own, "s3:GetObject", `${lake}/${prefix}/${other}/t/data.parquet`), false);
                    }
                    const database = (tenant: string) => `pai_risk_mlops_${tenant.replaceAll("-", "_")}_iceberg`;
                    const table = (name: string) => `arn:aws:glue:${place}:table/${name}/t`;
                    assert.ok(allows(own, "glue:GetTable", table(database(one))));
                    assert.equal(allows(own, "glue:GetTable", table(database(other))), false);
                    assert.equal(allows(own, "glue:UpdateTable", table("pai_risk_mlops_iceberg")), false);
                    const key = `arn:aws:kms:us-east-1:111111111111:ml-platform-${other}-storage-data-key`;
                    assert.equal(allows(own, "kms:Decrypt", key), false);
                });
            }
        }

        it("lists the lake by prefix only", () => {
            const { Condition } = statementOf(
                recording.inputsOf(aws.iam.RolePolicy, "ml-platform-fraud-identity-sagemaker").policy,
                "ListOwnPrefixes",
            );
            assert.deepEqual(Condition, {
                StringLike: {
                    "s3:prefix": ["iceberg/fraud/", "raw/fraud/", "iceberg/shared/", "raw/shared/"].flatMap(
                        (prefix) => [prefix, `${prefix}*`],
                    ),
                },
            });
        });

        it("gives notebooks what they need to find the tenant's clusters, in this account and region", () => {
            const statements = policy("fraud", "sagemaker");
            const see = statements["SeeOwnClusters"];
            for (const action of ["ListInstances", "DescribeCluster", "ListSteps"]) {
                assert.ok(see?.Action.includes(`elasticmapreduce:${action}`), action);
            }
            assert.deepEqual(see?.Resource, [`arn:aws:elasticmapreduce:${place}:cluster/*`]);
            assert.deepEqual(see?.Condition, { StringEquals: { [cluster]: "fraud" } });
            const settings = statements["SeeAccountSettings"];
            assert.ok(settings?.Action.includes("elasticmapreduce:GetBlockPublicAccessConfiguration"));
            assert.deepEqual(settings?.Condition, {
                StringEquals: { "aws:RequestedRegion": "ap-south-1", "aws:PrincipalAccount": "880170353725" },
            });
        });

        it("scales clusters of the tenant only", () => {
            const scale = policy("fraud", "emr-scaling")["ScaleOwnClusters"];
            assert.deepEqual(scale?.Condition, { StringEquals: { [cluster]: "fraud" } });
        });

        it("allows no action on everything", () => {
            for (const role of ["emr-instance", "emr-service", "emr-scaling", "sagemaker"]) {
                for (const statement of Object.values(policy("fraud", role))) {
                    assert.ok(!statement.Action.includes("*"), statement.Sid);
                    if (statement.Resource?.includes("*")) {
                        assert.ok(["SeeAccountSettings", "SeeOfferings"].includes(statement.Sid), statement.Sid);
                    }
                }
            }
        });

        it("puts the tenant's name on what it pays for and acts on", () => {
            for (const tenant of ["fraud", "fraud-eu"]) {
                const { tags } = recording.inputsOf(aws.emr.Cluster, `ml-platform-${tenant}-production-cluster`);
                assert.deepEqual(tags, {
                    Tenant: tenant,
                    "for-use-with-amazon-emr-managed-policies": "true",
                    Cluster: "production",
                });
            }
            for (const type of [aws.iam.Role, aws.ec2.SecurityGroup, aws.s3.Bucket, aws.kms.Key]) {
                for (const { name, inputs } of recording.all(type).filter((found) => /-eu-/.test(found.name))) {
                    assert.ok(String((inputs["tags"] as Record<string, string>)["Tenant"]).endsWith("eu"), name);
                }
            }
        });
    });

    describe("clusters", () => {
        const of = (role: string, tenant = "fraud") =>
            recording.inputsOf(aws.emr.Cluster, `ml-platform-${tenant}-${role}-cluster`);

        it("are highly available in production and end themselves in staging", () => {
            const production = of("production");
            assert.equal(production.name, "pai-risk-mlops-fraud-prod-emr");
            assert.equal(production.masterInstanceFleet?.targetOnDemandCapacity, 3);
            assert.equal(production.terminationProtection, true);
            assert.equal(production.autoTerminationPolicy, undefined);
            assert.deepEqual(production.placementGroupConfigs, [
                { instanceRole: "MASTER", placementStrategy: "SPREAD" },
            ]);
            const staging = of("staging");
            assert.equal(staging.masterInstanceFleet?.targetOnDemandCapacity, 1);
            assert.equal(staging.terminationProtection, false);
            assert.deepEqual(staging.autoTerminationPolicy, { idleTimeout: 3 * 3600 });
            assert.equal(staging.placementGroupConfigs, undefined);
        });

        it("have no staging cluster where there should be none", () => {
            assert.deepEqual(recording.names(aws.emr.Cluster), [
                "ml-platform-eu-production-cluster",
                "ml-platform-fraud-eu-production-cluster",
                "ml-platform-fraud-production-cluster",
                "ml-platform-fraud-staging-cluster",
            ]);
            assert.deepEqual(Object.keys(platform.tenants["eu"]?.clusterIds ?? {}), ["production"]);
        });

        it("have fleets of six memory-optimised types, or general ones", () => {
            const types = (fleet: { instanceTypeConfigs?: { instanceType: string }[] } | undefined) =>
                (fleet?.instanceTypeConfigs ?? []).map(({ instanceType }) => instanceType);
            const memory = ["r6g", "r6a", "r5a", "r6i", "r5", "r5d"].map((family) => `${family}.2xlarge`);
            assert.deepEqual(types(of("production").coreInstanceFleet), memory);
            assert.deepEqual(types(recording.inputsOf(aws.emr.InstanceFleet, "-fraud-production-task")), memory);
            assert.ok(types(of("production", "eu").coreInstanceFleet).every((type) => type.startsWith("m")));
        });

        it("buy spare capacity where it is deepest, and on demand where there is none in time", () => {
            const fleet = recording.inputsOf(aws.emr.InstanceFleet, "-fraud-production-task");
            assert.deepEqual(fleet.launchSpecifications?.spotSpecifications, [
                {
                    allocationStrategy: "capacity-optimized",
                    timeoutAction: "SWITCH_TO_ON_DEMAND",
                    timeoutDurationMinutes: 15,
                },
            ]);
            assert.equal(of("production").masterInstanceFleet?.launchSpecifications?.spotSpecifications, undefined);
            assert.equal(of("production").masterInstanceFleet?.targetSpotCapacity, undefined);
        });

        it("run Trino, Spark and Jupyter's gateway on the Glue catalog", () => {
            const { applications, configurationsJson } = of("production");
            assert.deepEqual(applications, ["Hadoop", "JupyterEnterpriseGateway", "Livy", "Spark", "Trino"]);
            const settings = Object.fromEntries(
                (
                    JSON.parse(String(configurationsJson)) as {
                        Classification: string;
                        Properties: Record<string, string>;
                    }[]
                ).map(({ Classification, Properties }) => [Classification, Properties]),
            );
            assert.equal(settings["trino-connector-hive"]?.["hive.metastore"], "glue");
            assert.equal(settings["trino-connector-iceberg"]?.["iceberg.catalog.type"], "glue");
            assert.equal(settings["iceberg-defaults"]?.["iceberg.enabled"], "true");
            assert.equal(
                settings["spark-defaults"]?.["spark.sql.catalog.lake.warehouse"],
                "s3://pai-risk-mlops-prod-lake/iceberg/fraud/",
            );
        });

        it("stand in private subnets, in groups of their own, without keys of people", () => {
            const { ec2Attributes } = of("production");
            assert.deepEqual(ec2Attributes?.subnetIds, ["subnet-private-1", "subnet-private-2", "subnet-private-3"]);
            assert.equal(ec2Attributes?.keyName, undefined);
            const groups = [
                ec2Attributes?.emrManagedMasterSecurityGroup,
                ec2Attributes?.emrManagedSlaveSecurityGroup,
                ec2Attributes?.serviceAccessSecurityGroup,
            ];
            assert.equal(new Set(groups).size, 3);
            const others = of("production", "eu").ec2Attributes;
            assert.ok(!groups.includes(others?.emrManagedMasterSecurityGroup));
        });

        it("let nobody in from the Internet, and no other tenant", () => {
            const rules = recording
                .all(aws.vpc.SecurityGroupIngressRule)
                .filter(({ name }) => /-fraud-network/.test(name));
            assert.ok(rules.length > 10);
            const own = new Set(
                recording
                    .all(aws.ec2.SecurityGroup)
                    .filter(({ name }) => name.startsWith("ml-platform-fraud-network-"))
                    .map(({ inputs }) => (inputs["tags"] as Record<string, string>)["Name"]),
            );
            assert.deepEqual(
                [...own].sort(),
                ["core", "master", "service", "studio"].map((key) => `ml-platform-fraud-network-${key}`),
            );
            for (const { name, inputs } of rules) {
                assert.equal(inputs["cidrIpv4"], undefined, name);
                assert.ok(inputs["referencedSecurityGroupId"], name);
            }
        });

        it("encrypt at rest with the tenant's key, and in transit", () => {
            const { configuration } = recording.inputsOf(aws.emr.SecurityConfiguration, "-fraud-eu-security");
            const { EncryptionConfiguration, InstanceMetadataServiceConfiguration } = JSON.parse(String(configuration));
            assert.equal(EncryptionConfiguration.EnableAtRestEncryption, true);
            assert.equal(EncryptionConfiguration.EnableInTransitEncryption, true);
            assert.match(
                EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.AwsKmsKey,
                /ml-platform-fraud-eu-storage-data-key$/,
            );
            assert.deepEqual(EncryptionConfiguration.InTransitEncryptionConfiguration.TLSCertificateConfiguration, {
                CertificateProviderType: "PEM",
                S3Object: "s3://pai-risk-mlops-prod-emr-certificates/emr/certificates.zip",
            });
            assert.equal(InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion, 2);
        });
    });

    describe("scaling", () => {
        it("goes by memory at 15 percent in production and 25 in staging", () => {
            for (const [role, threshold] of [
                ["production", 15],
                ["staging", 25],
            ] as const) {
                const alarm = recording.inputsOf(aws.cloudwatch.MetricAlarm, `-fraud-${role}-scaling-scarce`);
                assert.equal(alarm.metricName, "YARNMemoryAvailablePercentage");
                assert.equal(alarm.threshold, threshold);
                assert.equal(alarm.comparisonOperator, "LessThanThreshold");
            }
        });

        it("moves one step at a time and stays within its limits", () => {
            // JSONata and JavaScript read this expression alike, but for the names of two functions
            const script = wantedNodes({ min: 1, max: 12, step: 2 }).replaceAll(/\$(min|max)\(/g, "Math.$1(...");
            const wanted = (target: number, scarce = false, plenty = false): unknown =>
                runInNewContext(script, { Math, $target: target, $scarce: scarce, $plenty: plenty });
            assert.equal(wanted(4), 4);
            assert.equal(wanted(4, true), 6);
            assert.equal(wanted(11, true), 12);
            assert.equal(wanted(4, false, true), 2);
            assert.equal(wanted(2, false, true), 1);
            assert.equal(wanted(20), 12, "limits that were lowered hold too");
        });

        it("has a state machine whose states lead to its end", () => {
            const rule = { min: 1, max: 12, step: 2 };
            const machine = scalingMachine({
                ...rule,
                clusterId: "j-1",
                fleetName: "task",
                scarceAlarm: "low",
                plentyAlarm: "high",
            }) as {
                StartAt: string;
                States: Record<string, { Next?: string; Default?: string; Choices?: { Next: string }[] }>;
            };
            const seen = new Set<string>();
            const walk = (state: string | undefined): void => {
                if (state === undefined || seen.has(state)) {
                    return;
                }
                seen.add(state);
                const found = machine.States[state];
                assert.ok(found, `there is no state ${state}`);
                for (const next of [found.Next, found.Default, ...(found.Choices ?? []).map((choice) => choice.Next)]) {
                    walk(next);
                }
            };
            walk(machine.StartAt);
            assert.deepEqual([...seen].sort(), Object.keys(machine.States).sort());
        });
    });

    describe("money and eyes", () => {
        it("has budgets by the tenant's tags that tell what is spent and forecast", () => {
            const limits = Object.fromEntries(
                recording
                    .all(aws.budgets.Budget)
                    .map(({ inputs }) => [inputs["name"], [inputs["limitAmount"], inputs["filterExpression"]]]),
            );
            const tags = (role: string) => ({
                ands: [{ tags: { key: "Tenant", values: ["fraud"] } }, { tags: { key: "Cluster", values: [role] } }],
            });
            assert.deepEqual(limits["pai-risk-mlops-fraud-prod-production-budget"], ["1500.00", tags("production")]);
            assert.deepEqual(limits["pai-risk-mlops-fraud-prod-staging-budget"], ["200.00", tags("staging")]);
            const { notifications } = recording.inputsOf(aws.budgets.Budget, "-fraud-eyes-staging-budget");
            assert.deepEqual(
                notifications?.map(({ notificationType, threshold }) => [notificationType, threshold]),
                [
                    ["ACTUAL", 80],
                    ["ACTUAL", 100],
                    ["FORECASTED", 100],
                ],
            );
        });

        it("watches HDFS, unhealthy nodes, idleness and failed steps", () => {
            const metrics = recording
                .all(aws.cloudwatch.MetricAlarm)
                .filter(({ name }) => name.includes("-fraud-eyes-production-"))
                .map(({ inputs }) => inputs["metricName"]);
            assert.deepEqual(metrics.sort(), ["HDFSUtilization", "IsIdle", "MRUnhealthyNodes"]);
            const pattern = JSON.parse(
                String(recording.inputsOf(aws.cloudwatch.EventRule, "-fraud-eyes-failed-steps").eventPattern),
            );
            assert.deepEqual(pattern.detail.state, ["FAILED"]);
            assert.equal(pattern.detail.clusterId.length, 2);
        });

        it("draws a dashboard of the tenant's clusters", () => {
            const { dashboardBody } = recording.inputsOf(aws.cloudwatch.Dashboard, "-fraud-eyes-dashboard");
            const { widgets } = JSON.parse(String(dashboardBody)) as { widgets: { type: string }[] };
            assert.equal(widgets.filter(({ type }) => type === "metric").length, 12);
        });

        it("gives notebooks a profile with the tenant's own role and group", () => {
            const { userSettings } = recording.inputsOf(aws.sagemaker.UserProfile, "ml-platform-fraud-studio");
            assert.match(String(userSettings?.executionRole), /pai-risk-mlops-fraud-prod-sagemaker$/);
            assert.equal(userSettings?.securityGroups?.length, 1);
        });
    });
});
