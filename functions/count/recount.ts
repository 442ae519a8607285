import { SUBSCRIBER_SHARDS } from '../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { Force } from '../../shared/force/force.ts';
import { type CountMessage, type Recount, recountStops } from '../../shared/reports/count-message.ts';
import type { CountStateStore } from '../../shared/reports/count-state-store.ts';
import type { CounterStore } from '../../shared/reports/counter-store.ts';
import { log } from '../../shared/runtime/log.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { countAll } from './count-all.ts';
import type { countThings } from './count-things.ts';

export type RecountDeps = {
  events: Pick<EventStore, 'list'>;
  bulletins: Pick<BulletinStore, 'toldSince'>;
  counters: Pick<CounterStore, 'countedSubscribers'>;
  subscribers: Pick<SubscriberStore, 'subscribersOf'>;
  state: CountStateStore;
  counts: { send: (messages: { body: CountMessage }[]) => Promise<void> };
  force: Force;
  now: () => Date;
};

const SLICE = 100;
/** Bulletins are listed for so long; what was sent of older ones has long been counted. */
const LOOK_BACK = 120 * 86_400_000;

type Slice = { ids: string[]; after?: string };

/** Counts a slice of all there is, then asks for the next. What is counted rightly is read and not written. */
export async function recount(
  from: Recount,
  deps: RecountDeps,
  things: ReturnType<typeof countThings>,
): Promise<void> {
  const countIt = {
    events: things.countEvents,
    bulletins: things.countBulletins,
    counted: things.countSubscriptions,
    subscribers: things.countSubscriptions,
  };
  const read = slices(deps);
  let next: Recount | undefined = from;
  for (let counted = 0; next && counted < SLICE; ) {
    const { ids, after }: Slice = await read[next.stop](next.part, next.after);
    await countAll(ids, countIt[next.stop]);
    counted += ids.length;
    next = nextOf({ ...next, after }, deps.force);
  }
  if (!next) {
    await deps.state.finish(from.day);
    log.info('all is counted anew', { day: from.day });
    return;
  }
  await deps.state.reach(next, deps.now());
  await deps.counts.send([{ body: { recount: next } }]);
}

const slices = ({
  events,
  bulletins,
  counters,
  subscribers,
  force,
  now,
}: RecountDeps): Record<Recount['stop'], (part: number, after?: string) => Promise<Slice>> => ({
  events: async (_part, cursor) => {
    const page = await events.list({
      isVisible: ({ publishedAt }) => publishedAt !== undefined,
      limit: SLICE,
      cursor,
    });
    return { ids: page.items.map(({ id }) => id), after: page.cursor };
  },
  bulletins: async (part) => ({
    ids: await bulletins.toldSince(districtAt(part, force), new Date(now().getTime() - LOOK_BACK)),
  }),
  counted: async (part, after) => idsIn(await counters.countedSubscribers(part, { after, limit: SLICE })),
  subscribers: async (part, after) => {
    const district = districtAt(Math.floor(part / SUBSCRIBER_SHARDS), force);
    return idsIn(
      await subscribers.subscribersOf(district, part % SUBSCRIBER_SHARDS, { after, limit: SLICE }),
    );
  },
});

const idsIn = ({ items, after }: { items: { id: string }[]; after?: string }): Slice => ({
  ids: items.map(({ id }) => id),
  after,
});

/** The next slice: more of the same part, the next part, the next stop. */
function nextOf({ day, stop, part, after }: Recount, force: Force): Recount | undefined {
  if (after !== undefined) return { day, stop, part, after };
  const districts = force.districts.length;
  const parts = {
    events: 1,
    bulletins: districts,
    counted: SUBSCRIBER_SHARDS,
    subscribers: districts * SUBSCRIBER_SHARDS,
  };
  if (part + 1 < parts[stop]) return { day, stop, part: part + 1 };
  const then = recountStops[recountStops.indexOf(stop) + 1];
  return then && { day, stop: then, part: 0 };
}

const districtAt = (place: number, force: Force) => force.districts[place]?.id ?? '';
