import { type BulletinEntry, isStanding, type Occasion } from '../../shared/bulletins/bulletin.ts';
import type { Chunk, Tally } from '../../shared/bulletins/chunk-store.ts';
import type { Notice } from '../../shared/bulletins/notice.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import { toldNow } from '../../shared/bulletins/told-now.ts';
import type { CurrentDistrict } from '../../shared/bulletins/what-to-hear.ts';
import { idsOf } from '../../shared/events/event.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { recordSurely } from './record-surely.ts';
import type { SendNotices, Sent } from './sent.ts';
import { type Result, summary } from './summary.ts';

export type DeliverSliceDeps = {
  notices: Pick<NoticeStore, 'claim' | 'record' | 'release'>;
  events: Pick<EventStore, 'getAll'>;
  subscribers: Pick<SubscriberStore, 'activeSubscriptions' | 'end'>;
  /** The district that stands for one today. */
  current: CurrentDistrict;
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
  newId: () => string;
};

export type Placed = BulletinEntry & { place: number };
export type Slice = Pick<Chunk, 'bulletin' | 'district' | 'subscriptions'> & {
  occasion?: Occasion;
  entries: Placed[];
};

/** Longer than a worker lives: then its claim is anybody's. */
const LEASE = 2 * 60_000;
/** How long a lost outcome is waited for before the notice is sent once more. */
const GRACE = 10 * 60_000;
const BACK_OFF = 60_000;

/** Tells a few subscribers what is still true, all by one send; `again` where some are left for later. */
export async function deliverSlice(
  slice: Slice,
  send: SendNotices,
  deps: DeliverSliceDeps,
): Promise<{ tally: Tally; again?: Date }> {
  const { notices, now } = deps;
  const claims = await notices.claim(
    {
      bulletin: slice.bulletin,
      subscriptions: slice.subscriptions,
      entries: slice.entries.map(({ place }) => place),
      claim: deps.newId(),
    },
    { now: now(), until: new Date(now().getTime() + LEASE) },
  );
  const mine = [...claims.values()].flatMap((each) => (each.outcome === 'claimed' ? [each.notice] : []));
  let sent: Awaited<ReturnType<typeof sendTo>>;
  try {
    sent = await sendTo(mine, slice, send, deps);
  } catch (error) {
    // Nothing was sent: to wait for the lease would help nobody.
    await notices.release(mine, now());
    throw error;
  }
  const again = await settle(sent, deps);
  return summary(claims, sent, again);
}

async function sendTo(
  mine: Notice[],
  { bulletin, district, occasion, entries }: Slice,
  send: SendNotices,
  { events, subscribers, current, now }: DeliverSliceDeps,
): Promise<Result[]> {
  // Read after claiming: whoever cancels later finds the claim and tells of the cancellation.
  const found = mine.length ? await events.getAll(entries.map(({ eventId }) => eventId)) : new Map();
  const told = entries.flatMap((entry) => {
    const event = found.get(entry.eventId);
    const words = event && toldNow(entry, event, now());
    return words ? [{ ...words, place: entry.place }] : [];
  });
  const concerned = ({ districts, follows }: Subscription) =>
    isStanding(occasion) ||
    (occasion !== 'survey' && districts.includes(current(district))) ||
    told.every(({ event }) => idsOf(event).some((id) => follows.includes(id)));
  // Read last: nobody hears who has left by then.
  const active =
    told.length || isStanding(occasion)
      ? await subscribers.activeSubscriptions(mine.map(({ subscription }) => subscription))
      : [];
  const reached = active.filter(concerned);
  const answers = reached.length
    ? await send(reached, {
        bulletin,
        district,
        occasion,
        entries: told,
        isPressing: isPressing(entries),
      })
    : [];
  const outcomes = new Map(
    reached.map(({ id }, at) => [id, answers[at] ?? { outcome: 'unknown' as const }] as const),
  );
  const places = told.map(({ place }) => place);
  return mine.map((notice) => ({ notice, sent: outcomes.get(notice.subscription), places }));
}

/** Whether all of it may be told even at night. */
export const isPressing = (entries: Pick<BulletinEntry, 'isPressing'>[]) =>
  entries.length > 0 && entries.every((entry) => entry.isPressing);

/** Writes down what came of it. Those to whom nothing was sent are left as they were. */
async function settle(results: Result[], deps: DeliverSliceDeps): Promise<Date | undefined> {
  const { notices, subscribers, now } = deps;
  const left = results.filter(({ sent }) => !sent || sent.outcome === 'refused');
  const done = results.flatMap(({ notice, sent, places }) =>
    !sent || sent.outcome === 'refused' ? [] : [{ ends: sent.ends, row: rowOf(notice, sent, places, now()) }],
  );
  await recordSurely(
    done.filter(({ ends }) => !ends).map(({ row }) => row),
    deps,
  );
  const ending = done.filter(({ ends }) => ends);
  for (const { row, ends } of ending) if (ends) await subscribers.end(row.subscription, ends);
  await recordSurely(
    ending.map(({ row }) => row),
    deps,
  );
  await notices.release(
    left.map(({ notice }) => notice),
    now(),
  );
  if (left.some(({ sent }) => sent)) return new Date(now().getTime() + BACK_OFF);
  return done.some(({ row }) => row.state === 'unknown') ? new Date(now().getTime() + GRACE) : undefined;
}

function rowOf(
  notice: Notice,
  { outcome, messageId, reason, byEmail }: Sent,
  entries: number[],
  now: Date,
): Notice {
  const until = new Date(now.getTime() + GRACE).toISOString();
  if (outcome === 'unknown')
    return { ...notice, state: 'unknown', entries, lost: notice.lost + 1, until, byEmail };
  if (outcome === 'sent') return { ...notice, state: 'sent', entries, until, messageId, byEmail };
  return { ...notice, state: 'failed', entries, until, reason };
}
