import { overlapCidr } from "cidr-tools";
import { z } from "zod";
import { crossField } from "../cross-field";
import { arn, domainName, email, flag, logRetentionDays, narrowCidr, textOf, wholeNumber } from "../fields";
import { gpuInstances, usableByTasks } from "../gpu-instances";
import { awsTarget } from "./aws-target";
import { database, gpu, network, offHours, sharedServices, storage, text } from "./transcription-parts";
import { api, audioExtraction, musicTermRecognition, transcription as whisper } from "./transcription-services";

/** `platforms:transcription`: Thoth, speech to text with music terms. */
export const transcription = crossField(
    crossField(
        z.strictObject({
            ...awsTarget,
            domain: domainName().describe("Host name of the api, in the zone sharedServices.hostedZoneId."),
            network: network.describe("Network of its own, or one that is there already."),
            sharedServices: sharedServices.describe("The account of what all services share: images, DNS, network."),
            loadBalancer: z
                .strictObject({
                    publicReason: text(
                        "the reason why the api may be reached from the Internet, in 10 to 120 characters",
                    )
                        .regex(/^[\w .:/()#,@[\]+=&;{}!$*-]+$/, {
                            error: "a reason in letters, digits and simple marks",
                        })
                        .describe("Why ports 443 and 80 are open to the world; stands at the rules that open them."),
                    testCallers: z
                        .array(narrowCidr())
                        .default([])
                        .describe("Networks that may try a new version on port 8443. The VPC always may."),
                    requestsPerFiveMinutes: wholeNumber(10, 1_000_000)
                        .default(2000)
                        .describe("Requests of one address before it is blocked."),
                })
                .describe("The public edge."),
            gpu: gpu.prefault({}).describe("Instances that Whisper runs on."),
            services: z
                .strictObject({
                    api: api.prefault({}).describe("Laravel: takes uploads, hands out transcripts."),
                    audioExtraction: audioExtraction.prefault({}).describe("ffmpeg: takes the sound out of uploads."),
                    transcription: whisper.prefault({}).describe("Whisper: speech to text, one GPU a task."),
                    musicTermRecognition: musicTermRecognition
                        .prefault({})
                        .describe("spaCy: finds the terms of music."),
                })
                .prefault({})
                .describe("The four services, with images, sizes and numbers."),
            deployment: z
                .strictObject({
                    bakeMinutes: wholeNumber(1, 1440)
                        .default(10)
                        .describe("Minutes that the api's old version stays after the switch, ready to take over."),
                })
                .prefault({})
                .describe("How the api is released."),
            storage: storage.prefault({}).describe("What is kept, and for how long."),
            database: database.prefault({}).describe("RDS database of the api."),
            offHours: offHours.optional().describe("Fewer tasks and instances outside working hours."),
            alarmEmails: z
                .array(email())
                .min(1, { error: "at least one e-mail address" })
                .describe("Who is told of alarms and of the budget; each confirms once."),
            monthlyBudgetUsd: wholeNumber(10, 1_000_000).describe(
                "Monthly costs of this environment, warned of at 80 %.",
            ),
            costPerTranscriptionUsd: z
                .number({ error: "a number of USD from 0.001 to 1000" })
                .min(0.001, { error: "a number of USD from 0.001 to 1000" })
                .max(1000, { error: "a number of USD from 0.001 to 1000" })
                .default(0.5)
                .describe("GPU cost of one transcription, above which an alarm is raised."),
            logRetentionDays: logRetentionDays().default(30),
            deletionProtection: flag()
                .default(true)
                .describe("Refuse to delete load balancer, database, file system and buckets."),
            github: z
                .strictObject({
                    repository: textOf(/^[\w.-]+\/[\w.-]+$/, "a repository such as owner/name").describe("owner/name."),
                    environment: textOf(/^[\w-]{1,64}$/, "a GitHub environment").describe(
                        "Environment that deployment jobs run in. The production one requires an approval.",
                    ),
                    oidcProviderArn: arn("iam")
                        .optional()
                        .describe("GitHub's identity provider where the account has it already. Default: made here."),
                })
                .describe("Whose jobs may release new versions."),
        }),
        ["network", "sharedServices"],
        ({ network: { vpcCidr }, sharedServices: { peerCidr } }) =>
            overlapCidr(vpcCidr, peerCidr)
                ? [
                      {
                          path: ["network", "vpcCidr"],
                          expected: `a network apart from sharedServices.peerCidr (${peerCidr}), which it is peered with`,
                          given: JSON.stringify(vpcCidr),
                          mend: "choose another range: networks with common addresses can't be peered",
                      },
                  ]
                : [],
    ),
    ["gpu", "services"],
    ({ gpu, services }) => {
        const types = gpu.highLoad ? gpu.highLoadInstanceTypes : gpu.instanceTypes;
        const { musicTermRecognition: terms } = services;
        const onInstances = {
            transcription: services.transcription,
            ...(terms.launch === "ec2" ? { musicTermRecognition: terms } : {}),
        };
        return Object.entries(onInstances).flatMap(([name, task]) =>
            types.flatMap((type) => {
                const instance = gpuInstances[type];
                const usable = instance && usableByTasks(instance);
                return (["cpu", "memory"] as const).flatMap((key) =>
                    usable && task[key] > usable[key]
                        ? [
                              {
                                  path: ["services", name, key],
                                  expected: `at most ${usable[key]}, what ${type} has for tasks`,
                                  given: String(task[key]),
                              },
                          ]
                        : [],
                );
            }),
        );
    },
);

export type TranscriptionConfig = z.output<typeof transcription>;
