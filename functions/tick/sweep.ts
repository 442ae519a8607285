import { z } from 'zod';
import { type FanOutMessage, PLAN_PARTS, type SettleMessage } from '../../shared/bulletins/bulletin.ts';
import type { DeliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';
import type { Queue } from '../../shared/runtime/queue.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { channels } from '../../shared/subscriptions/subscription.ts';
import type { DueItem, DueStore } from '../../shared/table/due-store.ts';

export type SweepDeps = {
  due: DueStore;
  settle: Pick<Queue, 'send'>;
  fanOut: Pick<Queue, 'send'>;
  deliver: DeliveryQueues;
  subscribers: Pick<SubscriberStore, 'eraseEnded'>;
  now: () => Date;
};

/** Long enough for the work that was queued to be done. */
const LOOK_AGAIN = 5 * 60_000;

const dueItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('window'), district: z.string() }),
  z.object({
    type: z.literal('bulletin'),
    bulletin: z.object({ id: z.string() }),
    publishedAt: z.string().optional(),
    planned: z.set(z.number()).optional(),
  }),
  z.object({
    type: z.literal('chunk'),
    chunk: z.object({
      id: z.string(),
      bulletin: z.string(),
      district: z.string(),
      channel: z.enum(channels),
      overtakes: z.boolean().default(false),
    }),
  }),
  z.object({ type: z.literal('confirmation'), id: z.string(), channel: z.enum(channels) }),
  z.object({ type: z.literal('subscription'), id: z.string() }),
]);

/**
 * Queues again whatever is due: windows over, bulletins unpublished or unplanned, chunks held or left,
 * confirmations unsent, ends to erase.
 */
export async function sweep(deps: SweepDeps): Promise<void> {
  for await (const item of deps.due.dueBy(deps.now())) {
    try {
      await take(item, deps);
      await deps.due.lookAgain(item, new Date(deps.now().getTime() + LOOK_AGAIN));
    } catch (error) {
      // It stays due; the others must not wait for it.
      log.error('a due item failed', { type: item.type, ...causeOf(error) });
    }
  }
}

async function take(item: DueItem, { settle, fanOut, deliver, subscribers }: SweepDeps): Promise<void> {
  const due = dueItem.parse(item);
  switch (due.type) {
    case 'window':
      return settle.send([{ body: { district: due.district } satisfies SettleMessage }]);
    case 'bulletin': {
      const bulletin = due.bulletin.id;
      if (!due.publishedAt) return settle.send([{ body: { bulletin } satisfies SettleMessage }]);
      const left = Array.from({ length: PLAN_PARTS }, (_, shard) => shard).filter(
        (shard) => !due.planned?.has(shard),
      );
      return fanOut.send(left.map((shard) => ({ body: { bulletin, shard } satisfies FanOutMessage })));
    }
    case 'chunk': {
      const { id, bulletin, district, channel, overtakes } = due.chunk;
      return deliver[channel].send([{ body: { bulletin, chunk: id }, group: district, overtakes }]);
    }
    case 'confirmation':
      return deliver[due.channel].send([{ body: { confirmation: due.id }, overtakes: true }]);
    case 'subscription':
      return subscribers.eraseEnded(due.id);
  }
}
