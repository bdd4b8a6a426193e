/**
 * List prices on demand, in USD, of us-east-1 (us-east-2 and us-west-2 charge the same for these), without tax, free tier,
 * reserved capacity or savings plans. Each group names the page of AWS that it is from; the pages carry no date of their own.
 */
export const priceList = { asOf: "2026-11-21", region: "us-east-1", sameIn: ["us-east-2", "us-west-2"] } as const;

/** Hours that AWS counts to a month. */
export const hoursPerMonth = 730;

/** https://aws.amazon.com/fargate/pricing/, Linux, by the hour. */
export const fargate = {
    X86_64: { vcpu: 0.04048, gib: 0.004445 },
    ARM64: { vcpu: 0.03238, gib: 0.00356 },
    /** The Spot price moves; AWS says "up to 70 %" off, and that much is taken. */
    spotShare: 0.3,
} as const;

/** https://aws.amazon.com/rds/postgresql/pricing/, Single-AZ, by the hour; Multi-AZ is twice that, storage too. */
export const rdsInstances: Readonly<Record<string, number>> = {
    "db.t4g.micro": 0.016,
    "db.t4g.small": 0.032,
    "db.t4g.medium": 0.065,
    "db.t4g.large": 0.129,
    "db.t4g.xlarge": 0.258,
    "db.m7g.large": 0.168,
    "db.m7g.xlarge": 0.337,
    "db.m7g.2xlarge": 0.674,
};
/** The same page, by the GiB and month. */
export const rdsStorage: Readonly<Record<string, number>> = { gp3: 0.115, gp2: 0.115 };

/** https://aws.amazon.com/elasticache/pricing/, Redis OSS, by node and hour; Valkey is a fifth less. */
export const cacheNodes: Readonly<Record<string, number>> = {
    "cache.t4g.micro": 0.016,
    "cache.t4g.small": 0.032,
    "cache.t4g.medium": 0.065,
    "cache.m7g.large": 0.158,
    "cache.r7g.large": 0.219,
};
export const valkeyShare = 0.8;

/** https://aws.amazon.com/ec2/pricing/on-demand/, Linux, by the hour. */
export const instances: Readonly<Record<string, number>> = {
    "t3.medium": 0.0416,
    "t3.large": 0.0832,
    "t3a.large": 0.0752,
    "m5.large": 0.096,
    "m5.xlarge": 0.192,
    "m6i.large": 0.096,
    "m6i.xlarge": 0.192,
    "m7i.large": 0.1008,
    "g4dn.xlarge": 0.526,
    "g4dn.2xlarge": 0.752,
    "g5.xlarge": 1.006,
};

/** By the hour. */
export const hourly = {
    /** https://aws.amazon.com/vpc/pricing/ */
    natGateway: 0.045,
    publicIpv4: 0.005,
    /** https://aws.amazon.com/privatelink/pricing/, in each zone */
    interfaceEndpoint: 0.01,
    /** https://aws.amazon.com/elasticloadbalancing/pricing/ */
    applicationLoadBalancer: 0.0225,
    networkLoadBalancer: 0.0225,
    /** https://aws.amazon.com/eks/pricing/, a version in standard support */
    eksCluster: 0.1,
} as const;

/** By the month. */
export const monthly = {
    /** https://aws.amazon.com/kms/pricing/ */
    kmsKey: 1,
    /** https://aws.amazon.com/secrets-manager/pricing/ */
    secret: 0.4,
    /** https://aws.amazon.com/cloudwatch/pricing/, by each metric of an alarm; three dashboards are free in an account */
    alarmMetric: 0.1,
    dashboard: 3,
    /** https://aws.amazon.com/waf/pricing/ */
    webAcl: 5,
    webAclRule: 1,
    /** https://aws.amazon.com/route53/pricing/, the first 25 zones */
    hostedZone: 0.5,
    /** The same page, endpoints outside AWS, and each of HTTPS, string matching, fast interval, latency */
    healthCheck: 0.75,
    healthCheckOption: 2,
} as const;

/** What the seed says that the web app costs, USD a month: least and most. */
export const seedEstimates: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
    "web-app": { dev: [65, 65], staging: [150, 150], prod: [500, 1000] },
};
