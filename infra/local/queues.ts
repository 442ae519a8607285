import { type BuildAppOptions, buildApp } from 'fauxqs';
import { z } from 'zod';
import { account, region } from './place.ts';
import type { Resources } from './resources.ts';
import {
  jsonBody,
  refuseInJson,
  type Service,
  targetAction,
  type WireCall,
  type WireReply,
} from './wire-call.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;
export type QueueStore = Stores['sqsStore'];
export type Queue = ReturnType<QueueStore['createQueue']>;
export type TopicStore = Stores['snsStore'];

const seconds = z.coerce.number().transform(String).optional();

const schema = z.strictObject({
  QueueName: z.string().optional(),
  DelaySeconds: seconds,
  VisibilityTimeout: seconds,
  MessageRetentionPeriod: seconds,
  MaximumMessageSize: seconds,
  ReceiveMessageWaitTimeSeconds: seconds,
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .optional(),
  RedriveAllowPolicy: z.unknown().optional(),
  SqsManagedSseEnabled: z.unknown().optional(),
  KmsMasterKeyId: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** Queues and topics: fauxqs without its socket, which would listen to the whole network. */
export async function openFauxqs() {
  // The stores are not exported, but whoever builds the app has to hand them in.
  const part = (path: string) => import(new URL(path, import.meta.resolve('fauxqs')).href);
  const [{ SqsStore }, { SnsStore }, { S3Store }] = await Promise.all([
    part('sqs/sqsStore.js'),
    part('sns/snsStore.js'),
    part('s3/s3Store.js'),
  ]);
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const app = buildApp({ logger: false, host: '127.0.0.1', defaultRegion: region, stores });
  await app.ready();
  return {
    queues: stores.sqsStore,
    topics: stores.snsStore,
    async pass({ headers, body }: Pick<WireCall, 'headers' | 'body'>): Promise<WireReply> {
      const { host: _, 'content-length': __, ...rest } = headers;
      const reply = await app.inject({ method: 'POST', url: '/', headers: rest, payload: body });
      const contentType = reply.headers['content-type'];
      const queryError = reply.headers['x-amzn-query-error'];
      return {
        status: reply.statusCode,
        headers: {
          ...(typeof contentType === 'string' && { 'content-type': contentType }),
          ...(typeof queryError === 'string' && { 'x-amzn-query-error': queryError }),
        },
        body: reply.rawPayload,
      };
    },
    close: () => app.close(),
  };
}

export type Fauxqs = Awaited<ReturnType<typeof openFauxqs>>;

/** The template's queues, empty: what only a queue knew is forgotten with the process, as the design allows for. */
export function openQueues(resources: Resources, store: QueueStore) {
  for (const { ref, attributes, properties } of resources.ofType('AWS::SQS::Queue', schema)) {
    const { QueueName: _, RedrivePolicy, RedriveAllowPolicy: __, Tags: ___, ...rest } = properties;
    const given = Object.entries({ ...rest, RedrivePolicy: RedrivePolicy && JSON.stringify(RedrivePolicy) });
    const set = given.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    store.createQueue(attributes.QueueName ?? ref, ref, attributes.Arn ?? ref, Object.fromEntries(set));
  }
}

/** SQS behind the wire. */
export const queueService = (fauxqs: Fauxqs, changed: () => void): Service => ({
  async answer(call) {
    const reply = await fauxqs.pass(call);
    if (targetAction(call).startsWith('SendMessage')) keepGroups(call, reply, fauxqs.queues);
    changed();
    return reply;
  },
  wishes(call) {
    const queue = String(jsonBody(call).QueueUrl ?? '')
      .split('/')
      .at(-1);
    const action = targetAction(call).replace(/Batch$/, '');
    return [{ action: `sqs:${action}`, resource: `arn:aws:sqs:${region}:${account}:${queue}` }];
  },
  refuse: refuseInJson('com.amazonaws.sqs#'),
  throttle: { status: 400, code: 'RequestThrottled' },
});

const sent = z.object({ Id: z.string().optional(), MessageGroupId: z.string().optional() });
const answered = z.object({ Id: z.string().optional(), MessageId: z.string() });

/** fauxqs keeps a group id on FIFO queues only; on AWS fair queues have it too. */
function keepGroups(call: WireCall, { status, body }: WireReply, queues: QueueStore) {
  if (status !== 200) return;
  const request = jsonBody(call);
  const reply = JSON.parse(body.toString());
  const queue = queues.getQueue(String(request.QueueUrl));
  const messages = z.array(sent).parse(request.Entries ?? [request]);
  for (const { Id, MessageId } of z.array(answered).parse(reply.Successful ?? [reply])) {
    const group = messages.find((message) => message.Id === Id)?.MessageGroupId;
    if (!queue || queue.isFifo() || !group) continue;
    const kept = [queue.messages, queue.delayedMessages]
      .map((list) => list.findLast(({ messageId }) => messageId === MessageId))
      .find((message) => message !== undefined);
    if (kept) kept.messageGroupId = group;
  }
}
