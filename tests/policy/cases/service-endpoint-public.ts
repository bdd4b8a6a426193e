import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "service-endpoint-public",
    type: "aws:transfer/server:Server",
    cases: [
        {
            kind: "violating",
            title: "a public file server",
            props: {
                endpointType: "PUBLIC",
            },
            findings: ['endpointType: the service is reached from the internet, got "PUBLIC"; set endpointType: "VPC"'],
        },
        {
            kind: "violating",
            title: "Kafka with public access",
            type: "aws:msk/cluster:Cluster",
            props: {
                brokerNodeGroupInfo: {
                    connectivityInfo: {
                        publicAccess: {
                            type: "SERVICE_PROVIDED_EIPS",
                        },
                    },
                },
            },
            findings: [
                'brokerNodeGroupInfo.connectivityInfo.publicAccess.type: the service is reached from the internet, got "SERVICE_PROVIDED_EIPS"; set brokerNodeGroupInfo.connectivityInfo.publicAccess.type: "DISABLED"',
            ],
        },
        {
            kind: "violating",
            title: "Airflow with a public web server",
            type: "aws:mwaa/environment:Environment",
            props: {
                webserverAccessMode: "PUBLIC_ONLY",
            },
            findings: [
                'webserverAccessMode: the service is reached from the internet, got "PUBLIC_ONLY"; set webserverAccessMode: "PRIVATE_ONLY"',
            ],
        },
        {
            kind: "violating",
            title: "a notebook with direct access",
            type: "aws:sagemaker/notebookInstance:NotebookInstance",
            props: {
                directInternetAccess: "Enabled",
            },
            findings: [
                'directInternetAccess: the service is reached from the internet, got "Enabled"; set directInternetAccess: "Disabled"',
            ],
        },
        {
            kind: "violating",
            title: "a Lightsail endpoint",
            type: "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
            props: {
                publicEndpoint: {
                    containerName: "web",
                    containerPort: 80,
                },
            },
            findings: [
                'publicEndpoint: the service is reached from the internet, got {"containerName":"web","containerPort":80}; set no publicEndpoint',
            ],
        },
        {
            kind: "compliant",
            title: "a server in a VPC",
            props: {
                endpointType: "VPC",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a server on a VPC endpoint",
            props: {
                endpointType: "VPC_ENDPOINT",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "Airflow says nothing and is private",
            type: "aws:mwaa/environment:Environment",
            props: {},
            findings: [],
        },
        {
            kind: "evasion",
            title: "a server in a VPC with elastic addresses",
            props: {
                endpointType: "VPC",
                endpointDetails: {
                    addressAllocationIds: ["eipalloc-1"],
                },
            },
            findings: [
                'endpointDetails.addressAllocationIds: the service is reached from the internet, got ["eipalloc-1"]; set no endpointDetails.addressAllocationIds',
            ],
        },
        {
            kind: "absent",
            title: "a server that says nothing is public",
            props: {},
            findings: ['endpointType: the service is reached from the internet, got nothing; set endpointType: "VPC"'],
        },
        {
            kind: "absent",
            title: "App Runner that says nothing is public",
            type: "aws:apprunner/service:Service",
            props: {},
            findings: [
                "networkConfiguration.ingressConfiguration.isPubliclyAccessible: the service is reached from the internet, got nothing; set networkConfiguration.ingressConfiguration.isPubliclyAccessible: false",
            ],
        },
        {
            kind: "absent",
            title: "a SageMaker domain that says nothing goes out by itself",
            type: "aws:sagemaker/domain:Domain",
            props: {},
            findings: [
                'appNetworkAccessType: the service is reached from the internet, got nothing; set appNetworkAccessType: "VpcOnly"',
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                endpointType: UNKNOWN,
            },
            findings: ["endpointType: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
