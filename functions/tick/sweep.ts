import * as z from 'zod';
import { type FanOutMessage, PLAN_PARTS, type SettleMessage } from '../../shared/bulletins/bulletin.ts';
import type { DeliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import { causeOf, log } from '../../shared/runtime/log.ts';
import type { Queue } from '../../shared/runtime/queue.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { channels } from '../../shared/subscriptions/subscription.ts';
import type { DueStore } from '../../shared/table/due-store.ts';
import { afterSilence, listening, type SilenceDeps } from './after-silence.ts';

export type SweepDeps = SilenceDeps & {
  due: DueStore;
  settle: Pick<Queue, 'send'>;
  fanOut: Pick<Queue, 'send'>;
  deliver: DeliveryQueues;
  subscribers: Pick<SubscriberStore, 'eraseEnded'>;
  now: () => Date;
};

/**
 * Long enough for the work that was queued to be done; twice as long after each look in vain, because a county's
 * thousands of chunks wait their turn for an hour.
 */
const LOOK_AGAIN = 5 * 60_000;
const MOST_DOUBLED = 3;
/** Many may have subscribed on one day: nothing that cannot wait waits for them. */
const MOST_SILENCES = 500;

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
  z.object({
    type: z.literal('subscription'),
    subscription: listening.extend({ status: z.enum(['active', 'ended']) }),
  }),
]);

/**
 * Queues again whatever is due: windows over, bulletins unpublished or unplanned, chunks held or left,
 * confirmations unsent, ends to erase, long silences.
 * @returns when to look again, if anything waits
 */
export async function sweep(deps: SweepDeps): Promise<Date | undefined> {
  const now = deps.now();
  let silences = 0;
  let isDue = false;
  const next = await deps.due.eachDue(now, async (item) => {
    isDue = true;
    try {
      const due = dueItem.parse(item);
      if (due.type === 'subscription' && due.subscription.status === 'active') {
        if (silences++ >= MOST_SILENCES) return;
        const again = await afterSilence(due.subscription, deps);
        await (again ? deps.due.lookAgain(item, again) : deps.due.done(item));
        return;
      }
      await take(due, deps);
      const wait = LOOK_AGAIN * 2 ** Math.min(item.looks ?? 0, MOST_DOUBLED);
      await deps.due.lookAgain(item, new Date(deps.now().getTime() + wait));
    } catch (error) {
      // It stays due; the others must not wait for it.
      log.error('a due item failed', { type: item.type, ...causeOf(error) });
    }
  });
  return isDue ? now : next;
}

async function take(
  due: z.infer<typeof dueItem>,
  { settle, fanOut, deliver, subscribers }: SweepDeps,
): Promise<void> {
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
      return subscribers.eraseEnded(due.subscription.id);
  }
}
