import { z } from 'zod';
import { mappingFilter, type QueueMapping } from './event-sources.ts';
import { region } from './place.ts';
import type { Queue, QueueStore } from './queues.ts';
import type { Json } from './template.ts';
import type { WorkSource } from './work.ts';

export type QueueSourceDeps = {
  mapping: QueueMapping;
  queue: Queue;
  store: QueueStore;
  invoke: (event: unknown) => Promise<unknown>;
  now: () => number;
  changed: () => void;
};

const partialFailure = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** Lambda's five pollers, where the template does not say. */
const usualConcurrency = 5;

/** Hands a queue's messages to a function in batches, as an SQS event source does. */
export function queueSource({ mapping, queue, store, invoke, now, changed }: QueueSourceDeps) {
  const { BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes, ScalingConfig } =
    mapping.properties;
  const mostAtOnce = ScalingConfig?.MaximumConcurrency ?? usualConcurrency;
  const wanted = mappingFilter(mapping);
  let running = 0;
  let open = true;
  let windowEndsAt: number | undefined;

  function pump() {
    if (!open) return;
    queue.processTimers();
    while (running < mostAtOnce && queue.messages.length > 0 && !isGathering()) {
      const batch = receive();
      if (batch.length === 0) continue;
      running += 1;
      void handle(batch).finally(() => {
        running -= 1;
        pump();
        changed();
      });
    }
  }

  function isGathering() {
    if (MaximumBatchingWindowInSeconds === 0 || queue.messages.length >= BatchSize) return false;
    windowEndsAt ??= now() + MaximumBatchingWindowInSeconds * 1000;
    if (now() < windowEndsAt) return true;
    windowEndsAt = undefined;
    return false;
  }

  function receive() {
    const batch: Received[] = [];
    while (batch.length < BatchSize && queue.messages.length > 0) {
      const some = queue.dequeue(BatchSize - batch.length, undefined, (arn) => store.getQueueByArn(arn));
      batch.push(
        ...some.map((message) => ({ ...message, entry: queue.inflightMessages.get(message.ReceiptHandle) })),
      );
    }
    return batch.filter((message) => {
      const passes = wanted(toFilterable(message.Body));
      if (!passes) queue.deleteMessage(message.ReceiptHandle);
      return passes;
    });
  }

  async function handle(batch: Received[]) {
    const result = await invoke({ Records: batch.map((message) => toRecord(message, queue.arn)) }).catch(
      () => failed,
    );
    if (result === failed || !open) return;
    const back = FunctionResponseTypes.length > 0 ? givenBack(result, batch) : new Set<string>();
    // What was given back stays invisible until its timeout, as on AWS.
    for (const { MessageId, ReceiptHandle } of batch)
      if (!back.has(MessageId)) queue.deleteMessage(ReceiptHandle);
  }

  const source: WorkSource = {
    busy: () => running + (isGatheringNow() ? 0 : queue.messages.length),
    nextDueAt() {
      const instants = [
        ...queue.delayedMessages.map(({ delayUntil }) => delayUntil ?? 0),
        ...(running > 0
          ? []
          : [...queue.inflightMessages.values()].map(({ visibilityDeadline }) => visibilityDeadline)),
        ...(windowEndsAt === undefined || queue.messages.length === 0 ? [] : [windowEndsAt]),
      ];
      return instants.length > 0 ? Math.min(...instants) : undefined;
    },
    startDue: pump,
    unfinishedBefore: (instant) =>
      queue.inflightMessages.size > 0 ||
      queue.messages.length > 0 ||
      queue.delayedMessages.some(({ delayUntil }) => (delayUntil ?? 0) <= instant),
  };
  const isGatheringNow = () => windowEndsAt !== undefined && now() < windowEndsAt;

  return {
    ...source,
    pump,
    close() {
      open = false;
    },
  };
}

export type QueueSource = ReturnType<typeof queueSource>;

const failed = Symbol('failed');

type Entry = ReturnType<Queue['inflightMessages']['get']>;
type Received = ReturnType<Queue['dequeue']>[number] & { entry: Entry };

/** Everything goes back if the answer names a message that is not there: Lambda trusts no such answer. */
function givenBack(result: unknown, batch: Received[]) {
  const everything = new Set(batch.map(({ MessageId }) => MessageId));
  const parsed = partialFailure.safeParse(result);
  if (!parsed.success) return everything;
  const named = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return named.every((id) => everything.has(id)) ? new Set(named) : everything;
}

function toFilterable(body: string): Json {
  try {
    return { body: JSON.parse(body) };
  } catch {
    return { body };
  }
}

function toRecord(
  { MessageId, ReceiptHandle, Body, MD5OfBody, MessageAttributes, entry }: Received,
  queueArn: string,
) {
  const message = entry?.message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: {
      ApproximateReceiveCount: String(message?.approximateReceiveCount ?? 1),
      SentTimestamp: String(message?.sentTimestamp ?? 0),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(message?.approximateFirstReceiveTimestamp ?? 0),
      ...(message?.messageGroupId && { MessageGroupId: message.messageGroupId }),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          ...(StringValue !== undefined && { stringValue: StringValue }),
          ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}
