import { status } from "@grpc/grpc-js";
import { parseAllDocuments } from "yaml";
import { dashed, partitionOf } from "./arns";
import { CLOUDFRONT_POLICIES, LOG_ACCOUNTS } from "./aws-constants";
import { hex } from "./naming";
import { policyDocument } from "./policy-document";
import { describeRegion, zonesOf } from "./regions";
import { CloudError } from "./resources";
import type { Session } from "./session";
import { type Kind, resultOf } from "./shape";
import { type Bag, bagOf, compact, listOf, open, secret, text, type Wire } from "./wire";

type Answer = { readonly [field: string]: Wire | undefined };
type Function_ = (args: Bag, session: Session) => Answer;

/** Digits that belong to what was asked for, in this account and region. */
function digits(session: Session, args: Bag, length: number): string {
    return hex(`${session.account} ${session.region} ${JSON.stringify(args)}`, length);
}

function arn(session: Session, service: string, resource: string): string {
    return `arn:${partitionOf(session.region)}:${service}:${session.region}:${session.account}:${resource}`;
}

/** Something that exists already: the identifier asked for, or one that belongs to the question. */
const existing =
    (prefix: string, service: string, path: string, field = "id"): Function_ =>
    (args, session) => {
        const id = text(args[field]) ?? text(args["id"]) ?? `${prefix}${digits(session, args, 17)}`;
        return { id, [field]: id, arn: arn(session, service, `${path}${id}`), ownerId: session.account };
    };

/** By name: what carries the name as its identifier. */
const named =
    (service: string, path: string, field = "name"): Function_ =>
    (args, session) => {
        const name = text(args[field]) ?? digits(session, args, 12);
        return { id: name, [field]: name, arn: arn(session, service, `${path}${name}`) };
    };

const cloudfrontPolicy: Function_ = (args, session) => {
    const name = text(args["name"]);
    return { name, id: text(args["id"]) ?? CLOUDFRONT_POLICIES[name ?? ""] ?? dashed(digits(session, args, 32)) };
};

function ssmParameter(args: Bag, session: Session): Answer {
    const name = text(args["name"]) ?? "";
    const image = `ami-${digits(session, args, 17)}`;
    // Public parameters of AWS hold image ids; what an account keeps for itself only the account knows.
    const isPublic = name.startsWith("/aws/service/");
    const json = isPublic && /\/recommended$/.test(name);
    const value = json
        ? JSON.stringify({ image_id: image })
        : isPublic
          ? image
          : `sandbox-value-of${name.replaceAll("/", "-")}`;
    return {
        id: name,
        name,
        arn: arn(session, "ssm", `parameter${name.startsWith("/") ? "" : "/"}${name}`),
        type: isPublic ? "String" : "SecureString",
        value: isPublic ? value : secret(value),
        insecureValue: isPublic ? value : "",
        version: 1,
    };
}

function availabilityZones(args: Bag, session: Session): Answer {
    const [names, ids] = [listOf(args["excludeNames"]), listOf(args["excludeZoneIds"])];
    const zones = zonesOf(session.region).filter(({ name, id }) => !names.includes(name) && !ids.includes(id));
    return {
        id: session.region,
        names: zones.map(({ name }) => name),
        zoneIds: zones.map(({ id }) => id),
        groupNames: [session.region],
    };
}

function image(args: Bag, session: Session): Answer {
    const filtered = listOf(args["filters"])
        .map(bagOf)
        .find((filter) => text(filter["name"]) === "image-id");
    const id = text(listOf(filtered?.["values"])[0]) ?? `ami-${digits(session, args, 17)}`;
    return {
        id,
        imageId: id,
        architecture: "x86_64",
        blockDeviceMappings: [{ deviceName: "/dev/xvda", noDevice: "", virtualName: "", ebs: {} }],
        rootDeviceName: "/dev/xvda",
        rootDeviceType: "ebs",
        state: "available",
    };
}

/** An EKS cluster made elsewhere; the outputs programs build a kubeconfig from. */
function eksCluster(args: Bag, session: Session): Answer {
    const name = text(args["name"]) ?? "";
    const unique = digits(session, args, 32).toUpperCase();
    return {
        id: name,
        name,
        arn: arn(session, "eks", `cluster/${name}`),
        endpoint: `https://${unique}.gr7.${session.region}.eks.amazonaws.com`,
        certificateAuthorities: [{ data: Buffer.from(`sandbox ${unique}`).toString("base64") }],
        identities: [{ oidcs: [{ issuer: `https://oidc.eks.${session.region}.amazonaws.com/id/${unique}` }] }],
        status: "ACTIVE",
        vpcConfig: {
            clusterSecurityGroupId: `sg-${digits(session, args, 17)}`,
            endpointPrivateAccess: true,
            endpointPublicAccess: false,
            publicAccessCidrs: [],
            securityGroupIds: [],
            subnetIds: [],
            vpcId: `vpc-${digits(session, args, 17)}`,
        },
    };
}

function zone(args: Bag, session: Session): Answer {
    const zoneId = text(args["zoneId"]) ?? `Z${digits(session, args, 20).toUpperCase()}`;
    const name = (text(args["name"]) ?? "example.com").replace(/\.$/, "");
    const nameServers = ["com", "net", "org", "co.uk"].map(
        (domain, index) => `ns-${index * 512 + 7}.awsdns-${index}.${domain}`,
    );
    return { id: zoneId, zoneId, name, arn: `arn:aws:route53:::hostedzone/${zoneId}`, nameServers };
}

/**
 * The functions the sandbox answers. To add one, give the fields that programs read; the other fields of its result
 * are filled in by their type, from the SDK's declaration.
 */
const FUNCTIONS: { readonly [token: string]: Function_ } = {
    "aws:index/getCallerIdentity:getCallerIdentity": (_, { account, region }) => ({
        id: account,
        accountId: account,
        arn: `arn:${partitionOf(region)}:sts::${account}:assumed-role/sandbox/sandbox`,
        userId: "AROASANDBOXSANDBOXAAA:sandbox",
    }),
    "aws:index/getRegion:getRegion": (args, session) => {
        const region = text(args["region"]) ?? text(args["name"]) ?? session.region;
        const endpoint = `ec2.${region}.amazonaws.com`;
        return { id: region, name: region, region, description: describeRegion(region), endpoint };
    },
    "aws:index/getPartition:getPartition": (_, { region }) => {
        const partition = partitionOf(region);
        const dnsSuffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
        return { id: partition, partition, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
    },
    "aws:index/getAvailabilityZones:getAvailabilityZones": availabilityZones,
    "aws:acm/getCertificate:getCertificate": (args, session) => {
        const certificate = arn(session, "acm", `certificate/${dashed(digits(session, args, 32))}`);
        return { id: certificate, arn: certificate, domain: text(args["domain"]), status: "ISSUED" };
    },
    "aws:cloudfront/getCachePolicy:getCachePolicy": cloudfrontPolicy,
    "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": cloudfrontPolicy,
    "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": cloudfrontPolicy,
    "aws:ec2/getAmi:getAmi": image,
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": existing("pl-", "ec2", "prefix-list/"),
    "aws:ec2/getPrefixList:getPrefixList": existing("pl-", "ec2", "prefix-list/"),
    "aws:ec2/getRouteTable:getRouteTable": existing("rtb-", "ec2", "route-table/", "routeTableId"),
    "aws:ec2/getSecurityGroup:getSecurityGroup": existing("sg-", "ec2", "security-group/"),
    "aws:ec2/getSubnet:getSubnet": (args, session) => ({
        ...existing("subnet-", "ec2", "subnet/")(args, session),
        availabilityZone: zonesOf(session.region)[0]?.name,
        vpcId: text(args["vpcId"]) ?? `vpc-${digits(session, {}, 17)}`,
    }),
    "aws:ec2/getSubnets:getSubnets": (args, session) => ({
        id: session.region,
        ids: zonesOf(session.region)
            .slice(0, 3)
            .map(({ name }) => `subnet-${digits(session, { ...args, name }, 17)}`),
    }),
    "aws:ec2/getVpc:getVpc": (args, session) => ({
        ...existing("vpc-", "ec2", "vpc/")(args, session),
        cidrBlock: text(args["cidrBlock"]) ?? "172.31.0.0/16", // the default VPC's range
        enableDnsSupport: true,
        state: "available",
    }),
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": (args, session) => {
        const password = digits(session, args, 40);
        return {
            id: session.region,
            userName: "AWS",
            password: secret(password),
            authorizationToken: secret(Buffer.from(`AWS:${password}`).toString("base64")),
            expiresAt: "2099-01-01T00:00:00Z",
            proxyEndpoint: `https://${text(args["registryId"]) ?? session.account}.dkr.ecr.${session.region}.amazonaws.com`,
        };
    },
    "aws:ecr/getRepository:getRepository": (args, session) => ({
        ...named("ecr", "repository/")(args, session),
        repositoryUrl: `${session.account}.dkr.ecr.${session.region}.amazonaws.com/${text(args["name"])}`,
    }),
    "aws:eks/getAddonVersion:getAddonVersion": (args) => ({
        id: text(args["addonName"]),
        // Only the form is AWS's: which versions exist for a Kubernetes version, AWS alone knows.
        version: `v${text(args["kubernetesVersion"])}.0-eksbuild.1`,
    }),
    "aws:eks/getCluster:getCluster": eksCluster,
    "aws:eks/getClusterAuth:getClusterAuth": (args, session) => ({
        id: text(args["name"]),
        token: secret(`k8s-aws-v1.${digits(session, args, 64)}`),
    }),
    "aws:elb/getServiceAccount:getServiceAccount": (args, session) => {
        const account = LOG_ACCOUNTS[text(args["region"]) ?? session.region] ?? digits(session, args, 12);
        return { id: account, arn: `arn:${partitionOf(session.region)}:iam::${account}:root` };
    },
    "aws:iam/getPolicy:getPolicy": (args, session) => {
        const name = text(args["name"]) ?? text(args["arn"])?.split("/").at(-1) ?? "";
        const policy = text(args["arn"]) ?? `arn:${partitionOf(session.region)}:iam::aws:policy/${name}`;
        return { id: policy, arn: policy, name };
    },
    "aws:iam/getPolicyDocument:getPolicyDocument": (args, session) => ({
        id: String(Number.parseInt(digits(session, args, 8), 16)),
        ...policyDocument(args),
    }),
    "aws:iam/getRole:getRole": (args, { account, region }) => ({
        id: text(args["name"]),
        arn: `arn:${partitionOf(region)}:iam::${account}:role/${text(args["name"])}`,
    }),
    "aws:kms/getAlias:getAlias": (args, session) => {
        const targetKeyId = dashed(digits(session, args, 32));
        const target = arn(session, "kms", `key/${targetKeyId}`);
        return { ...named("kms", "")(args, session), targetKeyId, targetKeyArn: target };
    },
    "aws:kms/getKey:getKey": (args, session) => {
        const id = (text(args["keyId"]) ?? "").replace(/^.*key\//, "");
        return {
            id,
            arn: arn(session, "kms", `key/${id}`),
            awsAccountId: session.account,
            enabled: true,
            keyState: "Enabled",
        };
    },
    "aws:route53/getZone:getZone": zone,
    "aws:s3/getBucket:getBucket": (args, { region }) => {
        const bucket = text(args["bucket"]) ?? "";
        return {
            id: bucket,
            arn: `arn:${partitionOf(region)}:s3:::${bucket}`,
            bucketDomainName: `${bucket}.s3.amazonaws.com`,
            bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
        };
    },
    "aws:secretsmanager/getSecretVersion:getSecretVersion": (args, session) => ({
        id: text(args["secretId"]),
        secretString: secret(digits(session, args, 32)),
        versionId: dashed(digits(session, args, 32)),
    }),
    "aws:sns/getTopic:getTopic": named("sns", ""),
    "aws:sqs/getQueue:getQueue": (args, session) => {
        const url = `https://sqs.${session.region}.amazonaws.com/${session.account}/${text(args["name"])}`;
        return { ...named("sqs", "")(args, session), id: url, url };
    },
    "aws:ssm/getParameter:getParameter": ssmParameter,
    "kubernetes:yaml:decode": (args) => ({
        result: parseAllDocuments(text(args["text"]) ?? "").flatMap((document) => {
            const value = document.toJS() as Wire;
            return value === null ? [] : [value];
        }),
    }),
};

const EMPTY: { readonly [kind in Kind]: Wire } = { string: "", number: 0, boolean: false, list: [], map: {}, any: {} };

/** Answers a provider function: the arguments, what the table says, and the rest of the result by type. */
export function invoke(token: string, args: Bag, session: Session): Bag {
    const answer = FUNCTIONS[token];
    if (answer === undefined) {
        throw new CloudError(
            status.UNIMPLEMENTED,
            `the sandbox doesn't know the function ${token}: add it to FUNCTIONS in sandbox/cloud/functions.ts`,
        );
    }
    const region = text(args["region"]) ?? session.region;
    const given = compact(answer(args, { ...session, region }));
    const result: { [field: string]: Wire } = { ...args, ...given };
    for (const [field, kind] of resultOf(token)) {
        if (open(result[field]) === undefined) {
            result[field] = field === "region" ? region : EMPTY[kind];
        }
    }
    return result;
}
