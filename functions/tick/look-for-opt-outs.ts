import type { DeliveryQueues } from '../../shared/bulletins/delivery-queues.ts';
import type { OccasionStore } from '../../shared/bulletins/occasion-store.ts';
import { addDays, toInstant, toLocalDate } from '../../shared/events/zone-time.ts';
import type { Force } from '../../shared/force/force.ts';

export type OptOutsDeps = {
  occasions: OccasionStore;
  deliver: Pick<DeliveryQueues, 'sms'>;
  force: Pick<Force, 'timeZone'>;
  now: () => Date;
};

/**
 * Once a day has all numbers looked through whose holders told the carrier to stop.
 * @returns when the next day begins
 */
export async function lookForOptOuts({ occasions, deliver, force, now }: OptOutsDeps): Promise<Date> {
  const today = toLocalDate(now(), force.timeZone);
  if (!(await occasions.isHeld('opt-outs', today))) {
    await deliver.sms.send([{ body: { optOutsAfter: '' }, overtakes: false }]);
    await occasions.markHeld('opt-outs', today);
  }
  return toInstant(`${addDays(today, 1)}T00:00`, force.timeZone);
}
