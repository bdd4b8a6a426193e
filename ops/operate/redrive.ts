import {
    DeleteMessageCommand,
    GetQueueAttributesCommand,
    GetQueueUrlCommand,
    ReceiveMessageCommand,
    SendMessageCommand,
    SQSClient,
} from "@aws-sdk/client-sqs";
import type { Session, Step } from "./session";
import { OpsError } from "./target";

/** How many messages wait in a queue. @throws OpsError where there is no such queue */
export async function waiting(region: string, queue: string): Promise<number> {
    const client = new SQSClient({ region });
    const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
            QueueUrl: await urlOf(client, queue),
            AttributeNames: ["ApproximateNumberOfMessages"],
        }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

async function urlOf(client: SQSClient, queue: string): Promise<string> {
    try {
        const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }));
        if (QueueUrl !== undefined) {
            return QueueUrl;
        }
    } catch (error) {
        throw new OpsError(`there is no queue ${queue}: ${error instanceof Error ? error.message : error}`);
    }
    throw new OpsError(`there is no queue ${queue}`);
}

/**
 * Gives messages of a dead-letter queue another chance, at most so many. One by one and only deleted once sent: a run that is
 * killed may repeat a message, which the consumers have to bear with anyway, and loses none.
 */
export function redrive(region: string, queue: string, limit: number, session: Session): Step {
    const dead = `${queue}-dlq`;
    return {
        does: `move up to ${limit} messages from ${dead} back to ${queue}`,
        run: async () => {
            const client = new SQSClient({ region });
            const [from, to] = [await urlOf(client, dead), await urlOf(client, queue)];
            let moved = 0;
            while (moved < limit) {
                const { Messages = [] } = await client.send(
                    new ReceiveMessageCommand({
                        QueueUrl: from,
                        MaxNumberOfMessages: Math.min(10, limit - moved),
                        MessageAttributeNames: ["All"],
                        VisibilityTimeout: 60,
                        WaitTimeSeconds: 1,
                    }),
                );
                if (Messages.length === 0) {
                    break;
                }
                for (const { Body, MessageAttributes, ReceiptHandle } of Messages) {
                    await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body, MessageAttributes }));
                    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
                    moved += 1;
                }
                session.tell(`moved ${moved}`);
            }
            session.tell(`${moved} messages are back in ${queue}`);
        },
    };
}
