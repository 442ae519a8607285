import { addDays, toInstant, toLocal } from '../events/zone-time.ts';

const BEGINS = '21:00';
const ENDS = '08:00';

/** Whether nobody may be woken: 21:00 to 08:00 on the zone's clocks. */
export function isNight(instant: Date, timeZone: string): boolean {
  const time = toLocal(instant, timeZone).slice(11);
  return time >= BEGINS || time < ENDS;
}

/** When the night that this instant is in ends; the instant itself by day. */
export function morningOf(instant: Date, timeZone: string): Date {
  if (!isNight(instant, timeZone)) return instant;
  const local = toLocal(instant, timeZone);
  const date = local.slice(0, 10);
  return toInstant(`${local.slice(11) >= BEGINS ? addDays(date, 1) : date}T${ENDS}`, timeZone);
}
