import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { Chunk, ChunkStore, Tally } from '../../shared/bulletins/chunk-store.ts';
import type { HealthStore } from '../../shared/bulletins/health-store.ts';
import { isNight, morningOf } from '../../shared/bulletins/night.ts';
import type { Channel } from '../../shared/subscriptions/subscription.ts';
import { type DeliverSliceDeps, deliverSlice, isPressing } from './deliver-slice.ts';
import type { SendRate } from './send-rate.ts';
import type { SendNotices } from './sent.ts';
import { earliest } from './summary.ts';
import { takeTurn } from './take-turn.ts';

export type DeliverChunkDeps = DeliverSliceDeps & {
  bulletins: Pick<BulletinStore, 'get'>;
  chunks: Pick<ChunkStore, 'get' | 'putOff' | 'finish'>;
  health: Pick<HealthStore, 'standing'>;
  rates: Record<Channel, Pick<SendRate, 'book' | 'perSecond'>>;
  send: Record<Channel, SendNotices>;
  timeZone: string;
};

/** A killed worker may repeat what it sent and did not record: 50 e-mails, as many as one call takes, or one text. */
const SENT_AT_ONCE = { email: 50, sms: 1 };
/** Well inside the function's time; what is left is put off. */
const LONGEST = 35_000;
const LOOK_AT_PAUSED = 15 * 60_000;
/** A provider that has not taken something in three days will not. */
const GIVEN_UP_AFTER = 3 * 86_400_000;

/** Tells the subscribers of a chunk what is still true, each at most once; what is left is put off, not lost. */
export async function deliverChunk(
  bulletinId: string,
  chunkId: string,
  deps: DeliverChunkDeps,
): Promise<void> {
  const { bulletins, chunks, now, timeZone } = deps;
  const [chunk, kept, standing] = await Promise.all([
    chunks.get(bulletinId, chunkId),
    bulletins.get(bulletinId),
    deps.health.standing(bulletinId),
  ]);
  if (!chunk || !kept) return;
  const entries = chunk.entries.flatMap((place) => {
    const entry = kept.bulletin.entries[place];
    return entry ? [{ ...entry, place }] : [];
  });
  if (standing === 'paused') return chunks.putOff(chunk, new Date(now().getTime() + LOOK_AT_PAUSED));
  if (isNight(now(), timeZone) && !isPressing(entries))
    return chunks.putOff(chunk, morningOf(now(), timeZone));

  const isTooLate = Date.parse(kept.bulletin.at) + GIVEN_UP_AFTER < now().getTime();
  const reason = standing === 'dropped' ? 'dropped' : isTooLate ? 'too-late' : undefined;
  const send = reason ? failing(reason) : deps.send[chunk.channel];
  await deliverAll({ ...chunk, entries, occasion: kept.bulletin.occasion }, chunk, send, deps);
}

async function deliverAll(
  slice: Parameters<typeof deliverSlice>[0],
  chunk: Chunk,
  send: SendNotices,
  deps: DeliverChunkDeps,
): Promise<void> {
  const { chunks, now } = deps;
  const rate = deps.rates[chunk.channel];
  const startedAt = now().getTime();
  const tally: Tally = { sent: 0, failed: 0 };
  const laters: (Date | undefined)[] = [];
  for (const booked of slices(chunk.subscriptions, Math.min(MOST_BOOKED, rate.perSecond))) {
    const later = now().getTime() - startedAt > LONGEST ? now() : await takeTurn(booked.length, rate, deps);
    if (later) {
      laters.push(later);
      break;
    }
    for (const subscriptions of slices(booked, SENT_AT_ONCE[chunk.channel])) {
      const done = await deliverSlice({ ...slice, subscriptions }, send, deps);
      tally.sent += done.tally.sent;
      tally.failed += done.tally.failed;
      if (done.tally.byEmail) tally.byEmail = (tally.byEmail ?? 0) + done.tally.byEmail;
      laters.push(done.again);
    }
  }
  const again = earliest(laters);
  if (again) await chunks.putOff(chunk, again);
  else await chunks.finish(chunk, tally);
}

/** Turns are booked for a second's worth of sends at most, so that no second has more. */
const MOST_BOOKED = 50;

const failing =
  (reason: string): SendNotices =>
  async (subscriptions) =>
    subscriptions.map(() => ({ outcome: 'rejected', reason }));

function slices<Each>(list: Each[], most: number): Each[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, place) =>
    list.slice(place * most, (place + 1) * most),
  );
}
