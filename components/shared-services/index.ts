import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { protectedBy } from "../foundation/arn";
import { budget } from "../foundation/budget";
import { EncryptionKey } from "../foundation/key";
import { autoScalingMayUseKey } from "../foundation/key-statements";
import { Platform } from "../foundation/platform";
import type { SharedServicesArgs } from "./args";
import { Artifacts } from "./artifacts";
import { AccountBaseline } from "./baseline";
import { githubRoles } from "./github";
import { Registry } from "./images";
import { workloadRoles } from "./workload-roles";

/** What people and the workload stacks look up. */
export interface SharedServicesOutputs {
    /** Where images are pushed to and pulled from, by repository. */
    readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
    /** Artifact buckets by purpose. */
    readonly bucketNames: Readonly<Record<string, pulumi.Output<string>>>;
    /** To be entered at the registrar of each zone. */
    readonly nameServers: Readonly<Record<string, pulumi.Output<string[]>>>;
    /** Roles that the workloads assume. */
    readonly workloadRoleArns: Readonly<Record<string, pulumi.Output<string>>>;
    /** Roles that jobs on GitHub assume. */
    readonly githubRoleArns: Readonly<Record<string, pulumi.Output<string>>>;
}

/** The account that the environments of one system share: images, charts, artifacts, names, and the ways in. */
export class SharedServices extends Platform {
    readonly outputs: SharedServicesOutputs;

    constructor(name: string, args: SharedServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:shared-services:SharedServices", name, args.system, args, opts);
        const protect = args.deletionProtection;
        const key = new EncryptionKey(
            `${name}-key`,
            {
                ...args,
                description: `Images, artifacts and volumes of ${args.system}'s shared account`,
                alias: `${args.system}-shared`,
                statements: autoScalingMayUseKey(args),
                protect,
            },
            this.inAws(),
        );
        new AccountBaseline(`${name}-baseline`, { ...args, volumeKeyArn: key.arn }, this.inAws());
        const { repositories } = new Registry(`${name}-registry`, { ...args, keyArn: key.arn }, this.inAws());
        const { buckets } = new Artifacts(`${name}-artifacts`, { ...args, keyArn: key.arn }, this.inAws());
        const zones = Object.fromEntries(
            args.zones.map((zone) => [
                zone,
                new aws.route53.Zone(
                    `${name}-zone-${zone}`,
                    { name: zone, comment: `${args.system}: records are changed by the workload stacks` },
                    this.inAws(protectedBy(this, protect)),
                ),
            ]),
        );
        const shared = { repositories, buckets, zones, keyArn: key.arn };
        const workloads = workloadRoles(`${name}-workload`, args, shared, this.inAws());
        const github = githubRoles(`${name}-github`, args, shared, this.inAws());
        budget(
            `${name}-budget`,
            {
                budgetName: `${args.system}-shared`,
                monthlyUsd: args.budget.monthlyUsd,
                emails: args.budget.emails,
                tags: { Project: args.system, Environment: args.environment },
            },
            this.inAws(),
        );
        this.outputs = {
            repositoryUrls: each(repositories, ({ repositoryUrl }) => repositoryUrl),
            bucketNames: each(buckets, ({ bucketName }) => bucketName),
            nameServers: each(zones, ({ nameServers }) => nameServers),
            workloadRoleArns: each(workloads, ({ arn }) => arn),
            githubRoleArns: each(github, ({ arn }) => arn),
        };
        this.registerOutputs({ ...this.outputs });
    }
}

/** One fact of each thing, by the things' own keys. */
const each = <Thing, Fact>(things: Readonly<Record<string, Thing>>, of: (thing: Thing) => Fact): Record<string, Fact> =>
    Object.fromEntries(Object.entries(things).map(([key, thing]) => [key, of(thing)]));
