import { type Bulletin, SUBSCRIBER_SHARDS } from '../bulletins/bulletin.ts';
import type { BulletinStore } from '../bulletins/bulletin-store.ts';
import { earlierCauses, followersElsewhere, hearingOf } from '../bulletins/hearing.ts';
import type { NoticeStore } from '../bulletins/notice-store.ts';
import { toLocalDate } from '../events/zone-time.ts';
import type { Force } from '../force/force.ts';
import { districtOn } from '../force/succession.ts';
import type { SubscriberStore } from '../subscriptions/subscriber-store.ts';
import type { Subscriber } from '../subscriptions/subscription.ts';

export type CountDeps = {
  bulletins: Pick<BulletinStore, 'causesOf'>;
  notices: Pick<NoticeStore, 'told'>;
  subscriptions: Pick<SubscriberStore, 'subscribersOf' | 'followersOf'>;
  force: Force;
  now: () => Date;
  /** For a page that must not wait: of very many subscribers an eighth is counted, and the rest taken to be like them. */
  mayEstimate?: boolean;
};

export type Counted = { email: number; sms: number; isEstimate: boolean };

type ReadPage = (page: { after?: string; limit: number }) => Promise<{ items: Subscriber[]; after?: string }>;

const PAGE = 500;
/** In one shard, which holds whom chance put there: where there are so many, the others have as many within a few in a hundred. */
const MANY = 1_000;

/** How many people would hear of a bulletin about one event, on each channel, if it went out now. */
export async function countNotices(
  bulletin: Bulletin,
  { bulletins, notices, subscriptions, force, now, mayEstimate = false }: CountDeps,
): Promise<Counted> {
  const current = (district: string) => districtOn(district, toLocalDate(now(), force.timeZone), force);
  const causes = await earlierCauses(bulletin, bulletins);
  const shards = Array.from(
    { length: SUBSCRIBER_SHARDS },
    (_, shard): ReadPage =>
      (page) =>
        subscriptions.subscribersOf(current(bulletin.district), shard, page),
  );
  const followers: ReadPage = (page) => followersElsewhere(bulletin, 0, page, subscriptions, current);
  async function countIn(read: ReadPage) {
    const count = { read: 0, email: 0, sms: 0 };
    let after: string | undefined;
    do {
      const page = await read({ after, limit: PAGE });
      count.read += page.items.length;
      for (const { subscriber } of await hearingOf(bulletin, page.items, causes, notices, current))
        count[subscriber.channel]++;
      after = page.after;
    } while (after !== undefined);
    return count;
  }

  const [first, ...rest] = shards as [ReadPage, ...ReadPage[]];
  const elsewhere = countIn(followers);
  const sample = mayEstimate ? await countIn(first) : undefined;
  const isEstimate = sample !== undefined && sample.read >= MANY;
  const counts = isEstimate
    ? shards.map(() => sample)
    : await Promise.all([sample ?? countIn(first), ...rest.map(countIn)]);
  const all = [...counts, await elsewhere];
  const sum = (channel: 'email' | 'sms') => all.reduce((total, count) => total + count[channel], 0);
  return { email: sum('email'), sms: sum('sms'), isEstimate };
}
