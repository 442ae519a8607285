import type { BulletinStore } from '../../../shared/bulletins/bulletin-store.ts';

export type Notices = { email: number; sms: number };

/** Events asked about at once. */
const AT_ONCE = 8;

/** The notices sent to each of these districts about these events; a bulletin about several counts once. */
export async function countNoticesSent(
  eventIds: string[],
  districts: string[],
  bulletins: Pick<BulletinStore, 'causedBy'>,
): Promise<Map<string, Notices>> {
  const sent = new Map(districts.map((id) => [id, new Map<string, Notices>()]));
  const waiting = eventIds.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const eventId of waiting)
        for (const { id, district, email, sms } of await bulletins.causedBy(eventId))
          sent.get(district)?.set(id, { email, sms });
    }),
  );
  return new Map([...sent].map(([district, each]) => [district, totalOf([...each.values()])]));
}

export const totalOf = (all: Notices[]): Notices => ({
  email: all.reduce((total, { email }) => total + email, 0),
  sms: all.reduce((total, { sms }) => total + sms, 0),
});
