import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { settleMessage } from '../../shared/bulletins/bulletin.ts';
import type { Change } from '../../shared/bulletins/change.ts';
import type { DeliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import { eachMessage, newImageOf } from '../../shared/runtime/batches.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';
import { channels } from '../../shared/subscriptions/subscription.ts';
import { type GatherDeps, gatherChanges } from './gather-changes.ts';
import { type PublishDeps, publishBulletin } from './publish-bulletin.ts';
import { type SettleDeps, settleDistrict } from './settle-district.ts';

export type AnnounceDeps = GatherDeps & SettleDeps & PublishDeps & { deliver: DeliveryQueues };

const image = z.discriminatedUnion('type', [
  z.object({ type: z.literal('change'), change: z.custom<Change>((value) => value !== undefined) }),
  z.object({
    type: z.literal('confirmation'),
    id: z.string(),
    channel: z.enum(channels),
  }),
]);

/** Hears of changes and confirmations from the stream, and of windows that close from its queue. */
export const announce = (deps: AnnounceDeps) => async (batch: DynamoDBStreamEvent | SQSEvent) =>
  isStream(batch) ? hear(batch.Records, deps) : settle(batch, deps);

const isStream = (batch: DynamoDBStreamEvent | SQSEvent): batch is DynamoDBStreamEvent =>
  batch.Records.some((record) => 'dynamodb' in record);

/** A whole batch is one look at each window; a record that says nothing readable is given back alone. */
async function hear(records: DynamoDBRecord[], deps: AnnounceDeps) {
  const heard: z.infer<typeof image>[] = [];
  let failed: DynamoDBRecord | undefined;
  for (const record of records) {
    const parsed = image.safeParse(newImageOf(record));
    if (!parsed.success) {
      log.error('a stream record cannot be read', { sequence: record.dynamodb?.SequenceNumber });
      failed = record;
      break;
    }
    heard.push(parsed.data);
  }
  try {
    await gatherChanges(
      heard.flatMap((each) => (each.type === 'change' ? [each.change] : [])),
      deps,
    );
    for (const each of heard)
      if (each.type === 'confirmation')
        await deps.deliver[each.channel].send([{ body: { confirmation: each.id }, overtakes: true }]);
  } catch (error) {
    log.error('changes could not be gathered', causeOf(error));
    failed = records[0];
  }
  return { batchItemFailures: failed ? [{ itemIdentifier: failed.dynamodb?.SequenceNumber ?? '' }] : [] };
}

const settle = (batch: SQSEvent, deps: AnnounceDeps) =>
  eachMessage(batch.Records, async (body) => {
    const message = settleMessage.parse(body);
    if ('bulletin' in message) {
      const kept = await deps.bulletins.get(message.bulletin);
      if (kept && !kept.isPublished) await publishBulletin(kept.bulletin, deps);
      return;
    }
    const bulletin = await settleDistrict(message.district, deps);
    if (bulletin) await publishBulletin(bulletin, deps);
  });
