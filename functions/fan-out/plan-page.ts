import { createHash } from 'node:crypto';
import type { Bulletin } from '../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { Chunk, ChunkStore } from '../../shared/bulletins/chunk-store.ts';
import { type DeliveryQueues, overtakes } from '../../shared/bulletins/delivery-queues.ts';
import { type Hearing, hearingOf } from '../../shared/bulletins/hearing.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import type { Cause } from '../../shared/bulletins/told-of-events.ts';
import { toLocalDate } from '../../shared/events/zone-time.ts';
import type { Force } from '../../shared/force/force.ts';
import { districtOn } from '../../shared/force/succession.ts';
import type { Queue } from '../../shared/runtime/queue.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { type Channel, channels, type Subscriber } from '../../shared/subscriptions/subscription.ts';

export type FanOutDeps = {
  bulletins: Pick<BulletinStore, 'get' | 'causesOf' | 'markPlanned'>;
  chunks: Pick<ChunkStore, 'plan'>;
  notices: Pick<NoticeStore, 'told'>;
  subscribers: Pick<SubscriberStore, 'subscribersOf' | 'followersOf' | 'succeed'>;
  fanOut: Pick<Queue, 'send'>;
  deliver: DeliveryQueues;
  force: Pick<Force, 'district' | 'timeZone'>;
  now: () => Date;
};

/** One shard of a district's subscribers, or its events' followers, and from where. */
export type Part = { shard: number; place?: number; after?: string };

export type Planning = { bulletin: Bulletin; causes: Map<number, Cause[]>; mostPages: number };

/** The district that stands for one today. */
export const currentDistrict =
  ({ force, now }: Pick<FanOutDeps, 'force' | 'now'>) =>
  (district: string) =>
    districtOn(district, toLocalDate(now(), force.timeZone), force);

/** SendBulkEmail takes 50 destinations; of texts, a killed worker may repeat one, so few go in a chunk. */
const MOST = { email: 50, sms: 10 };
export const PAGE = 500;
const CHECK_AFTER = 5 * 60_000;

/**
 * Puts those of a page's subscribers who hear something into chunks, and queues them.
 * @param first only those whom this entry is the first to concern: who is found by several is planned once
 */
export async function planPage(
  bulletin: Bulletin,
  subscribers: Subscriber[],
  causes: Map<number, Cause[]>,
  deps: FanOutDeps,
  first?: number,
) {
  const { notices, chunks, deliver, now } = deps;
  const all = await hearingOf(bulletin, subscribers, causes, notices, currentDistrict(deps));
  const hearing = first === undefined ? all : all.filter(({ entries }) => entries[0] === first);
  for (const channel of channels) {
    const same = Map.groupBy(
      hearing.filter(({ subscriber }) => subscriber.channel === channel),
      ({ entries }) => entries.join(),
    );
    const planned = [...same.values()].flatMap((group) =>
      slices(group, MOST[channel]).map((slice) => chunkOf(bulletin, channel, slice)),
    );
    const checkAt = new Date(now().getTime() + CHECK_AFTER);
    for (const few of slices(planned, 10)) {
      await Promise.all(few.map((chunk) => chunks.plan(chunk, checkAt)));
      await deliver[channel].send(
        few.map(({ id, overtakes }) => ({
          body: { bulletin: bulletin.id, chunk: id },
          group: bulletin.district,
          overtakes,
        })),
      );
    }
  }
}

/** A chunk is named for what is in it, so that planning the same again makes no other. */
function chunkOf({ id: bulletin, district, entries }: Bulletin, channel: Channel, hearing: Hearing[]): Chunk {
  const content = {
    entries: hearing[0]?.entries ?? [],
    subscriptions: hearing.map(({ subscriber }) => subscriber.id),
  };
  const id = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  const isUrgent = overtakes(content.entries.flatMap((place) => entries[place] ?? []));
  return { id, bulletin, district, channel, ...content, overtakes: isUrgent };
}

function slices<Each>(list: Each[], most: number): Each[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, place) =>
    list.slice(place * most, (place + 1) * most),
  );
}
