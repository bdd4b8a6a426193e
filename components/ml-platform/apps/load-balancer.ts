import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

export interface InternalLoadBalancerArgs {
    readonly namespace: string;
    /** Service whose pods are called. */
    readonly service: string;
    readonly hosts: readonly string[];
    readonly certificateArn: pulumi.Input<string>;
    /** Network that may call it. */
    readonly clientCidr: string;
}

/**
 * An internal application load balancer, made by the AWS Load Balancer Controller from this Ingress, in front of the
 * ingress controller. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export function internalLoadBalancer(
    name: string,
    args: InternalLoadBalancerArgs,
    opts: pulumi.CustomResourceOptions,
): { readonly hostname: pulumi.Output<string> } {
    const annotation = (key: string) => `alb.ingress.kubernetes.io/${key}`;
    const ingress = new k8s.networking.v1.Ingress(
        name,
        {
            metadata: {
                name: "applications",
                namespace: args.namespace,
                annotations: {
                    [annotation("scheme")]: "internal",
                    [annotation("target-type")]: "ip",
                    [annotation("listen-ports")]: JSON.stringify([{ HTTPS: 443 }]),
                    [annotation("certificate-arn")]: args.certificateArn,
                    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
                    [annotation("ssl-policy")]: "ELBSecurityPolicy-TLS13-1-2-2021-06",
                    // encrypted up to the ingress controller too, whose own certificate nobody needs to trust
                    [annotation("backend-protocol")]: "HTTPS",
                    [annotation("healthcheck-protocol")]: "HTTPS",
                    [annotation("healthcheck-path")]: "/healthz",
                    [annotation("inbound-cidrs")]: args.clientCidr,
                    [annotation("load-balancer-attributes")]: "routing.http.drop_invalid_header_fields.enabled=true",
                },
            },
            spec: {
                ingressClassName: "alb",
                rules: args.hosts.map((host) => ({
                    host,
                    http: {
                        paths: [
                            {
                                path: "/",
                                pathType: "Prefix",
                                backend: { service: { name: args.service, port: { number: 443 } } },
                            },
                        ],
                    },
                })),
            },
        },
        opts,
    );
    return {
        // Pulumi waits for the address, so that it is there in the end
        hostname: ingress.status.apply((status) => status?.loadBalancer?.ingress?.[0]?.hostname ?? ""),
    };
}
