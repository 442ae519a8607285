import { FOLLOWERS } from '../../shared/bulletins/bulletin.ts';
import { followersElsewhere, mayHaveFollowersElsewhere } from '../../shared/bulletins/hearing.ts';
import { currentDistrict, type FanOutDeps, PAGE, type Part, type Planning, planPage } from './plan-page.ts';

/**
 * Puts into chunks who follows an event of the bulletin without being its district's subscriber.
 * @returns where to go on, unless that was all
 */
export async function planFollowers(
  { place = 0, after }: Part,
  deps: FanOutDeps,
  { bulletin, causes, mostPages }: Planning,
): Promise<Part[]> {
  let at = place;
  let from = after;
  for (let pages = 0; at < bulletin.entries.length; ) {
    if (!mayHaveFollowersElsewhere(bulletin, at)) {
      at++;
      continue;
    }
    if (pages++ === mostPages) return [{ shard: FOLLOWERS, place: at, after: from }];
    const page = await followersElsewhere(
      bulletin,
      at,
      { after: from, limit: PAGE },
      deps.subscribers,
      currentDistrict(deps),
    );
    if (page.items.length) await planPage(bulletin, page.items, causes, deps, at);
    from = page.after;
    if (from === undefined) at++;
  }
  return [];
}
