import type { BulletinEntry } from '../../shared/bulletins/bulletin.ts';
import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { Chunk, ChunkStore } from '../../shared/bulletins/chunk-store.ts';
import { isNight, morningOf } from '../../shared/bulletins/night.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import { toldNow } from '../../shared/bulletins/told-now.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { NoticeEntry } from '../../shared/notices/notice-entry.ts';
import type { SubscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import type { Channel, Subscription } from '../../shared/subscriptions/subscription.ts';

/** What became of one send. `rejected` is the provider's final no, `refused` its not now. */
export type Outcome = 'sent' | 'rejected' | 'refused' | 'unknown';
export type Sent = { outcome: Outcome; messageId?: string };

/** Sends the same entries to each of these subscribers; an answer for each, in their order. */
export type SendNotices = (
  subscriptions: Subscription[],
  about: { bulletin: string; district: string; entries: NoticeEntry[] },
) => Promise<Sent[]>;

export type DeliverChunkDeps = {
  bulletins: Pick<BulletinStore, 'get'>;
  chunks: Pick<ChunkStore, 'get' | 'putOff' | 'finish'>;
  notices: NoticeStore;
  events: Pick<EventStore, 'getAll'>;
  subscribers: Pick<SubscriberStore, 'activeSubscriptions'>;
  send: Record<Channel, SendNotices>;
  timeZone: string;
  now: () => Date;
};

/** Longer than a worker lives: then its claim is anybody's. */
const LEASE = 2 * 60_000;
/** How long a lost outcome is waited for before the notice is sent once more. */
const GRACE = 10 * 60_000;
const BACK_OFF = 60_000;

/** Tells the subscribers of a chunk what is still true, each at most once; what is left is put off, not lost. */
export async function deliverChunk(
  bulletinId: string,
  chunkId: string,
  deps: DeliverChunkDeps,
): Promise<void> {
  const { bulletins, chunks, notices, now, timeZone } = deps;
  const chunk = await chunks.get(bulletinId, chunkId);
  const kept = chunk && (await bulletins.get(bulletinId));
  if (!chunk || !kept) return;
  const entries = chunk.entries.flatMap((place) => {
    const entry = kept.bulletin.entries[place];
    return entry ? [{ ...entry, place }] : [];
  });
  if (isNight(now(), timeZone) && !entries.every(({ isPressing }) => isPressing)) {
    await chunks.putOff(chunk, morningOf(now(), timeZone));
    return;
  }

  const claims = await claimAll(chunk, deps);
  // Read after claiming: whoever cancels later finds the claim and tells of the cancellation.
  const told = await stillTrue(entries, deps);
  const active = await deps.subscribers.activeSubscriptions(claims.mine);
  const reached = told.length
    ? active.filter(
        ({ districts, follows }) =>
          districts.includes(chunk.district) || told.every(({ event }) => follows.includes(event.id)),
      )
    : [];
  const sent = reached.length
    ? await deps.send[chunk.channel](reached, {
        bulletin: bulletinId,
        district: chunk.district,
        entries: told,
      })
    : [];

  const outcomes = new Map(reached.map(({ id }, at) => [id, sent[at] ?? { outcome: 'unknown' as const }]));
  const tally = claims.tally;
  let again: Date | undefined = claims.waitUntil;
  for (const subscription of claims.mine) {
    const { outcome, messageId } = outcomes.get(subscription) ?? { outcome: undefined, messageId: undefined };
    if (outcome === undefined || outcome === 'refused') {
      await notices.release(bulletinId, subscription);
      if (outcome === 'refused') again = earlier(again, new Date(now().getTime() + BACK_OFF));
      continue;
    }
    const until = new Date(now().getTime() + GRACE);
    await notices.record({
      bulletin: bulletinId,
      subscription,
      state: outcome === 'rejected' ? 'failed' : outcome,
      entries: told.map(({ place }) => place),
      attempt: claims.attempts.get(subscription) ?? 1,
      until: until.toISOString(),
      messageId,
    });
    if (outcome === 'sent') tally.sent++;
    if (outcome === 'rejected') tally.failed++;
    if (outcome === 'unknown') again = earlier(again, until);
  }
  if (again) await chunks.putOff(chunk, again);
  else await chunks.finish(chunk, tally);
}

async function claimAll({ bulletin, entries, subscriptions }: Chunk, { notices, now }: DeliverChunkDeps) {
  const until = new Date(now().getTime() + LEASE);
  const claims = await Promise.all(
    subscriptions.map(async (subscription) => ({
      subscription,
      claim: await notices.claim({ bulletin, subscription, entries }, { now: now(), until }),
    })),
  );
  const attempts = new Map<string, number>();
  const tally = { sent: 0, failed: 0 };
  let waitUntil: Date | undefined;
  for (const { subscription, claim } of claims) {
    if (claim.outcome === 'claimed') attempts.set(subscription, claim.attempt);
    if (claim.outcome === 'settled' && claim.state !== 'failed') tally.sent++;
    if (claim.outcome === 'settled' && claim.state === 'failed') tally.failed++;
    if (claim.outcome === 'wait') waitUntil = earlier(waitUntil, claim.until);
  }
  return { mine: [...attempts.keys()], attempts, tally, waitUntil };
}

type Placed = BulletinEntry & { place: number };

/** Entries that nothing has overtaken, with the words' part of them. */
async function stillTrue(entries: Placed[], { events, now }: DeliverChunkDeps) {
  const found = await events.getAll(entries.map(({ eventId }) => eventId));
  return entries.flatMap((entry) => {
    const event = found.get(entry.eventId);
    const told = event && toldNow(entry, event, now());
    return told ? [{ ...told, place: entry.place }] : [];
  });
}

const earlier = (one: Date | undefined, other: Date) => (one && one < other ? one : other);
