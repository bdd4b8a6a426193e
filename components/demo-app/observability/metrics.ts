import type * as pulumi from "@pulumi/pulumi";
import { sized, type Values } from "../tools";
import { jaegerName, jaegerQueryPort, lokiUrl } from "./names";

export interface MetricsArgs {
    readonly retentionDays: number;
    /** Size of Prometheus' volume. */
    readonly storage: string;
    /** @default the cluster's own */
    readonly storageClass?: pulumi.Input<string>;
    /** Secret with Grafana's `admin-user` and `admin-password`. */
    readonly adminSecret: pulumi.Input<string>;
    /** Secret whose `url` takes alerts. @default alerts are shown only */
    readonly alertSecret?: pulumi.Input<string>;
    /** The control plane is out of sight: EKS runs it. */
    readonly managedControlPlane: boolean;
}

/** Alerts of one kind go out together; the address is read from a file, so that it stands in no configuration. */
function alertmanagerConfig(hasReceiver: boolean): object {
    const receiver = hasReceiver ? "webhook" : "none";
    return {
        route: {
            receiver,
            group_by: ["alertname", "namespace"],
            group_wait: "30s",
            group_interval: "5m",
            repeat_interval: "4h",
            // always firing, it shows that alerting works at all
            routes: [{ receiver: "none", matchers: ['alertname = "Watchdog"'] }],
        },
        // what is critical about a thing says all that a warning about it would
        inhibit_rules: [
            {
                source_matchers: ['severity = "critical"'],
                target_matchers: ['severity = "warning"'],
                equal: ["namespace", "job"],
            },
        ],
        receivers: [
            { name: "none" },
            ...(hasReceiver
                ? [
                      {
                          name: "webhook",
                          webhook_configs: [
                              { url_file: "/etc/alertmanager/secrets/alert-receiver/url", send_resolved: true },
                          ],
                      },
                  ]
                : []),
        ],
    };
}

/** https://github.com/prometheus-community/helm-charts/blob/main/charts/kube-prometheus-stack/values.yaml */
export function metricsValues(args: MetricsArgs): Values {
    const claim = (storage: string) => ({
        volumeClaimTemplate: {
            spec: {
                storageClassName: args.storageClass,
                accessModes: ["ReadWriteOnce"],
                resources: { requests: { storage } },
            },
        },
    });
    const controlPlane = { enabled: !args.managedControlPlane };
    // monitors and rules of all releases, whatever their labels
    const findsAll = { serviceMonitorSelectorNilUsesHelmValues: false, podMonitorSelectorNilUsesHelmValues: false };
    return {
        kubeControllerManager: controlPlane,
        kubeScheduler: controlPlane,
        kubeEtcd: controlPlane,
        prometheusOperator: sized("100m", "256Mi"),
        "kube-state-metrics": sized("20m", "128Mi"),
        "prometheus-node-exporter": sized("20m", "64Mi"),
        prometheus: {
            service: { type: "ClusterIP" },
            prometheusSpec: {
                ...findsAll,
                ruleSelectorNilUsesHelmValues: false,
                retention: `${args.retentionDays}d`,
                storageSpec: claim(args.storage),
                ...sized("250m", "1Gi"),
            },
        },
        alertmanager: {
            service: { type: "ClusterIP" },
            config: alertmanagerConfig(args.alertSecret !== undefined),
            alertmanagerSpec: {
                storage: claim("1Gi"),
                secrets: args.alertSecret === undefined ? [] : [args.alertSecret],
                ...sized("20m", "64Mi"),
            },
        },
        grafana: {
            service: { type: "ClusterIP" },
            ingress: { enabled: false },
            admin: { existingSecret: args.adminSecret, userKey: "admin-user", passwordKey: "admin-password" },
            "grafana.ini": {
                "auth.anonymous": { enabled: false },
                users: { allow_sign_up: false },
                analytics: { reporting_enabled: false, check_for_updates: false },
            },
            // dashboards are this program's: what is changed by hand goes with the pod
            sidecar: { dashboards: { enabled: true, label: "grafana_dashboard", labelValue: "1" } },
            additionalDataSources: [
                { name: "Loki", uid: "loki", type: "loki", access: "proxy", url: lokiUrl, editable: false },
                {
                    name: "Jaeger",
                    uid: "jaeger",
                    type: "jaeger",
                    access: "proxy",
                    url: `http://${jaegerName}:${jaegerQueryPort}`,
                    editable: false,
                },
            ],
            ...sized("100m", "384Mi"),
        },
    };
}
