import { z } from "zod";
import { crossField } from "../cross-field";
import { flag, logRetentionDays, narrowCidr, oneOf, pinnedImage, textOf, vpcCidr, wholeNumber } from "../fields";
import { awsTarget } from "./aws-target";
import { apiGateway, gitops, mesh, observability, security } from "./demo-app-phases";
import { namespaceName, volumeSize } from "./kubernetes";

const tier = (defaults: { readonly replicas: number; readonly image: string }) => ({
    image: pinnedImage().default(defaults.image),
    replicas: wholeNumber(2, 50)
        .default(defaults.replicas)
        .describe("Pods of this tier; at least 2, so that one may go away. With autoscaling the fewest."),
    autoscaling: z
        .strictObject({
            maxReplicas: wholeNumber(2, 50).default(6).describe("Most pods."),
            targetCpuPercent: wholeNumber(20, 95)
                .default(70)
                .describe("Share of the CPU request that pods use on average before there are more of them."),
        })
        .optional()
        .describe("Let the load decide on the number of pods; brings the metrics server along. Default: it doesn't."),
});

const nodeGroup = z.strictObject({
    instanceTypes: z
        .array(textOf(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type such as t3.large"))
        .min(1, { error: "at least one instance type" })
        .default(["t3.large"])
        .describe("Types that a node may have; several make spot capacity easier to get."),
    minSize: wholeNumber(0, 100).default(2).describe("Fewest nodes."),
    maxSize: wholeNumber(1, 100).default(4).describe("Most nodes."),
    desiredSize: wholeNumber(0, 100).optional().describe("Nodes at first. Default: minSize."),
    spot: flag().default(false).describe("Buy spare capacity: cheaper, may be taken back at two minutes' notice."),
});

/** The EKS cluster that the demo app brings along where it isn't given a cluster of its own. */
const eks = crossField(
    z.strictObject({
        ...awsTarget,
        vpcCidr: vpcCidr().default("10.40.0.0/16"),
        availabilityZones: wholeNumber(2, 4).default(3).describe("Zones that the VPC and the nodes are spread over."),
        natGateways: oneOf(["none", "single", "per-az"])
            .default("single")
            .describe("NAT gateways: one for the VPC is cheaper, one per zone survives the loss of a zone."),
        kubernetesVersion: textOf(/^1\.\d{2}$/, "an EKS version in quotes such as '1.35'")
            // In standard support until 2027-03-27: https://endoflife.date/amazon-eks
            .default("1.35")
            .describe("Minor version of the control plane and the nodes."),
        publicAccessCidrs: z
            .array(narrowCidr())
            .default([])
            .describe(
                "Networks that reach the cluster's API from outside the VPC. Empty: the API is private, and the deployer runs inside.",
            ),
        nodes: nodeGroup.prefault({}).describe("The managed node group."),
        logRetentionDays: logRetentionDays().default(30),
    }),
    ["nodes"],
    ({ nodes }) => [
        ...(nodes.minSize > nodes.maxSize
            ? [
                  {
                      path: ["nodes", "minSize"],
                      expected: `at most maxSize (${nodes.maxSize})`,
                      mend: "lower minSize or raise maxSize",
                  },
              ]
            : []),
        ...(nodes.desiredSize !== undefined && (nodes.desiredSize < nodes.minSize || nodes.desiredSize > nodes.maxSize)
            ? [
                  {
                      path: ["nodes", "desiredSize"],
                      expected: `a number from minSize (${nodes.minSize}) to maxSize (${nodes.maxSize})`,
                  },
              ]
            : []),
    ],
);

/** `platforms:demoApp`: the three-tier app, on a cluster of its own or on one that a kubeconfig context names. */
export const demoApp = crossField(
    z.strictObject({
        namespace: namespaceName().default("demo-app").describe("Kubernetes namespace that holds the whole app."),
        kubeContext: z
            .string({ error: "the name of a kubeconfig context such as kind-demo" })
            .min(1, { error: "the name of a kubeconfig context such as kind-demo" })
            .optional()
            .describe("Deploy to the cluster of this kubeconfig context. Needs no AWS. Give this or eks."),
        eks: eks.optional().describe("Build an EKS cluster and deploy to it. Give this or kubeContext."),
        // Images of the seed's own registry account, with the tag that it asks for instead of latest.
        frontend: z
            .strictObject({
                ...tier({ replicas: 2, image: "preet2fun/k8s-frontend:v1.0.0" }),
                ingressNamespace: namespaceName()
                    .optional()
                    .describe(
                        "Namespace whose pods, an ingress controller's say, may call the frontend. Default: none; port-forward still works.",
                    ),
            })
            .prefault({})
            .describe("Web server of the app."),
        backend: z
            .strictObject(tier({ replicas: 2, image: "preet2fun/k8s-backend:v1.0.0" }))
            .prefault({})
            .describe("API of the app."),
        database: z
            .strictObject({
                mode: oneOf(["single", "cloudnative-pg"])
                    .default("single")
                    .describe(
                        "One server without backups, or a replicated cluster with backups by the operator CloudNativePG. Changing it makes a new, empty database.",
                    ),
                instances: wholeNumber(2, 5)
                    .default(3)
                    .describe("Servers of the replicated cluster, one of them primary. Used by cloudnative-pg."),
                backupSchedule: textOf(/^(\S+ ){4}\S+$/, "a cron schedule of five fields such as '0 2 * * *'")
                    .default("0 2 * * *")
                    .describe("When backups are taken, in UTC. Used by cloudnative-pg."),
                backupRetentionDays: wholeNumber(1, 90)
                    .default(7)
                    .describe("Days that dumps are kept. Used by cloudnative-pg outside of EKS."),
                initImage: pinnedImage()
                    .optional()
                    .describe("Image that brings the schema up to date before the backend starts. Default: none."),
                // https://github.com/docker-library/postgres/blob/master/16/alpine3.24/Dockerfile
                image: pinnedImage()
                    .default("postgres:16.15-alpine3.24")
                    .describe("Official image of PostgreSQL 16; another major version can't read the volume."),
                storage: volumeSize()
                    .default("10Gi")
                    .describe("Size of the database's volume. May grow later, never shrink."),
                storageClass: z
                    .string()
                    .min(1)
                    .optional()
                    .describe(
                        "StorageClass of the volume. Default: an encrypted gp3 class on EKS, the cluster's own elsewhere.",
                    ),
            })
            .prefault({})
            .describe("PostgreSQL of the app."),
        observability: observability.optional().describe("Metrics, logs, traces, dashboards and alerts. Default: off."),
        security: security
            .optional()
            .describe("Roles for people, admission policies and secrets from a store. Default: off."),
        mesh: mesh.optional().describe("Istio around the app: mutual TLS, retries, canaries. Default: off."),
        apiGateway: apiGateway
            .optional()
            .describe("Envoy Gateway in front of the app, inside the network, by the Gateway API. Default: off."),
        gitops: gitops.optional().describe("Argo CD, with a folder of Git that it keeps in place. Default: off."),
    }),
    ["kubeContext", "eks", "mesh", "observability"],
    ({ kubeContext, eks, mesh, observability }) => {
        if ((kubeContext === undefined) === (eks === undefined)) {
            return [
                {
                    path: [],
                    expected: "exactly one of kubeContext and eks",
                    given: kubeContext === undefined ? "neither" : "both",
                    mend:
                        kubeContext === undefined
                            ? "add the one that this stack deploys to"
                            : "keep the one that this stack deploys to and remove the other",
                },
            ];
        }
        return [
            ...(mesh !== undefined && (mesh.canaryImage === undefined) !== (mesh.canaryWeight === 0)
                ? [
                      {
                          path: ["mesh", "canaryWeight"],
                          expected:
                              mesh.canaryImage === undefined
                                  ? "0 without a canaryImage"
                                  : "1 to 100 with a canaryImage",
                      },
                  ]
                : []),
            ...(observability?.xray && eks === undefined
                ? [{ path: ["observability", "xray"], expected: "false outside of EKS, where there is no X-Ray" }]
                : []),
        ];
    },
);

export type DemoAppConfig = z.output<typeof demoApp>;
