import { currentDistrict, type FanOutDeps, PAGE, type Part, type Planning, planPage } from './plan-page.ts';
import { succeedPage } from './succeed-page.ts';

/**
 * Puts shards of a district's subscribers into chunks for delivery, a page of each at a time: of few subscribers few
 * chunks are made. Harmless twice: the ledger decides.
 * @returns where to go on, of those that are left
 */
export async function planShards(
  parts: Part[],
  deps: FanOutDeps,
  { bulletin, causes, mostPages }: Planning,
): Promise<Part[]> {
  const current = currentDistrict(deps)(bulletin.district);
  const isSuccession = bulletin.occasion === 'succession';
  const from = isSuccession ? bulletin.district : current;
  let left = parts;
  for (let pages = 0; left.length && pages < mostPages; pages += left.length) {
    const found = await Promise.all(
      left.map(({ shard, after }) => deps.subscribers.subscribersOf(from, shard, { after, limit: PAGE })),
    );
    const items = found.flatMap((page) => page.items);
    await planPage(bulletin, items, causes, deps);
    if (isSuccession) await succeedPage(items, bulletin.district, current, deps);
    left = left.flatMap(({ shard }, place) => {
      const after = found[place]?.after;
      return after === undefined ? [] : [{ shard, after }];
    });
  }
  return left;
}
