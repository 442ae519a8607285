import { Temporal } from 'temporal-polyfill';
import type { Occasion } from '../../shared/bulletins/bulletin.ts';
import { addDays, toInstant, toLocalDate } from '../../shared/events/zone-time.ts';

/** An occasion of a day, and the instant it is for: what was published later is not part of it. */
export type OccasionDue = { occasion: Occasion; date: string; at: Date; timeZone: string };

const THURSDAY = 4;

/**
 * Districts give way to their successors on any day. Of the others the hour counts: occasions whose hour has come on the zone's clocks: reminders at 18:00, a digest on Thursdays at 17:00. A tick
 * that comes late still holds them: reminders until the night, when they are no use any more, digests until Friday's.
 */
export function occasionsDue(now: Date, timeZone: string): OccasionDue[] {
  const today = toLocalDate(now, timeZone);
  const thursday = addDays(today, -((Temporal.PlainDate.from(today).dayOfWeek + 7 - THURSDAY) % 7));
  const all = [
    { occasion: 'reminder' as const, date: today, from: `${today}T18:00`, until: `${today}T21:00` },
    {
      occasion: 'succession' as const,
      date: today,
      from: `${today}T00:00`,
      until: `${addDays(today, 1)}T00:00`,
    },
    {
      occasion: 'digest' as const,
      date: thursday,
      from: `${thursday}T17:00`,
      until: `${addDays(thursday, 1)}T21:00`,
    },
  ];
  return all.flatMap(({ occasion, date, from, until }) => {
    const at = toInstant(from, timeZone);
    return at <= now && now < toInstant(until, timeZone) ? [{ occasion, date, at, timeZone }] : [];
  });
}
