import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fargateSizeProblem } from "../../config/fargate";
import { nameProblem, nameRules } from "../../config/names";
import { ArgChecks } from "./checks";
import { type ExecAudit, execStatements } from "./ecs-cluster";
import { containerDefinition } from "./ecs-container";
import { type TaskVolume, taskVolumes, volumeStatements } from "./ecs-volumes";
import { encryptedLogGroup } from "./log-group";
import { policyDocument, type Statement, serviceTrust } from "./policy-document";

/** A value that ECS reads when it starts a task and hands to the container as an environment variable. */
export type TaskSecret =
    | {
          /** Secret of Secrets Manager. */
          readonly secretArn: pulumi.Input<string>;
          /** Key within the secret's JSON. @default the whole secret */
          readonly jsonKey?: string;
      }
    | {
          /** Parameter of Systems Manager's Parameter Store. */
          readonly parameterArn: pulumi.Input<string>;
      };

export interface ContainerHealthCheck {
    /** Shell command that ends with 0 when the container is well. */
    readonly command: string;
    /** Seconds, 5 to 300. @default 30 */
    readonly interval?: number;
    /** Seconds, 2 to 60. @default 5 */
    readonly timeout?: number;
    /** @default 3 */
    readonly retries?: number;
    /** Seconds in which failures don't count, 0 to 300. @default 60 */
    readonly startPeriod?: number;
}

export interface EcsTaskArgs {
    /** Family of the task definition; begins the names of its log group and roles too, for example `thoth-prod-api`. */
    readonly family: string;
    /** Name of the container. */
    readonly containerName: string;
    /** Image with a tag other than `latest`, or a digest. */
    readonly image: string;
    /** ECR repositories that the task may pull from. @default none: a public image */
    readonly repositoryArns?: readonly pulumi.Input<string>[];
    /** CPU units, 1024 a vCPU. Fargate offers certain pairs of CPU and memory only. */
    readonly cpu: number;
    /** MiB. */
    readonly memory: number;
    /** Where tasks run: EC2 instances of a capacity provider, or Fargate. @default "FARGATE" */
    readonly compatibility?: "FARGATE" | "EC2";
    /** GPUs that a task has to itself; EC2 only. @default 0 */
    readonly gpus?: number;
    /** Port that the container listens on. @default none */
    readonly port?: number;
    /** @default the image's own */
    readonly command?: readonly string[];
    readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
    /** By the name of the environment variable. @default none */
    readonly secrets?: Readonly<Record<string, TaskSecret>>;
    /** Customer-managed keys that the secrets are encrypted with. @default none */
    readonly secretKeyArns?: readonly pulumi.Input<string>[];
    /** What the program in the container may do. @default nothing */
    readonly statements?: readonly Statement[];
    /** By name. @default none */
    readonly volumes?: Readonly<Record<string, TaskVolume>>;
    /** Directories that the container writes to; everything else of its root is read-only. @default ["/tmp"] */
    readonly writablePaths?: readonly string[];
    /** @default true */
    readonly readonlyRootFilesystem?: boolean;
    /** @default none: the load balancer's check counts */
    readonly healthCheck?: ContainerHealthCheck;
    /** Seconds between SIGTERM and SIGKILL; Fargate allows 120. @default 30 */
    readonly stopTimeout?: number;
    /** Log group that services share; their streams begin with the container's name. @default one of its own */
    readonly logGroup?: aws.cloudwatch.LogGroup;
    /** Encrypts the log. */
    readonly logKeyArn: pulumi.Input<string>;
    readonly logRetentionDays: number;
    /** Lets people run commands in the container, audited by the cluster. @default not */
    readonly exec?: ExecAudit;
    /** @default "X86_64" */
    readonly architecture?: "X86_64" | "ARM64";
    readonly region: string;
}

/** A task definition with one container, roles of its own and a log group. Old versions stay, for going back to them. */
export class EcsTask extends pulumi.ComponentResource {
    readonly definition: aws.ecs.TaskDefinition;
    readonly arn: pulumi.Output<string>;
    readonly containerName: string;
    readonly port: number | undefined;
    readonly taskRole: aws.iam.Role;
    readonly executionRole: aws.iam.Role;
    readonly logGroup: aws.cloudwatch.LogGroup;
    /** Policies that have to be there before tasks start. */
    readonly policies: readonly pulumi.Resource[];
    readonly canExec: boolean;

    constructor(name: string, args: EcsTaskArgs, opts?: pulumi.ComponentResourceOptions) {
        checkArgs(name, args);
        super("platforms:foundation:EcsTask", name, {}, opts);
        const parent = { parent: this };
        this.containerName = args.containerName;
        this.port = args.port;
        this.canExec = args.exec !== undefined;

        this.logGroup =
            args.logGroup ??
            encryptedLogGroup(
                `${name}-log`,
                { logGroupName: `/ecs/${args.family}`, retentionDays: args.logRetentionDays, keyArn: args.logKeyArn },
                parent,
            );
        const trust = serviceTrust("ecs-tasks.amazonaws.com");
        this.executionRole = new aws.iam.Role(
            `${name}-execution`,
            {
                name: `${args.family}-execution`,
                description: `Starts tasks of ${args.family}: image, secrets, log`,
                assumeRolePolicy: trust,
            },
            parent,
        );
        this.taskRole = new aws.iam.Role(
            `${name}-task`,
            { name: `${args.family}-task`, description: `What ${args.family} may do`, assumeRolePolicy: trust },
            parent,
        );
        const attach = (role: string, of: aws.iam.Role, statements: readonly Statement[]) =>
            statements.length === 0
                ? []
                : [
                      new aws.iam.RolePolicy(
                          `${name}-${role}`,
                          { role: of.name, policy: policyDocument(statements) },
                          parent,
                      ),
                  ];
        this.policies = [
            ...attach("execution", this.executionRole, executionStatements(args, this.logGroup.arn)),
            ...attach("task", this.taskRole, [
                ...(args.statements ?? []),
                ...volumeStatements(args.volumes ?? {}),
                ...(args.exec ? execStatements(args.exec) : []),
            ]),
        ];

        const compatibility = args.compatibility ?? "FARGATE";
        this.definition = new aws.ecs.TaskDefinition(
            `${name}-definition`,
            {
                family: args.family,
                networkMode: "awsvpc",
                requiresCompatibilities: [compatibility],
                cpu: String(args.cpu),
                memory: String(args.memory),
                // placement on EC2 goes by the capacity provider's instances
                runtimePlatform:
                    compatibility === "FARGATE"
                        ? { operatingSystemFamily: "LINUX", cpuArchitecture: args.architecture ?? "X86_64" }
                        : undefined,
                executionRoleArn: this.executionRole.arn,
                taskRoleArn: this.taskRole.arn,
                volumes: taskVolumes(args),
                containerDefinitions: pulumi.jsonStringify([containerDefinition(args, this.logGroup.name)]),
                // a rollback needs the revision that it goes back to
                skipDestroy: true,
            },
            parent,
        );
        this.arn = this.definition.arn;
        this.registerOutputs({ arn: this.arn });
    }
}

function checkArgs(name: string, args: EcsTaskArgs): void {
    const checks = new ArgChecks(`EcsTask ${name}`).expect(
        !/(^|\/)[^:@/]+$|:latest$/.test(args.image),
        "image",
        `must have a tag other than latest, or a digest, got "${args.image}"`,
    );
    const roleProblem = nameProblem(`${args.family}-execution`, nameRules.iamRole);
    checks.expect(roleProblem === undefined, "family", `gives no name for a role: ${roleProblem}`);
    if (args.compatibility !== "EC2") {
        const problem = fargateSizeProblem(args.cpu, args.memory);
        checks
            .expect(
                problem === undefined,
                problem?.key ?? "cpu",
                `must be ${problem?.expected}, got ${problem && args[problem.key]}`,
            )
            .expect(!args.gpus, "gpus", "must be absent: Fargate has no GPUs");
    }
    checks.done();
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function executionStatements(args: EcsTaskArgs, logGroupArn: pulumi.Output<string>): Statement[] {
    const secrets = Object.values(args.secrets ?? {});
    const secretArns = new Set(secrets.flatMap((secret) => ("secretArn" in secret ? [secret.secretArn] : [])));
    const parameterArns = secrets.flatMap((secret) => ("parameterArn" in secret ? [secret.parameterArn] : []));
    return [
        ...(args.repositoryArns?.length
            ? [
                  // the token is for the whole registry: no resource-level permissions
                  { sid: "RegistryToken", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
                  {
                      sid: "PullImage",
                      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                      resources: args.repositoryArns,
                  },
              ]
            : []),
        {
            sid: "WriteLog",
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [pulumi.interpolate`${logGroupArn}:*`],
        },
        ...(secretArns.size > 0
            ? [{ sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: [...secretArns] }]
            : []),
        ...(parameterArns.length > 0
            ? [{ sid: "ReadParameters", actions: ["ssm:GetParameters"], resources: parameterArns }]
            : []),
        ...(args.secretKeyArns?.length
            ? [{ sid: "DecryptSecrets", actions: ["kms:Decrypt"], resources: args.secretKeyArns }]
            : []),
    ];
}
