import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer, TargetGroupArgs } from "./load-balancer";
import { taskTargetGroup } from "./load-balancer";
import { serviceTrust } from "./policy-document";

export interface BlueGreenTrafficArgs extends TargetGroupArgs {
    readonly loadBalancer: LoadBalancer;
    /** Host name that people and tests ask for. */
    readonly host: string;
}

/**
 * What ECS needs for moving traffic between two versions of a service by itself: two target groups, a rule for people and
 * one for tests, and a role to change their weights.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-implementation.html
 */
export class BlueGreenTraffic extends pulumi.ComponentResource {
    /** The two target groups; which of them serves people changes with each deployment. */
    readonly targetGroups: { readonly blue: aws.lb.TargetGroup; readonly green: aws.lb.TargetGroup };
    readonly productionRuleArn: pulumi.Output<string>;
    readonly testRuleArn: pulumi.Output<string> | undefined;
    readonly roleArn: pulumi.Output<string>;
    /** Has to be there before the service is made and after it is gone. */
    readonly permission: pulumi.Resource;

    constructor(name: string, args: BlueGreenTrafficArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:foundation:BlueGreenTraffic", name, {}, opts);
        const parent = { parent: this };

        this.targetGroups = {
            blue: taskTargetGroup(`${name}-blue`, args, parent),
            green: taskTargetGroup(`${name}-green`, args, parent),
        };
        const rule = (role: string, listener: aws.lb.Listener) =>
            new aws.lb.ListenerRule(
                `${name}-${role}`,
                {
                    listenerArn: listener.arn,
                    priority: 10,
                    conditions: [{ hostHeader: { values: [args.host] } }],
                    // both groups stand in the rule: ECS takes only those that belong to the load balancer
                    actions: [
                        {
                            type: "forward",
                            forward: {
                                targetGroups: [
                                    { arn: this.targetGroups.blue.arn, weight: 100 },
                                    { arn: this.targetGroups.green.arn, weight: 0 },
                                ],
                            },
                        },
                    ],
                },
                // ECS owns the weights from the first deployment on
                { parent: this, ignoreChanges: ["actions"] },
            );
        this.productionRuleArn = rule("production", args.loadBalancer.httpsListener).arn;
        this.testRuleArn = args.loadBalancer.testListener && rule("test", args.loadBalancer.testListener).arn;

        const role = new aws.iam.Role(
            `${name}-role`,
            {
                description: `Lets ECS move traffic of ${args.host} between two versions`,
                assumeRolePolicy: serviceTrust("ecs.amazonaws.com"),
            },
            parent,
        );
        this.permission = new aws.iam.RolePolicyAttachment(
            `${name}-role`,
            {
                role: role.name,
                // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
                policyArn: "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
            },
            parent,
        );
        this.roleArn = role.arn;
        this.registerOutputs({ productionRuleArn: this.productionRuleArn, testRuleArn: this.testRuleArn });
    }
}
