import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { nameRules } from "../../config/names";
import { partitionOf, regionalArn } from "../foundation/arn";
import { encryptedLogGroup } from "../foundation/log-group";
import type { DatabaseCluster } from "./database";
import type { PipelineKeys } from "./keys";
import { databaseName, databasePort, databaseUser, type PipelinePlace, pipelineName } from "./place";
import type { PipelineGroups } from "./security-groups";

/**
 * AWS's own rotation function, by partition.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 * Versions as AWS CDK pins them: https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-secretsmanager/lib/secret-rotation.ts
 */
const rotationApplications = {
    aws: { owner: "us-east-1:297356227824", version: "1.1.671" },
    "aws-cn": { owner: "cn-north-1:193023089310", version: "1.1.440" },
    "aws-us-gov": { owner: "us-gov-west-1:023102451235", version: "1.1.397" },
} as const;

/**
 * Label that stays on the first version of the secret. Versions without any label are thrown away in time; this program
 * would then make its version anew, with the first password in it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
const firstVersionLabel = "initial";

/** A first password, made in the program's own memory: a secret in the state, and valid only until the first rotation. */
export function createInitialPassword(name: string, opts: pulumi.CustomResourceOptions): random.RandomPassword {
    // Letters and digits only: nothing that a connection string would have to escape.
    return new random.RandomPassword(
        `${name}-initial-password`,
        { length: 40, special: false },
        { ...opts, additionalSecretOutputs: ["result", "bcryptHash"] },
    );
}

export interface DatabaseCredentialsArgs extends PipelinePlace {
    readonly database: DatabaseCluster;
    readonly initialPassword: pulumi.Input<string>;
    readonly rotationDays: number;
    readonly subnetIds: pulumi.Output<string[]>;
    /** Groups of the rotation function and of what it changes. */
    readonly securityGroups: Pick<PipelineGroups, "rotation" | "database">;
    readonly keys: Pick<PipelineKeys, "database" | "operations">;
}

/**
 * The database's credentials under the name that people and tools know, with rotation by AWS's own function.
 *
 * Aurora could manage the secret itself (`manageMasterUserPassword`), but then names it `rds!cluster-...`; everything
 * that knows `mediaviz-{env}-aurora-credentials-pg` would have to learn another name in each environment.
 */
export class DatabaseCredentials extends pulumi.ComponentResource {
    readonly secretArn: pulumi.Output<string>;
    /** First version of the secret; what reads the secret at its creation waits for it. */
    readonly firstVersion: aws.secretsmanager.SecretVersion;
    readonly rotation: aws.secretsmanager.SecretRotation;

    constructor(name: string, args: DatabaseCredentialsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:DatabaseCredentials", name, {}, opts);
        const parent = { parent: this };
        const secret = new aws.secretsmanager.Secret(
            `${name}-secret`,
            {
                name: pipelineName(args, nameRules.secret, "aurora-credentials-pg"),
                description: `Owner of the database ${databaseName}`,
                kmsKeyId: args.keys.database.arn,
                recoveryWindowInDays: args.protect ? 30 : 7,
            },
            { ...parent, protect: args.protect },
        );
        this.secretArn = secret.arn;
        this.firstVersion = new aws.secretsmanager.SecretVersion(
            `${name}-first-version`,
            {
                secretId: secret.id,
                // The form that the rotation function and RDS Proxy expect.
                // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
                secretString: pulumi.jsonStringify({
                    engine: "postgres",
                    host: args.database.endpoint,
                    port: databasePort,
                    username: databaseUser,
                    password: args.initialPassword,
                    dbname: databaseName,
                    dbClusterIdentifier: args.database.clusterIdentifier,
                }),
                versionStages: ["AWSCURRENT", firstVersionLabel],
            },
            { ...parent, ignoreChanges: ["secretString", "versionStages"] },
        );
        this.rotation = createRotation(name, secret, this.firstVersion, args, parent);
        this.registerOutputs({ secretArn: this.secretArn });
    }
}

function createRotation(
    name: string,
    secret: aws.secretsmanager.Secret,
    firstVersion: aws.secretsmanager.SecretVersion,
    args: DatabaseCredentialsArgs,
    opts: pulumi.CustomResourceOptions,
): aws.secretsmanager.SecretRotation {
    const functionName = pipelineName(args, nameRules.lambdaFunction, "aurora-rotation");
    const partition = partitionOf(args.region);
    const application = rotationApplications[partition];
    const logGroup = encryptedLogGroup(
        `${name}-rotation-log`,
        {
            logGroupName: `/aws/lambda/${functionName}`,
            retentionDays: args.logRetentionDays,
            keyArn: args.keys.operations.arn,
        },
        opts,
    );
    const stack = new aws.serverlessrepository.CloudFormationStack(
        `${name}-rotation-function`,
        {
            name: functionName,
            applicationId: `arn:${partition}:serverlessrepo:${application.owner}:applications/SecretsManagerRDSPostgreSQLRotationSingleUser`,
            semanticVersion: application.version,
            capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"],
            parameters: {
                endpoint: `https://secretsmanager.${args.region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`,
                functionName,
                vpcSubnetIds: args.subnetIds.apply((ids) => ids.join(",")),
                vpcSecurityGroupIds: args.securityGroups.rotation.securityGroupId,
                kmsKeyArn: args.keys.database.arn,
                // What a connection string would have to escape.
                excludeCharacters: ":/@\"'\\% +~`#$&*()|[]{};<>?!",
            },
        },
        { ...opts, dependsOn: [logGroup] },
    );
    return new aws.secretsmanager.SecretRotation(
        `${name}-rotation`,
        {
            secretId: secret.id,
            // The stack's only output; told from the name, it is known before the stack is there.
            rotationLambdaArn: regionalArn(args, "lambda", `function:${functionName}`),
            rotationRules: { automaticallyAfterDays: args.rotationDays },
            rotateImmediately: true,
        },
        // The first rotation runs at once: it needs the function, the first password, a writer to change it on, and the
        // rules of both groups, which nothing refers to.
        {
            ...opts,
            dependsOn: [
                stack,
                firstVersion,
                ...Object.values(args.database.instances),
                args.securityGroups.rotation,
                args.securityGroups.database,
            ],
        },
    );
}
