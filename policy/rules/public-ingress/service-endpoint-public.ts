import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

/** Managed services with a switch for an endpoint on the internet, and what they do without it. */
const settings: readonly Setting[] = [
    {
        type: "aws:msk/cluster:Cluster",
        property: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
        must: "DISABLED",
        absent: "complies",
    },
    {
        type: "aws:mwaa/environment:Environment",
        property: "webserverAccessMode",
        must: "PRIVATE_ONLY",
        absent: "complies",
    },
    {
        type: "aws:apprunner/service:Service",
        property: "networkConfiguration.ingressConfiguration.isPubliclyAccessible",
        must: false,
        absent: "violates",
    },
    {
        type: "aws:transfer/server:Server",
        property: "endpointType",
        must: { not: "PUBLIC" },
        absent: "violates",
        mend: 'endpointType: "VPC"',
    },
    {
        type: "aws:sagemaker/notebookInstance:NotebookInstance",
        property: "directInternetAccess",
        must: "Disabled",
        absent: "violates",
    },
    { type: "aws:sagemaker/domain:Domain", property: "appNetworkAccessType", must: "VpcOnly", absent: "violates" },
];

/** Properties that open a door to the internet by being there: an endpoint, or elastic addresses for one in a VPC. */
const doors: Readonly<Record<string, string>> = {
    "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion": "publicEndpoint",
    "aws:transfer/server:Server": "endpointDetails.addressAllocationIds",
};

const what = "the service is reached from the internet";

export const serviceEndpointPublic: ResourceRule = {
    id: "service-endpoint-public",
    title: "Managed services have no endpoint on the internet",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "Brokers, notebooks, workflow servers and file servers are for one's own networks; several are public unless told otherwise.",
    remediation: "Set the property named in the finding to its private value.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/msk-controls.html#msk-4",
    frameworks: [
        { name: "AWS FSBP", control: "MSK.4" },
        { name: "AWS FSBP", control: "SageMaker.1" },
    ],
    types: [...typesOf(settings), ...Object.keys(doors)],
    check(resource, report) {
        checkSettings(settings, what, resource, report);
        const door = resource.get(doors[resource.type] ?? "");
        if (door.values().length > 0) {
            report.violation(door, what, `no ${door.path}`);
        }
    },
};
