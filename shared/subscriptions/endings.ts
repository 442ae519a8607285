import type { Table } from '../table/table.ts';
import { ERASED_AFTER, endWrites } from './end-writes.ts';
import { partWrites } from './pairs.ts';
import { readItem } from './read-item.ts';
import type { EndReason } from './subscription.ts';
import { type SubscriptionItem, unchanged } from './subscription-items.ts';
import { subscriptionKey } from './subscription-keys.ts';
import { tryWrites, untilWritten } from './try-writes.ts';

/** How subscriptions end and are erased. */
export function endings({ table, now }: { table: Table; now: () => Date }) {
  const itemOf = (id: string) => readItem<SubscriptionItem>(table, subscriptionKey(id));

  /**
   * Ends a subscription, and what only stood in for it; one that has ended or never was stays so.
   * @param erase forget the address at once, with a confirmation that may be open for it
   */
  const end = (id: string, reason: EndReason, { erase = false } = {}): Promise<void> =>
    untilWritten(async () => {
      const item = await itemOf(id);
      if (!item || !(item.subscription.status === 'active' || erase)) return;
      const ending = { reason, erase, now: now() };
      const written = await tryWrites(table, [
        ...(await endWrites(table, item, ending)),
        ...(await partWrites(table, item.subscription, ending)),
      ]);
      return written ? undefined : 'overtaken';
    });

  /** Erases a subscription whose 28 days after its end are over: the due index says when to ask. */
  async function eraseEnded(id: string): Promise<void> {
    const item = await itemOf(id);
    const { status, endedAt } = item?.subscription ?? {};
    if (!item || status !== 'ended' || !endedAt) return;
    if (Date.parse(endedAt) + ERASED_AFTER > now().getTime()) return;
    await tryWrites(table, [
      { Delete: { TableName: table.name, Key: subscriptionKey(id), ...unchanged(item) } },
    ]);
  }

  return { end, eraseEnded };
}
