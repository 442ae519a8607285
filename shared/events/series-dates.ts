import { bankHolidayOn, type Proclaimed } from './bank-holidays.ts';
import type { Event } from './event.ts';
import { occurrences } from './recurrence.ts';
import { MOST_OCCURRENCES } from './recurrence-faults.ts';
import { toInstant } from './zone-time.ts';

/** How far ahead the dates of a series are listed, where it does not end before: as far as calendars look. */
const AHEAD = 549 * 86_400_000;

export type SeriesDate = {
  /** The local start that the rule gave it; nothing where the event does not repeat. */
  recurrenceId?: string;
  start: string;
  end: string;
  isCancelled: boolean;
  bankHoliday?: string;
};

/**
 * The dates an event makes, so that an officer sees what a rule means: at most 500 of 18 months, those that are
 * cancelled among them, and which are bank holidays.
 */
export function seriesDates(event: Event, proclaimed?: Proclaimed): SeriesDate[] {
  const from = toInstant(event.start, event.timeZone);
  return occurrences(event, from, new Date(from.getTime() + AHEAD))
    .slice(0, MOST_OCCURRENCES)
    .map(({ recurrenceId, start, end, event: then }) => ({
      recurrenceId,
      start,
      end,
      isCancelled: then.status === 'cancelled',
      bankHoliday: bankHolidayOn(start.slice(0, 10), proclaimed)?.name,
    }));
}
