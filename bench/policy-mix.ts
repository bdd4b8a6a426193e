import type { Resource } from "../tests/policy/support/analyzer";

type Maker = (index: number) => { readonly type: string; readonly props: Readonly<Record<string, unknown>> };

const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const container = (index: number) => ({
    name: "web",
    image: `registry.example.com/web:1.${index}`,
    ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/", port: 8080 } },
    resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    securityContext: {
        allowPrivilegeEscalation: false,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
    },
});

const tags = { Project: "bench", Environment: "dev" };

/** What a platform's stack is made of, in about the proportions in which it comes. */
const makers: readonly Maker[] = [
    (index) => ({ type: "aws:iam/role:Role", props: { name: `role-${index}`, assumeRolePolicy: document, tags } }),
    (index) => ({
        type: "aws:iam/rolePolicy:RolePolicy",
        props: {
            role: `role-${index}`,
            policy: JSON.stringify({
                Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: `arn:aws:s3:::bucket-${index}/*` }],
            }),
        },
    }),
    (index) => ({ type: "aws:s3/bucket:Bucket", props: { bucket: `bucket-${index}`, tags } }),
    (index) => ({
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        props: {
            bucket: `bucket-${index}`,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
    }),
    (index) => ({
        type: "aws:ec2/securityGroup:SecurityGroup",
        props: {
            name: `group-${index}`,
            tags,
            ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
            egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
        },
    }),
    () => ({ type: "aws:ec2/subnet:Subnet", props: { cidrBlock: "10.0.1.0/24", mapPublicIpOnLaunch: false, tags } }),
    () => ({
        type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
        props: { subnetId: "subnet-1", routeTableId: "rtb-1" },
    }),
    (index) => ({
        type: "aws:sqs/queue:Queue",
        props: {
            name: `queue-${index}`,
            kmsMasterKeyId: "alias/data",
            redrivePolicy: JSON.stringify({
                deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:dead",
                maxReceiveCount: 3,
            }),
            tags,
        },
    }),
    (index) => ({
        type: "aws:cloudwatch/logGroup:LogGroup",
        props: {
            name: `/app/${index}`,
            retentionInDays: 30,
            kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1",
            tags,
        },
    }),
    (index) => ({
        type: "aws:lambda/function:Function",
        props: {
            name: `function-${index}`,
            imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/work:1.${index}`,
            deadLetterConfig: { targetArn: "arn:aws:sqs:eu-west-1:123456789012:dead" },
            tags,
        },
    }),
    (index) => ({
        type: "aws:rds/instance:Instance",
        props: {
            identifier: `database-${index}`,
            storageEncrypted: true,
            kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1",
            publiclyAccessible: false,
            tags,
        },
    }),
    (index) => ({
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        props: {
            name: `alarm-${index}`,
            comparisonOperator: "GreaterThanThreshold",
            evaluationPeriods: 3,
            dimensions: { QueueName: `queue-${index}` },
        },
    }),
    (index) => ({
        type: "kubernetes:apps/v1:Deployment",
        props: {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: `web-${index}` },
            spec: {
                replicas: 2,
                selector: { matchLabels: { app: "web" } },
                template: { metadata: { labels: { app: "web" } }, spec: { containers: [container(index)] } },
            },
        },
    }),
    (index) => ({
        type: "kubernetes:core/v1:Service",
        props: {
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: `web-${index}` },
            spec: { type: "ClusterIP", ports: [{ port: 80 }] },
        },
    }),
    (index) => ({
        type: "kubernetes:core/v1:ConfigMap",
        props: {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: `config-${index}` },
            data: { settings: "x".repeat(400) },
        },
    }),
    (index) => ({
        type: "aws:ecs/taskDefinition:TaskDefinition",
        props: {
            family: `task-${index}`,
            containerDefinitions: JSON.stringify([
                { name: "web", image: `web:1.${index}`, portMappings: [{ containerPort: 8080 }] },
            ]),
        },
    }),
];

/** As many resources as asked for, the same ones each time. */
export function mix(size: number): readonly Resource[] {
    return Array.from({ length: size }, (_, index) => {
        const made = makers[index % makers.length]?.(index) ?? { type: "aws:s3/bucket:Bucket", props: {} };
        const name = `resource-${index}`;
        return { ...made, name, urn: `urn:pulumi:bench::bench::${made.type}::${name}` };
    });
}
