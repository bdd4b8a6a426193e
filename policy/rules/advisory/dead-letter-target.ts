import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** Who calls asynchronously, and where it says what to do with calls that fail. */
const places: Readonly<Record<string, string>> = {
    "aws:lambda/function:Function": "deadLetterConfig",
    "aws:cloudwatch/eventTarget:EventTarget": "deadLetterConfig",
    "aws:scheduler/schedule:Schedule": "target.deadLetterConfig",
    "aws:sns/topicSubscription:TopicSubscription": "redrivePolicy",
};

/** Deliveries that go to a queue or a log cannot fail in a way that a second queue would mend. */
function isQueue(type: string, inputs: Node): boolean {
    const protocol = inputs.get("protocol").string ?? "";
    const target = inputs.get("arn").string ?? inputs.get("target.arn").string ?? "";
    return (
        (type.startsWith("aws:sns/") && /^(?:email|email-json|sms|sqs|firehose)$/.test(protocol)) ||
        /^arn:[\w-]+:(?:sqs|logs|sns):/.test(target)
    );
}

export const deadLetterTarget: ResourceRule = {
    id: "dead-letter-target",
    title: "Calls that fail are kept",
    category: "advisory",
    enforcement: "advisory",
    severity: "low",
    why: "An event whose delivery failed for the last time is gone, unless it goes to a queue.",
    remediation: "Set deadLetterConfig (redrivePolicy) to a queue.",
    url: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
    frameworks: [],
    types: Object.keys(places),
    check({ type, inputs }, report) {
        const node = inputs.get(places[type] ?? "");
        if (node.absent && !isQueue(type, inputs)) {
            report.violation(node, "failed calls are lost", "it to a dead-letter queue");
        }
    },
};
