/** What the state machine that scales a cluster goes by. */
export interface ScalingRule {
    readonly clusterId: string;
    readonly fleetName: string;
    /** Alarm that is on while memory is scarce. */
    readonly scarceAlarm: string;
    /** Alarm that is on while memory is plenty. */
    readonly plentyAlarm: string;
    readonly min: number;
    readonly max: number;
    readonly step: number;
}

/** Nodes that a fleet should have, in JSONata: a step more or less than now, and within its limits. */
export const wantedNodes = ({ min, max, step }: Pick<ScalingRule, "min" | "max" | "step">): string =>
    `$max([${min}, $min([${max}, $target + ($scarce ? ${step} : $plenty ? -${step} : 0)])])`;

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
const jsonata = (expression: string) => `{% ${expression} %}`;

/**
 * Looks at the cluster's memory alarms and moves the task fleet one step. EMR's own rules on a metric are for instance
 * groups only, and its managed scaling takes no threshold:
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-scale-on-demand.html
 */
export function scalingMachine(rule: ScalingRule): object {
    const stateOf = (alarm: string) => `$states.result.MetricAlarms[AlarmName = ${JSON.stringify(alarm)}].StateValue`;
    const fleet = `$states.result.InstanceFleets[Name = ${JSON.stringify(rule.fleetName)}]`;
    const task = (resource: string, args: object, more: object) => ({
        Type: "Task",
        Resource: `arn:aws:states:::${resource}`,
        Arguments: args,
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2 }],
        ...more,
    });
    return {
        Comment: "Moves the task fleet one step when memory is scarce or plenty",
        QueryLanguage: "JSONata",
        StartAt: "Cluster",
        States: {
            Cluster: task(
                "aws-sdk:emr:describeCluster",
                { ClusterId: rule.clusterId },
                {
                    Assign: { running: jsonata("$states.result.Cluster.Status.State in ['RUNNING', 'WAITING']") },
                    Next: "Running",
                },
            ),
            // a staging cluster may have ended itself
            Running: { Type: "Choice", Choices: [{ Condition: jsonata("$running"), Next: "Alarms" }], Default: "Done" },
            Alarms: task(
                "aws-sdk:cloudwatch:describeAlarms",
                { AlarmNames: [rule.scarceAlarm, rule.plentyAlarm] },
                {
                    Assign: {
                        scarce: jsonata(`${stateOf(rule.scarceAlarm)} = 'ALARM'`),
                        plenty: jsonata(`${stateOf(rule.plentyAlarm)} = 'ALARM'`),
                    },
                    Next: "Fleet",
                },
            ),
            Fleet: task(
                "aws-sdk:emr:listInstanceFleets",
                { ClusterId: rule.clusterId },
                { Assign: { target: jsonata(`${fleet}.TargetSpotCapacity`) }, Next: "Size" },
            ),
            Size: {
                Type: "Pass",
                Assign: {
                    wanted: jsonata(wantedNodes(rule)),
                },
                Next: "Changed",
            },
            Changed: {
                Type: "Choice",
                Choices: [{ Condition: jsonata("$wanted != $target"), Next: "Resize" }],
                Default: "Done",
            },
            // https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html
            Resize: task(
                "elasticmapreduce:modifyInstanceFleetByName",
                {
                    ClusterId: rule.clusterId,
                    InstanceFleetName: rule.fleetName,
                    InstanceFleet: { TargetOnDemandCapacity: 0, TargetSpotCapacity: jsonata("$wanted") },
                },
                { Next: "Done" },
            ),
            Done: { Type: "Succeed" },
        },
    };
}
