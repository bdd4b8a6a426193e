import * as pulumi from "@pulumi/pulumi";
import { databaseEngines } from "../../config/database-engines";
import { SecurityGroup } from "../foundation/security-group";
import type { PartArgs } from "./args";
import type { ServiceNetwork } from "./network";

export interface GroupsArgs extends PartArgs {
    readonly serviceNetwork: ServiceNetwork;
}

const nfs = 2049;

/** Who may talk to whom: every rule inside the network names the group on its other side. */
export class Groups extends pulumi.ComponentResource {
    readonly api: SecurityGroup;
    readonly audioExtraction: SecurityGroup;
    readonly transcription: SecurityGroup;
    readonly musicTermRecognition: SecurityGroup;
    readonly instances: SecurityGroup;
    readonly files: SecurityGroup;
    readonly database: SecurityGroup;

    constructor(name: string, args: GroupsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Groups", name, {}, opts);
        const group = (role: string, description: string, outward: boolean) =>
            new SecurityGroup(
                `${name}-${role}`,
                {
                    vpcId: args.serviceNetwork.vpcId,
                    description,
                    egress: outward
                        ? { https: { description: "AWS services and webhooks, by TLS", port: 443, cidr: "0.0.0.0/0" } }
                        : {},
                },
                { parent: this },
            );
        this.api = group("api", "Tasks of the api", true);
        this.audioExtraction = group("audio-extraction", "Tasks of audio extraction", true);
        this.transcription = group("transcription", "Tasks of transcription", true);
        this.musicTermRecognition = group("music-term-recognition", "Tasks of music term recognition", true);
        this.instances = group("instances", "GPU instances themselves, not their tasks", true);
        this.files = group("files", "Mount targets of the file system", false);
        this.database = group("database", "Database", false);

        const connect = (role: string, from: SecurityGroup, target: string, to: SecurityGroup, port: number) => {
            to.addIngress(role, { description: `From ${role}`, port, securityGroupId: from.securityGroupId });
            from.addEgress(target, { description: `To ${target}`, port, securityGroupId: to.securityGroupId });
        };
        connect("api", this.api, "database", this.database, databaseEngines[args.database.engine].port);
        connect("audio-extraction", this.audioExtraction, "files", this.files, nfs);
        connect("transcription", this.transcription, "files", this.files, nfs);
        connect("music-term-recognition", this.musicTermRecognition, "files", this.files, nfs);
        connect("instances", this.instances, "files", this.files, nfs);
        this.registerOutputs({});
    }
}
