import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

export type Queue = ReturnType<typeof openQueue>;
export type Outgoing = { body: unknown; delaySeconds?: number; group?: string };

/** Most entries SendMessageBatch takes. */
const MOST = 10;
/** SQS delays a message at most this long. */
export const MOST_DELAY_SECONDS = 900;

/** A queue to send to. */
export function openQueue<Body>(url: string) {
  const client = new SQSClient({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 } });

  /** Queues every message. @throws when one of them was refused: sending all again is harmless */
  async function send(messages: (Outgoing & { body: Body })[]): Promise<void> {
    for (let at = 0; at < messages.length; at += MOST) {
      const { Failed } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: messages.slice(at, at + MOST).map(({ body, delaySeconds, group }, place) => ({
            Id: String(place),
            MessageBody: JSON.stringify(body),
            DelaySeconds: delaySeconds && Math.min(delaySeconds, MOST_DELAY_SECONDS),
            MessageGroupId: group,
          })),
        }),
      );
      if (Failed?.length)
        throw new Error(`the queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
    }
  }

  return { send };
}
