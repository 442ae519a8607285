import type { Event } from '../../../shared/events/event.ts';
import { type EventInput, writtenOf } from '../../../shared/events/event-input.ts';
import { endOf } from '../../../shared/events/recurrence.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import { saysTheSame } from './says-the-same.ts';

/** What can differ on one date of a series. */
const members = ['title', 'summary', 'description', 'start', 'end', 'venue'] as const;

export type Different = Partial<Pick<EventInput, (typeof members)[number]>>;

/** That date of a series as the rule makes it: an event that does not repeat. */
export const asTheRuleSays = (series: Event, date: string): EventInput => ({
  ...writtenOf(series),
  start: date,
  end: endOf(series, date),
  recurrence: undefined,
});

/**
 * In what the date, as it was written, differs from what the rule makes.
 * @throws Invalid where it is to be nowhere: a date is where its series is, or somewhere else
 */
export function differenceOf(series: Event, date: string, written: EventInput): Different {
  const plain = asTheRuleSays(series, date);
  if (plain.venue && !written.venue)
    throw new Invalid([{ pointer: '/venueName', message: 'Enter the name of the place' }]);
  const moved = !saysTheSame(plain.start, written.start);
  return Object.fromEntries(
    members
      // An end goes with its start.
      .filter((member) => (member === 'end' && moved) || !saysTheSame(plain[member], written[member]))
      .map((member) => [member, written[member]]),
  );
}
