import type * as pulumi from "@pulumi/pulumi";
import type { Metric } from "../../foundation/metrics";

/** A metric of one cluster; EMR writes a point each five minutes. https://docs.aws.amazon.com/emr/latest/ManagementGuide/UsingEMR_ViewingMetrics.html */
export const emrMetric = (clusterId: pulumi.Input<string>, metricName: string, stat: string): Metric => ({
    namespace: "AWS/ElasticMapReduce",
    metricName,
    dimensions: { JobFlowId: clusterId },
    stat,
});
