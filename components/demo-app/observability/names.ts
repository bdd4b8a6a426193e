/** Where the parts of observability find each other, and the app finds them. */
export const observabilityNamespace = "observability";
export const collectorGateway = "otel-gateway";
export const otlpPorts = { grpc: 4317, http: 4318 } as const;
export const jaegerName = "jaeger";
export const jaegerQueryPort = 16686;
export const lokiUrl = "http://loki:3100";
export const collectorUrl = `http://${collectorGateway}.${observabilityNamespace}.svc:${otlpPorts.http}`;
/** Labels of the pods that scrape, and of those that take traces. */
export const prometheusPods = { "app.kubernetes.io/name": "prometheus" } as const;
export const collectorPods = {
    "app.kubernetes.io/name": "opentelemetry-collector",
    "app.kubernetes.io/instance": collectorGateway,
} as const;
