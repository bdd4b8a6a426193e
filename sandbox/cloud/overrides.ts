import { dashed, partitionOf } from "./arns";
import type { Facts } from "./facts";
import { zonesOf } from "./regions";
import { bagOf, hasUnknown, listOf, open, secret, text, type Wire } from "./wire";

type Value = (facts: Facts) => Wire | undefined;

const id =
    (prefix: string, purpose: string): Value =>
    ({ hash }) =>
        prefix + hash(17, purpose);

/** The name as AWS puts it into host names: lower case, at most 32 characters. */
const label = (facts: Facts): string =>
    facts.name
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, "-")
        .slice(0, 32);
const byte = ({ hash }: Facts, purpose: string): number => Number.parseInt(hash(2, purpose), 16);
const address = (facts: Facts, network: string): string =>
    `${network}.${byte(facts, "third")}.${byte(facts, "fourth")}`;
const created: Value = () => "2025-01-01T00:00:00Z";

/** Certificate text no TLS library would accept: nothing in the sandbox can be connected to. */
const certificate = (facts: Facts): string =>
    Buffer.from(
        `-----BEGIN CERTIFICATE-----\nsandbox ${facts.hash(40, "certificate")}\n-----END CERTIFICATE-----\n`,
    ).toString("base64");

const databasePort: Value = ({ inputs }) => (/postgres/.test(text(inputs["engine"]) ?? "") ? 5432 : 3306);

/** A secret that RDS keeps for a password it manages itself. */
const managedPassword: Value = ({ inputs, session, hash }) =>
    open(inputs["manageMasterUserPassword"]) === true
        ? [
              {
                  kmsKeyId: text(inputs["masterUserSecretKmsKeyId"]) ?? "",
                  secretArn: `arn:${partitionOf(session.region)}:secretsmanager:${session.region}:${session.account}:secret:rds!${dashed(hash(32, "secret"))}-${hash(6)}`,
                  secretStatus: "active",
              },
          ]
        : [];

const elasticacheHost = (facts: Facts, prefix: string): string =>
    `${prefix}${label(facts)}.${facts.hash(6)}.${facts.session.region
        .split("-")
        .map((part) => part.slice(0, 1))
        .join("")}1.cache.amazonaws.com`;

const issuer: Value = ({ session, hash }) =>
    `https://oidc.eks.${session.region}.amazonaws.com/id/${hash(32, "oidc").toUpperCase()}`;

const nextVersion: Value = ({ olds }) => Number(open(olds?.["latestVersion"]) ?? 0) + 1;

const lambdaArn: Value = ({ session, name }) =>
    `arn:${partitionOf(session.region)}:lambda:${session.region}:${session.account}:function:${name}`;
const invokeArn: Value = (facts) =>
    `arn:${partitionOf(facts.session.region)}:apigateway:${facts.session.region}:lambda:path/2015-03-31/functions/${lambdaArn(facts)}/invocations`;

/** Outputs AWS fills in that programs read and whose form or shape can't be told from the declaration. */
export const OVERRIDES: { readonly [type: string]: { readonly [output: string]: Value } } = {
    "aws:acm/certificate:Certificate": {
        domainValidationOptions: (facts) =>
            [facts.inputs["domainName"] ?? "", ...listOf(facts.inputs["subjectAlternativeNames"])]
                .filter((domain, index, all) => all.indexOf(domain) === index)
                .map((domain) => {
                    const bare = (text(domain) ?? "").replace(/^\*\./, "");
                    return {
                        domainName: text(domain) ?? "",
                        resourceRecordName: `_${facts.hash(32, bare)}.${bare}.`,
                        resourceRecordType: "CNAME",
                        resourceRecordValue: `_${facts.hash(32, `${bare} value`)}.acm-validations.aws.`,
                    };
                }),
        status: () => "PENDING_VALIDATION",
        type: () => "AMAZON_ISSUED",
    },
    "aws:apigatewayv2/api:Api": {
        apiEndpoint: ({ id: api, session }) => `https://${api}.execute-api.${session.region}.amazonaws.com`,
        executionArn: ({ id: api, session }) => `arn:aws:execute-api:${session.region}:${session.account}:${api}`,
    },
    "aws:apigateway/restApi:RestApi": {
        executionArn: ({ id: api, session }) => `arn:aws:execute-api:${session.region}:${session.account}:${api}`,
        rootResourceId: ({ hash }) => hash(10, "root"),
    },
    "aws:cloudfront/distribution:Distribution": {
        domainName: ({ hash }) => `d${hash(13)}.cloudfront.net`,
        hostedZoneId: () => "Z2FDTNDATAQYW2", // every distribution, docs.aws.amazon.com/general/latest/gr/cf_region.html
        status: () => "Deployed",
    },
    "aws:cognito/userPool:UserPool": {
        endpoint: ({ id: pool, session }) => `cognito-idp.${session.region}.amazonaws.com/${pool}`,
    },
    "aws:cognito/userPoolClient:UserPoolClient": { clientSecret: ({ hash }) => secret(hash(51, "client secret")) },
    "aws:dynamodb/table:Table": {
        streamArn: ({ inputs, session, name }) =>
            open(inputs["streamEnabled"]) === true
                ? `arn:aws:dynamodb:${session.region}:${session.account}:table/${name}/stream/2025-01-01T00:00:00.000`
                : "",
    },
    "aws:ec2/eip:Eip": {
        allocationId: ({ id: allocation }) => allocation,
        domain: () => "vpc",
        publicIp: (facts) => address(facts, "203.0"),
    },
    "aws:ec2/instance:Instance": {
        privateIp: (facts) => address(facts, "10.0"),
        privateDns: (facts) =>
            `ip-${address(facts, "10.0").replaceAll(".", "-")}.${facts.session.region}.compute.internal`,
        publicIp: () => "",
        publicDns: () => "",
        instanceState: () => "running",
    },
    "aws:ec2/launchTemplate:LaunchTemplate": { latestVersion: nextVersion, defaultVersion: () => 1 },
    "aws:ec2/natGateway:NatGateway": {
        publicIp: (facts) => address(facts, "203.0"),
        privateIp: (facts) => address(facts, "10.0"),
    },
    "aws:ec2/subnet:Subnet": {
        availabilityZone: ({ session }) => zonesOf(session.region)[0]?.name,
        availabilityZoneId: ({ inputs, session }) =>
            zonesOf(session.region).find(({ name }) => name === text(inputs["availabilityZone"]))?.id,
        privateDnsHostnameTypeOnLaunch: () => "ip-name",
    },
    "aws:ec2/vpc:Vpc": {
        defaultSecurityGroupId: id("sg-", "default"),
        defaultNetworkAclId: id("acl-", "default"),
        defaultRouteTableId: id("rtb-", "main"),
        mainRouteTableId: id("rtb-", "main"),
        dhcpOptionsId: id("dopt-", "dhcp"),
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        dnsEntries: ({ id: endpoint, inputs, session, hash }) => {
            const service = text(inputs["serviceName"])?.split(".").at(-1) ?? "service";
            return text(inputs["vpcEndpointType"]) === "Interface"
                ? [
                      {
                          dnsName: `${endpoint}-${hash(8)}.${service}.${session.region}.vpce.amazonaws.com`,
                          hostedZoneId: `Z${hash(13, "zone").toUpperCase()}`,
                      },
                  ]
                : [];
        },
        networkInterfaceIds: ({ inputs, hash }) =>
            listOf(inputs["subnetIds"]).map((_, index) => `eni-${hash(17, `eni ${index}`)}`),
        prefixListId: ({ inputs, hash }) => (text(inputs["vpcEndpointType"]) === "Interface" ? "" : `pl-${hash(8)}`),
        state: () => "available",
    },
    "aws:ecr/repository:Repository": {
        repositoryUrl: ({ session, name }) => `${session.account}.dkr.ecr.${session.region}.amazonaws.com/${name}`,
    },
    "aws:ecs/taskDefinition:TaskDefinition": { revision: ({ generation }) => generation },
    "aws:efs/fileSystem:FileSystem": {
        dnsName: ({ id: system, session }) => `${system}.efs.${session.region}.amazonaws.com`,
    },
    "aws:eks/cluster:Cluster": {
        accessConfig: () => ({ authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true }),
        certificateAuthority: (facts) => ({ data: certificate(facts) }),
        endpoint: ({ session, hash }) =>
            `https://${hash(32, "oidc").toUpperCase()}.gr7.${session.region}.eks.amazonaws.com`,
        identities: (facts) => [{ oidcs: [{ issuer: issuer(facts) ?? "" }] }],
        kubernetesNetworkConfig: () => ({ ipFamily: "ipv4", serviceIpv4Cidr: "10.100.0.0/16", serviceIpv6Cidr: "" }),
        platformVersion: () => "eks.1",
        status: () => "ACTIVE",
        version: () => "1.33",
        // The group EKS makes besides those given, docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
        vpcConfig: ({ inputs, hash }) => ({
            endpointPrivateAccess: false,
            endpointPublicAccess: true,
            publicAccessCidrs: ["0.0.0.0/0"],
            ...bagOf(inputs["vpcConfig"]),
            clusterSecurityGroupId: `sg-${hash(17, "cluster")}`,
            vpcId: `vpc-${hash(17, "vpc")}`,
        }),
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        configurationEndpointAddress: (facts) => elasticacheHost(facts, "clustercfg."),
        primaryEndpointAddress: (facts) => elasticacheHost(facts, "master."),
        readerEndpointAddress: (facts) => elasticacheHost(facts, "replica."),
        port: () => 6379,
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {
        endpoints: (facts) => [
            {
                address: `${label(facts)}-${facts.hash(6)}.serverless.${facts.session.region}.cache.amazonaws.com`,
                port: 6379,
            },
        ],
        readerEndpoints: (facts) => [
            {
                address: `${label(facts)}-${facts.hash(6)}.serverless.${facts.session.region}.cache.amazonaws.com`,
                port: 6380,
            },
        ],
        status: () => "available",
    },
    "aws:emr/cluster:Cluster": {
        clusterState: () => "WAITING",
        masterPublicDns: (facts) =>
            `ip-${address(facts, "10.0").replaceAll(".", "-")}.${facts.session.region}.compute.internal`,
    },
    "aws:iam/accessKey:AccessKey": { secret: ({ hash }) => secret(hash(40, "secret key")) },
    "aws:iam/role:Role": { uniqueId: ({ hash }) => `AROA${hash(16).toUpperCase()}`, createDate: created },
    "aws:kms/key:Key": { keyId: ({ id: key }) => key },
    "aws:kms/alias:Alias": {
        targetKeyArn: ({ inputs, session }) => {
            const target = text(inputs["targetKeyId"]) ?? "";
            return target.startsWith("arn:")
                ? target
                : `arn:${partitionOf(session.region)}:kms:${session.region}:${session.account}:key/${target}`;
        },
    },
    "aws:lambda/function:Function": {
        architectures: () => ["x86_64"],
        invokeArn,
        qualifiedArn: (facts) => `${lambdaArn(facts)}:$LATEST`,
        version: () => "$LATEST",
    },
    "aws:lambda/functionUrl:FunctionUrl": {
        functionUrl: ({ session, hash }) => `https://${hash(32, "url")}.lambda-url.${session.region}.on.aws/`,
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        dnsName: (facts) => {
            const internal = open(facts.inputs["internal"]) === true ? "internal-" : "";
            return `${internal}${label(facts)}-${Number.parseInt(facts.hash(8), 16)}.${facts.session.region}.elb.amazonaws.com`;
        },
        ipAddressType: () => "ipv4",
        vpcId: id("vpc-", "vpc"),
        zoneId: ({ hash }) => `Z${hash(13, "zone").toUpperCase()}`,
    },
    "aws:opensearch/domain:Domain": {
        endpoint: (facts) => `vpc-${label(facts)}-${facts.hash(26)}.${facts.session.region}.es.amazonaws.com`,
    },
    "aws:rds/cluster:Cluster": {
        endpoint: ({ id: cluster, session, hash }) =>
            `${cluster}.cluster-${hash(12)}.${session.region}.rds.amazonaws.com`,
        readerEndpoint: ({ id: cluster, session, hash }) =>
            `${cluster}.cluster-ro-${hash(12)}.${session.region}.rds.amazonaws.com`,
        clusterIdentifier: ({ id: cluster }) => cluster,
        clusterResourceId: ({ hash }) => `cluster-${hash(26, "resource").toUpperCase()}`,
        masterUserSecrets: managedPassword,
        port: databasePort,
    },
    "aws:rds/clusterInstance:ClusterInstance": {
        endpoint: ({ id: instance, session, hash }) => `${instance}.${hash(12)}.${session.region}.rds.amazonaws.com`,
        identifier: ({ id: instance }) => instance,
        port: databasePort,
    },
    "aws:rds/instance:Instance": {
        address: ({ name, session, hash }) => `${name}.${hash(12)}.${session.region}.rds.amazonaws.com`,
        endpoint: (facts) =>
            `${facts.name}.${facts.hash(12)}.${facts.session.region}.rds.amazonaws.com:${open(facts.inputs["port"]) ?? databasePort(facts)}`,
        masterUserSecrets: managedPassword,
        port: databasePort,
        resourceId: ({ hash }) => `db-${hash(26, "resource").toUpperCase()}`,
        status: () => "available",
    },
    "aws:route53/record:Record": { fqdn: ({ inputs }) => text(inputs["name"]) },
    "aws:route53/zone:Zone": {
        zoneId: ({ id: zone }) => zone,
        nameServers: ({ hash }) =>
            ["com", "net", "org", "co.uk"].map(
                (domain, index) =>
                    `ns-${Number.parseInt(hash(2, domain), 16) + index * 512}.awsdns-${Number.parseInt(hash(1, domain), 16)}.${domain}`,
            ),
    },
    "aws:s3/bucket:Bucket": {
        bucketDomainName: ({ name }) => `${name}.s3.amazonaws.com`,
        bucketRegionalDomainName: ({ name, session }) => `${name}.s3.${session.region}.amazonaws.com`,
        bucketRegion: ({ session }) => session.region,
    },
    "aws:secretsmanager/secretVersion:SecretVersion": { versionId: ({ hash }) => dashed(hash(32)) },
    "aws:ssm/parameter:Parameter": { version: ({ olds }) => Number(open(olds?.["version"]) ?? 0) + 1 },
    "aws:sqs/queue:Queue": { url: ({ id: url }) => url },
};

/** Outputs that an update changes although no input of the same name did: unknown while only previewing one. */
export const VOLATILE: { readonly [type: string]: readonly string[] } = {
    "aws:ec2/launchTemplate:LaunchTemplate": ["latestVersion"],
    "aws:ssm/parameter:Parameter": ["version"],
};

export function override(type: string, output: string, facts: Facts): Wire | undefined {
    const value = OVERRIDES[type]?.[output]?.(facts);
    return value === undefined || hasUnknown(value) ? undefined : value;
}
