import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { Database, type DatabaseArgs } from "../../../components/foundation/database";
import { record, rejection } from "../../support/mocks";

const args: DatabaseArgs = {
    identifier: "shop-dev",
    engine: "postgres",
    engineVersion: "17",
    instanceClass: "db.t4g.micro",
    storageGiB: 20,
    maxStorageGiB: 100,
    databaseName: "shop",
    multiAz: false,
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupIds: ["sg-1"],
    kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1",
    logKeyArn: "arn:aws:kms:us-east-1:111111111111:key/2",
    backupRetentionDays: 7,
    deletionProtection: true,
    logRetentionDays: 30,
};
const outputs = () => ({ masterUserSecrets: [{ secretArn: "arn:aws:secretsmanager:::secret:x" }] });

describe("Database", () => {
    it("has Performance Insights where the class does, which the smallest of MySQL doesn't", async () => {
        const insights = async (more: Partial<DatabaseArgs>) => {
            const { recording } = await record(() => new Database("shop", { ...args, ...more }), { outputs });
            return recording.inputsOf(aws.rds.Instance).performanceInsightsEnabled;
        };
        const mysql = { engine: "mysql", engineVersion: "8.4" } as const;
        assert.equal(await insights({}), true);
        assert.equal(await insights({ ...mysql, instanceClass: "db.t4g.small" }), false);
        assert.equal(await insights({ ...mysql, instanceClass: "db.t4g.medium" }), true);
    });

    it("makes the engine's log groups before the engine would, encrypted and with an end", async () => {
        const { recording } = await record(() => new Database("shop", args), { outputs });
        assert.deepEqual(
            recording
                .all(aws.cloudwatch.LogGroup)
                .map(({ inputs }) => [inputs["name"], inputs["retentionInDays"], inputs["kmsKeyId"]]),
            [
                ["/aws/rds/instance/shop-dev/postgresql", 30, args.logKeyArn],
                ["/aws/rds/instance/shop-dev/upgrade", 30, args.logKeyArn],
            ],
        );
    });

    it("has read replicas by role, private and encrypted like their source", async () => {
        const { recording } = await record(
            () => new Database("shop", { ...args, replicas: { reporting: { instanceClass: "db.t4g.small" } } }),
            { outputs },
        );
        const replica = recording.inputsOf(aws.rds.Instance, "replica-reporting");
        assert.equal(replica.identifier, "shop-dev-reporting");
        assert.deepEqual([replica.publiclyAccessible, replica.storageEncrypted], [false, true]);
        assert.ok(replica.replicateSourceDb);
        assert.deepEqual([replica.username, replica.manageMasterUserPassword], [undefined, undefined]);
    });

    it("refuses versions out of support, no backups, and storage that can't grow", () => {
        const refused = (more: Partial<DatabaseArgs>) => rejection(() => new Database("shop", { ...args, ...more }));
        assert.match(
            refused({ engine: "mysql", engineVersion: "8.0" }),
            /engineVersion must be a major version of mysql in standard support \(8\.4\), got "8\.0"/,
        );
        assert.match(
            refused({ backupRetentionDays: 0 }),
            /backupRetentionDays must be a whole number from 1 to 35, got 0/,
        );
        assert.match(refused({ maxStorageGiB: 20 }), /maxStorageGiB must be more than storageGiB \(20\)/);
    });
});
