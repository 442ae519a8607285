import { type Bulletin, SUBSCRIBER_SHARDS } from '../../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../../shared/bulletins/bulletin-store.ts';
import { earlierCauses, hearingOf } from '../../../shared/bulletins/hearing.ts';
import type { NoticeStore } from '../../../shared/bulletins/notice-store.ts';
import type { SubscriberStore } from '../../../shared/subscriptions/subscriber-store.ts';

export type CountDeps = {
  bulletins: Pick<BulletinStore, 'causesOf'>;
  notices: Pick<NoticeStore, 'told'>;
  subscriptions: Pick<SubscriberStore, 'subscribersOf'>;
};

const PAGE = 500;

/** How many people would hear of a bulletin, on each channel, if it went out now. */
export async function countNotices(bulletin: Bulletin, deps: CountDeps) {
  const causes = await earlierCauses(bulletin, deps.bulletins);
  const counts = await Promise.all(
    Array.from({ length: SUBSCRIBER_SHARDS }, async (_, shard) => {
      const count = { email: 0, sms: 0 };
      let after: string | undefined;
      do {
        const page = await deps.subscriptions.subscribersOf(bulletin.district, shard, { after, limit: PAGE });
        for (const { subscriber } of await hearingOf(bulletin, page.items, causes, deps.notices))
          count[subscriber.channel]++;
        after = page.after;
      } while (after !== undefined);
      return count;
    }),
  );
  return counts.reduce((one, other) => ({ email: one.email + other.email, sms: one.sms + other.sms }));
}
