import { Temporal } from 'temporal-polyfill';
import type { Occasion } from '../../shared/bulletins/bulletin.ts';
import { addDays, toInstant, toLocalDate } from '../../shared/events/zone-time.ts';

/** An occasion of a day, and the instant it is for: what was published later is not part of it. */
export type OccasionDue = { occasion: Occasion; date: string; at: Date; timeZone: string };

const THURSDAY = 4;

/** When on the zone's clocks. Districts give way to their successors as a day begins. */
const hours = { succession: '00:00', survey: '10:00', digest: '17:00', reminder: '18:00' };

/**
 * Occasions whose hour has come: a digest on Thursdays, the others on every day. A tick that comes late still holds
 * them: reminders and surveys until the night, digests until Friday's.
 */
export function occasionsDue(now: Date, timeZone: string): OccasionDue[] {
  const today = toLocalDate(now, timeZone);
  const thursday = addDays(today, -((Temporal.PlainDate.from(today).dayOfWeek + 7 - THURSDAY) % 7));
  const all = [
    { occasion: 'reminder' as const, date: today, until: `${today}T21:00` },
    { occasion: 'succession' as const, date: today, until: `${addDays(today, 1)}T00:00` },
    { occasion: 'survey' as const, date: today, until: `${today}T21:00` },
    { occasion: 'digest' as const, date: thursday, until: `${addDays(thursday, 1)}T21:00` },
  ];
  return all.flatMap(({ occasion, date, until }) => {
    const at = toInstant(`${date}T${hours[occasion]}`, timeZone);
    return at <= now && now < toInstant(until, timeZone) ? [{ occasion, date, at, timeZone }] : [];
  });
}

/** When there may be an occasion next. */
export function nextOccasion(now: Date, timeZone: string): Date {
  const today = toLocalDate(now, timeZone);
  const isThursday = Temporal.PlainDate.from(today).dayOfWeek === THURSDAY;
  const later = Object.entries(hours)
    .filter(([occasion]) => occasion !== 'digest' || isThursday)
    .map(([, hour]) => toInstant(`${today}T${hour}`, timeZone).getTime())
    .filter((at) => at > now.getTime());
  return new Date(Math.min(...later, toInstant(`${addDays(today, 1)}T00:00`, timeZone).getTime()));
}
