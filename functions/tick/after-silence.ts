import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { ChunkStore } from '../../shared/bulletins/chunk-store.ts';
import type { DeliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import { isNight, morningOf } from '../../shared/bulletins/night.ts';
import type { NoticeStore } from '../../shared/bulletins/notice-store.ts';
import { toLocalDate } from '../../shared/events/zone-time.ts';
import type { Force } from '../../shared/force/force.ts';
import { SILENCE } from '../../shared/subscriptions/subscription-items.ts';

export type SilenceDeps = {
  bulletins: Pick<BulletinStore, 'begin' | 'toldSince'>;
  chunks: Pick<ChunkStore, 'plan'>;
  notices: Pick<NoticeStore, 'lastHeard'>;
  deliver: DeliveryQueues;
  force: Pick<Force, 'timeZone'>;
  now: () => Date;
};

export const listening = z.object({
  id: z.string(),
  districts: z.array(z.string()),
  confirmedAt: z.string(),
});

const CHECK_AFTER = 5 * 60_000;

/**
 * Has somebody who heard nothing for 90 days told, once, that they are still subscribed.
 * @returns when to look at the subscription again; nothing when that is done
 */
export async function afterSilence(
  { id, districts, confirmedAt }: z.infer<typeof listening>,
  deps: SilenceDeps,
): Promise<Date | undefined> {
  const { bulletins, chunks, notices, deliver, force, now } = deps;
  if (isNight(now(), force.timeZone)) return morningOf(now(), force.timeZone);
  const from = new Date(now().getTime() - SILENCE);
  const told = await Promise.all(districts.map((district) => bulletins.toldSince(district, from)));
  const heardAt = (await notices.lastHeard(id, told.flat())) ?? new Date(confirmedAt);
  const over = new Date(heardAt.getTime() + SILENCE);
  if (over > now()) return over;

  const date = toLocalDate(now(), force.timeZone);
  const bulletin = {
    id: `still-subscribed-${date}`,
    district: '',
    at: now().toISOString(),
    occasion: 'still-subscribed' as const,
    entries: [],
  };
  await bulletins.begin(bulletin, { isPlanned: true });
  const chunk = createHash('sha256').update(id).digest('base64url').slice(0, 22);
  await chunks.plan(
    {
      id: chunk,
      bulletin: bulletin.id,
      district: '',
      channel: 'email',
      entries: [],
      subscriptions: [id],
      overtakes: false,
    },
    new Date(now().getTime() + CHECK_AFTER),
  );
  await deliver.email.send([{ body: { bulletin: bulletin.id, chunk }, overtakes: false }]);
  return undefined;
}
