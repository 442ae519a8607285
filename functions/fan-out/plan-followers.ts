import { type Bulletin, type FanOutMessage, FOLLOWERS } from '../../shared/bulletins/bulletin.ts';
import { earlierCauses, followersElsewhere } from '../../shared/bulletins/hearing.ts';
import { currentDistrict, type FanOutDeps, MOST_PAGES, PAGE, planPage } from './plan-page.ts';

type Task = { place?: number; after?: string };

/** Puts into chunks who follows an event of the bulletin without being its district's subscriber. */
export async function planFollowers(bulletin: Bulletin, task: Task, deps: FanOutDeps): Promise<void> {
  const causes = await earlierCauses(bulletin, deps.bulletins);
  let { place = 0, after } = task;
  for (let pages = 0; place < bulletin.entries.length; pages++) {
    if (pages === MOST_PAGES) {
      const body: FanOutMessage = { bulletin: bulletin.id, shard: FOLLOWERS, place, after };
      return deps.fanOut.send([{ body }]);
    }
    const page = await followersElsewhere(
      bulletin,
      place,
      { after, limit: PAGE },
      deps.subscribers,
      currentDistrict(deps),
    );
    if (page.items.length) await planPage(bulletin, page.items, causes, deps, place);
    after = page.after;
    if (after === undefined) place++;
  }
  await deps.bulletins.markPlanned(bulletin.id, FOLLOWERS);
}
