import { createHash } from 'node:crypto';
import type { Bulletin, DeliverMessage, FanOutMessage } from '../../shared/bulletins/bulletin.ts';
import type { BulletinStore, Cause } from '../../shared/bulletins/bulletin-store.ts';
import type { Chunk, ChunkStore } from '../../shared/bulletins/chunk-store.ts';
import { earlierCauses, type Hearing, hearingOf } from '../../shared/bulletins/hearing.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import type { Queue } from '../../shared/runtime/queue.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { type Channel, channels, type Subscriber } from '../../shared/subscriptions/subscription.ts';

export type FanOutDeps = {
  bulletins: Pick<BulletinStore, 'get' | 'causesOf' | 'markPlanned'>;
  chunks: Pick<ChunkStore, 'plan'>;
  notices: Pick<NoticeStore, 'told'>;
  subscribers: Pick<SubscriberStore, 'subscribersOf'>;
  fanOut: Pick<Queue, 'send'>;
  deliver: Record<Channel, Pick<Queue, 'send'>>;
  now: () => Date;
};

/** SendBulkEmail takes 50 destinations; of texts, a killed worker may repeat one, so few go in a chunk. */
const MOST = { email: 50, sms: 10 };
const PAGE = 500;
/** Pages worked through before the rest is queued: well inside the function's time. */
const MOST_PAGES = 20;
const CHECK_AFTER = 5 * 60_000;

type Task = { shard: number; after?: string };

/** Puts one shard of a district's subscribers into chunks for delivery. Harmless twice: the ledger decides. */
export async function planShard(bulletin: Bulletin, { shard, after }: Task, deps: FanOutDeps): Promise<void> {
  const causes = await earlierCauses(bulletin, deps.bulletins);
  let from = after;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await deps.subscribers.subscribersOf(bulletin.district, shard, { after: from, limit: PAGE });
    await planPage(bulletin, page.items, causes, deps);
    from = page.after;
    if (from === undefined) {
      await deps.bulletins.markPlanned(bulletin.id, shard);
      return;
    }
  }
  const body: FanOutMessage = { bulletin: bulletin.id, shard, after: from };
  await deps.fanOut.send([{ body }]);
}

async function planPage(
  bulletin: Bulletin,
  subscribers: Subscriber[],
  causes: Map<number, Cause[]>,
  { notices, chunks, deliver, now }: FanOutDeps,
) {
  const hearing = await hearingOf(bulletin, subscribers, causes, notices);
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
        few.map(({ id }) => ({
          body: { bulletin: bulletin.id, chunk: id } satisfies DeliverMessage,
          group: bulletin.district,
        })),
      );
    }
  }
}

/** A chunk is named for what is in it, so that planning the same again makes no other. */
function chunkOf({ id: bulletin, district }: Bulletin, channel: Channel, hearing: Hearing[]): Chunk {
  const content = {
    entries: hearing[0]?.entries ?? [],
    subscriptions: hearing.map(({ subscriber }) => subscriber.id),
  };
  const id = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  return { id, bulletin, district, channel, ...content };
}

function slices<Each>(list: Each[], most: number): Each[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, place) =>
    list.slice(place * most, (place + 1) * most),
  );
}
