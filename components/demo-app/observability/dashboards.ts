import { type Workload, workloads } from "../contract";

interface Panel {
    readonly title: string;
    readonly unit: string;
    /** Lines of the graph by their legend. */
    readonly queries: Readonly<Record<string, string>>;
}

const web = (workload: Workload, namespace: string): readonly Panel[] => {
    const here = `namespace="${namespace}",job="${workload}"`;
    const p = (quantile: number) =>
        `histogram_quantile(${quantile}, sum by (le) (rate(http_request_duration_seconds_bucket{${here}}[$__rate_interval])))`;
    return [
        {
            title: "Requests",
            unit: "reqps",
            queries: { "{{status}}": `sum by (status) (rate(http_requests_total{${here}}[$__rate_interval]))` },
        },
        {
            title: "Errors",
            unit: "percentunit",
            queries: { "share of requests": `job:http_errors:ratio5m{job="${workload}"}` },
        },
        { title: "Duration", unit: "s", queries: { "50 %": p(0.5), "95 %": p(0.95), "99 %": p(0.99) } },
        {
            title: "Circuits open",
            unit: "none",
            queries: { "{{circuit}}": `max by (circuit) (circuit_breaker_open{${here}})` },
        },
        ...(workload === "backend"
            ? [
                  {
                      title: "Database connections",
                      unit: "none",
                      queries: {
                          open: `sum(db_pool_size{${here}})`,
                          waiting: `sum(db_pool_waiting{${here}})`,
                      },
                  },
              ]
            : []),
    ];
};

const database = (namespace: string): readonly Panel[] => [
    {
        title: "Connections",
        unit: "none",
        queries: { "{{pod}}": `sum by (pod) (cnpg_backends_total{namespace="${namespace}"})` },
    },
    {
        title: "Replication lag",
        unit: "s",
        queries: { "{{pod}}": `max by (pod) (cnpg_pg_replication_lag{namespace="${namespace}"})` },
    },
    {
        title: "Age of the newest backup",
        unit: "s",
        queries: {
            dump: `time() - max(kube_cronjob_status_last_successful_time{namespace="${namespace}",cronjob="postgres-dump"})`,
            snapshot: `time() - max(cnpg_collector_last_available_backup_timestamp{namespace="${namespace}"} > 0)`,
        },
    },
    {
        title: "Volume in use",
        unit: "percentunit",
        queries: {
            "{{persistentvolumeclaim}}": `kubelet_volume_stats_used_bytes{namespace="${namespace}"} / kubelet_volume_stats_capacity_bytes{namespace="${namespace}"}`,
        },
    },
];

const pods = (workload: Workload, namespace: string): readonly Panel[] => {
    const here = `namespace="${namespace}",pod=~"${workload}-.*"`;
    return [
        {
            title: "CPU",
            unit: "none",
            queries: {
                "{{pod}}": `sum by (pod) (rate(container_cpu_usage_seconds_total{${here},container!=""}[$__rate_interval]))`,
            },
        },
        {
            title: "Memory",
            unit: "bytes",
            queries: { "{{pod}}": `sum by (pod) (container_memory_working_set_bytes{${here},container!=""})` },
        },
        {
            title: "Restarts",
            unit: "none",
            queries: { "{{pod}}": `sum by (pod) (increase(kube_pod_container_status_restarts_total{${here}}[1h]))` },
        },
    ];
};

/** Panels of each workload's dashboard. */
export function panelsOf(workload: Workload, namespace: string): readonly Panel[] {
    return [
        ...(workload === "postgres" ? database(namespace) : web(workload, namespace)),
        ...pods(workload, namespace),
    ];
}

const columns = 2;
const size = { w: 24 / columns, h: 8 } as const;

/** A dashboard as Grafana's JSON. https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export function dashboard(workload: Workload, namespace: string): object {
    const graphs = panelsOf(workload, namespace).map(({ title, unit, queries }, index) => ({
        id: index + 1,
        type: "timeseries",
        title,
        datasource: { type: "prometheus", uid: "prometheus" },
        gridPos: { ...size, x: (index % columns) * size.w, y: Math.floor(index / columns) * size.h },
        fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
        targets: Object.entries(queries).map(([legendFormat, expr], line) => ({
            refId: String.fromCharCode("A".charCodeAt(0) + line),
            expr,
            legendFormat,
        })),
    }));
    return {
        uid: `demo-app-${workload}`,
        title: `Demo app: ${workload}`,
        tags: ["demo-app"],
        schemaVersion: 39,
        time: { from: "now-6h", to: "now" },
        refresh: "30s",
        panels: [
            ...graphs,
            {
                id: graphs.length + 1,
                type: "logs",
                title: "Log",
                datasource: { type: "loki", uid: "loki" },
                gridPos: { w: 24, h: 10, x: 0, y: Math.ceil(graphs.length / columns) * size.h },
                targets: [{ refId: "A", expr: `{k8s_namespace_name="${namespace}"} | k8s_pod_name=~"${workload}-.*"` }],
            },
        ],
    };
}

export const dashboards = (namespace: string): Readonly<Record<Workload, object>> =>
    Object.fromEntries(workloads.map((workload) => [workload, dashboard(workload, namespace)])) as Record<
        Workload,
        object
    >;
