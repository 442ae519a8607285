import type { Bulletin, FanOutMessage } from '../../shared/bulletins/bulletin.ts';
import { earlierCauses } from '../../shared/bulletins/hearing.ts';
import { currentDistrict, type FanOutDeps, MOST_PAGES, PAGE, planPage } from './plan-page.ts';
import { succeedPage } from './succeed-page.ts';

type Task = { shard: number; after?: string };

/** Puts one shard of a district's subscribers into chunks for delivery. Harmless twice: the ledger decides. */
export async function planShard(bulletin: Bulletin, { shard, after }: Task, deps: FanOutDeps): Promise<void> {
  const causes = await earlierCauses(bulletin, deps.bulletins);
  const current = currentDistrict(deps)(bulletin.district);
  const isSuccession = bulletin.occasion === 'succession';
  let from = after;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await deps.subscribers.subscribersOf(isSuccession ? bulletin.district : current, shard, {
      after: from,
      limit: PAGE,
    });
    await planPage(bulletin, page.items, causes, deps);
    if (isSuccession) await succeedPage(page.items, bulletin.district, current, deps);
    from = page.after;
    if (from === undefined) {
      await deps.bulletins.markPlanned(bulletin.id, shard);
      return;
    }
  }
  const body: FanOutMessage = { bulletin: bulletin.id, shard, after: from };
  await deps.fanOut.send([{ body }]);
}
