/** A rule of Prometheus. https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ */
export type Rule =
    | { readonly record: string; readonly expr: string }
    | {
          readonly alert: string;
          readonly expr: string;
          readonly for: string;
          readonly labels: { readonly severity: "critical" | "warning" };
          readonly annotations: { readonly summary: string; readonly runbook: string };
      };

export interface RuleGroup {
    readonly name: string;
    readonly rules: readonly Rule[];
}

interface AlertText {
    readonly expr: string;
    readonly for: string;
    readonly severity: "critical" | "warning";
    readonly summary: string;
}

/** Says what to do; a section for each alert. */
const runbooks = "docs/demo-app/alerts.md";

const alert = (name: string, { expr, for: duration, severity, summary }: AlertText): Rule => ({
    alert: name,
    expr,
    for: duration,
    labels: { severity },
    annotations: { summary, runbook: `${runbooks}#${name.toLowerCase()}` },
});

/** Rules about the app of one namespace. Names of recording rules: level:metric:operations, as Prometheus advises. */
export function ruleGroups(namespace: string): readonly RuleGroup[] {
    const here = `namespace="${namespace}"`;
    return [
        {
            name: "demo-app-requests",
            rules: [
                {
                    record: "job:http_requests:rate5m",
                    expr: `sum by (job) (rate(http_requests_total{${here}}[5m]))`,
                },
                {
                    record: "job:http_errors:ratio5m",
                    expr: `(sum by (job) (rate(http_requests_total{${here},status=~"5.."}[5m])) or 0 * job:http_requests:rate5m) / (job:http_requests:rate5m > 0)`,
                },
                {
                    record: "job:http_request_duration_seconds:p95_5m",
                    expr: `histogram_quantile(0.95, sum by (job, le) (rate(http_request_duration_seconds_bucket{${here}}[5m])))`,
                },
                alert("ErrorRateHigh", {
                    expr: "job:http_errors:ratio5m > 0.05",
                    for: "5m",
                    severity: "critical",
                    summary:
                        "{{ $labels.job }} answers {{ $value | humanizePercentage }} of its requests with an error.",
                }),
                alert("LatencyHigh", {
                    expr: "job:http_request_duration_seconds:p95_5m > 1",
                    for: "10m",
                    severity: "warning",
                    summary:
                        "One in twenty requests to {{ $labels.job }} takes longer than {{ $value | humanizeDuration }}.",
                }),
                alert("CircuitOpen", {
                    expr: `max by (job, circuit) (circuit_breaker_open{${here}}) == 1`,
                    for: "2m",
                    severity: "warning",
                    summary: "{{ $labels.job }} has stopped calling {{ $labels.circuit }}, which kept failing.",
                }),
                alert("PoolExhausted", {
                    expr: `sum by (job) (db_pool_waiting{${here}}) > 0`,
                    for: "5m",
                    severity: "warning",
                    summary: "Requests to {{ $labels.job }} wait for a connection to the database.",
                }),
            ],
        },
        {
            name: "demo-app-pods",
            rules: [
                alert("TargetDown", {
                    expr: `up{${here}} == 0 or absent(up{${here},job="frontend"}) or absent(up{${here},job="backend"})`,
                    for: "5m",
                    severity: "critical",
                    summary: "A pod of {{ $labels.job }} gives Prometheus no metrics.",
                }),
                alert("RestartsOften", {
                    expr: `increase(kube_pod_container_status_restarts_total{${here}}[15m]) > 2`,
                    for: "0m",
                    severity: "warning",
                    summary: "{{ $labels.pod }} has restarted {{ $value | humanize }} times in 15 minutes.",
                }),
                alert("MemoryNearLimit", {
                    expr: `max by (pod, container) (container_memory_working_set_bytes{${here},container!=""}) / max by (pod, container) (kube_pod_container_resource_limits{${here},resource="memory"}) > 0.9`,
                    for: "10m",
                    severity: "warning",
                    summary: "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of the memory that it may use.",
                }),
                alert("BudgetExhausted", {
                    expr: `kube_poddisruptionbudget_status_current_healthy{${here}} < kube_poddisruptionbudget_status_desired_healthy{${here}}`,
                    for: "5m",
                    severity: "critical",
                    summary: "Fewer pods of {{ $labels.poddisruptionbudget }} are healthy than its budget asks for.",
                }),
                alert("AutoscalerAtLimit", {
                    expr: `kube_horizontalpodautoscaler_status_current_replicas{${here}} >= kube_horizontalpodautoscaler_spec_max_replicas{${here}}`,
                    for: "15m",
                    severity: "warning",
                    summary:
                        "{{ $labels.horizontalpodautoscaler }} has had as many pods as it may have for 15 minutes.",
                }),
            ],
        },
        {
            name: "demo-app-upkeep",
            rules: [
                alert("BackupTooOld", {
                    expr: `time() - max by (cronjob) (kube_cronjob_status_last_successful_time{${here},cronjob="postgres-dump"}) > 129600 or time() - max by (namespace) (cnpg_collector_last_available_backup_timestamp{${here}} > 0) > 129600`,
                    for: "15m",
                    severity: "critical",
                    summary: "The newest backup of the database is {{ $value | humanizeDuration }} old.",
                }),
                alert("CertificateExpires", {
                    expr: "min(envoy_server_days_until_first_cert_expiring) < 21",
                    for: "1h",
                    severity: "warning",
                    summary: "A certificate of the gateway expires in {{ $value }} days.",
                }),
            ],
        },
    ];
}
