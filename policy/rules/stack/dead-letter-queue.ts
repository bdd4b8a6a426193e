import { parseJson } from "../../domain/json-properties";
import type { StackRule } from "../../engine/rule";
import { identifiersOf, type StackResource, type StackView, stated } from "../../engine/stack";

const queueType = "aws:sqs/queue:Queue";
/** Properties that name a queue for failures. */
const properties = ["redrivePolicy", "deadLetterConfig", "target", "destinationConfig"];
const redrive = "aws:sqs/redrivePolicy:RedrivePolicy";

/** Queues that others send their failures to, by dependency or by ARN. */
function receivers(stack: StackView): ReadonlySet<StackResource> {
    const holders = stack.resources.filter((resource) => properties.some((name) => !stated(resource, name).absent));
    const urns = new Set(
        holders.flatMap((holder) => properties.flatMap((name) => holder.propertyDependencies[name] ?? [])),
    );
    const texts = holders.map((holder) => JSON.stringify(properties.map((name) => holder.get(name).plain(6) ?? null)));
    const named = (queue: StackResource): boolean =>
        [...identifiersOf(queue)].some((name) => name.startsWith("arn:") && texts.some((text) => text.includes(name)));
    return new Set(
        stack
            .ofType(queueType)
            .filter((queue) => urns.has(queue.urn) || !stated(queue, "redriveAllowPolicy").absent || named(queue)),
    );
}

function hasTarget(queue: StackResource): boolean {
    const policy = parseJson(stated(queue, "redrivePolicy"));
    return policy.state === "unknown" || (policy.state === "known" && !policy.node.get("deadLetterTargetArn").absent);
}

export const deadLetterQueue: StackRule = {
    id: "dead-letter-queue",
    title: "Every queue has a dead-letter queue",
    category: "stack",
    enforcement: "advisory",
    severity: "low",
    why: "A message that cannot be worked off is tried until it expires, and is then gone without a trace.",
    remediation: "Set redrivePolicy with deadLetterTargetArn and maxReceiveCount.",
    url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    frameworks: [],
    checkStack(stack, report) {
        const dead = receivers(stack);
        for (const queue of stack.ofType(queueType)) {
            if (!dead.has(queue) && !hasTarget(queue) && stack.referringTo(queue, "queueUrl", redrive).length === 0) {
                report.fault("redrivePolicy", "failed messages are lost", "set it to a dead-letter queue", queue.urn);
            }
        }
    },
};
