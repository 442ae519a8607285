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
};

type ReadPage = (page: { after?: string; limit: number }) => Promise<{ items: Subscriber[]; after?: string }>;

const PAGE = 500;

/** How many people would hear of a bulletin about one event, on each channel, if it went out now. */
export async function countNotices(
  bulletin: Bulletin,
  { bulletins, notices, subscriptions, force, now }: CountDeps,
) {
  const current = (district: string) => districtOn(district, toLocalDate(now(), force.timeZone), force);
  const causes = await earlierCauses(bulletin, bulletins);
  const shards = Array.from(
    { length: SUBSCRIBER_SHARDS },
    (_, shard): ReadPage =>
      (page) =>
        subscriptions.subscribersOf(current(bulletin.district), shard, page),
  );
  const followers: ReadPage = (page) => followersElsewhere(bulletin, 0, page, subscriptions, current);
  const counts = await Promise.all(
    [...shards, followers].map(async (read) => {
      const count = { email: 0, sms: 0 };
      let after: string | undefined;
      do {
        const page = await read({ after, limit: PAGE });
        for (const { subscriber } of await hearingOf(bulletin, page.items, causes, notices, current))
          count[subscriber.channel]++;
        after = page.after;
      } while (after !== undefined);
      return count;
    }),
  );
  return counts.reduce((one, other) => ({ email: one.email + other.email, sms: one.sms + other.sms }));
}
