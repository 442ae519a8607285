import { currentDistrict, type FanOutDeps, PAGE, type Part, type Planning, planPage } from './plan-page.ts';
import { succeedPage } from './succeed-page.ts';

/**
 * Puts one shard of a district's subscribers into chunks for delivery. Harmless twice: the ledger decides.
 * @returns where to go on, unless that was all
 */
export async function planShard(
  { shard, after }: Part,
  deps: FanOutDeps,
  { bulletin, causes, mostPages }: Planning,
): Promise<Part | undefined> {
  const current = currentDistrict(deps)(bulletin.district);
  const isSuccession = bulletin.occasion === 'succession';
  let from = after;
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await deps.subscribers.subscribersOf(isSuccession ? bulletin.district : current, shard, {
      after: from,
      limit: PAGE,
    });
    await planPage(bulletin, page.items, causes, deps);
    if (isSuccession) await succeedPage(page.items, bulletin.district, current, deps);
    from = page.after;
    if (from === undefined) return undefined;
  }
  return { shard, after: from };
}
