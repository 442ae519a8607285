import { isDeepStrictEqual } from 'node:util';
import type { Event } from './event.ts';
import { endOf, exceptionsOf } from './recurrence.ts';

type Series = Pick<Event, 'start' | 'end' | 'allDay' | 'recurrence' | 'venue'>;

/** When and where one time of a series is. */
export type OneTime = Pick<Event, 'start' | 'end' | 'allDay' | 'venue'>;

/** A time of a series that is off, on again, or elsewhere; `was` and `now` are missing where it did or does not take place. */
export type ChangedTime = { was?: OneTime; now?: OneTime; reason?: string };

/**
 * The single times that differ between a series and the next version of it, by date; nothing where the series itself
 * differs in when or where, or does not repeat.
 */
export function changedTimes(before: Series, now: Series): ChangedTime[] | undefined {
  if (!before.recurrence || !now.recurrence) return undefined;
  if (!isDeepStrictEqual(ofTheWhole(before), ofTheWhole(now))) return undefined;
  const [was, then] = [departures(before), departures(now)];
  return [...new Set([...was.keys(), ...then.keys()])]
    .sort()
    .map((recurrenceId) => ({
      was: was.has(recurrenceId) ? was.get(recurrenceId) : regular(before, recurrenceId),
      now: then.has(recurrenceId) ? then.get(recurrenceId) : regular(now, recurrenceId),
      reason: now.recurrence?.overrides.find((one) => one.recurrenceId === recurrenceId)?.reason,
    }))
    .filter((time) => !isSameTime(time.was, time.now));
}

/** What decides when and where an event is: RFC 5546 §2.1.4, and the venue. A time that is only renamed is where it was. */
export const whenAndWhere = (event: Series) => [
  ...ofTheWhole(event),
  ...[...departures(event)].map(([recurrenceId, time]) => [recurrenceId, time && coreOf(time)]).sort(),
];

const ofTheWhole = (event: Series) => [...coreOf(event), event.recurrence?.rrule ?? null];

const coreOf = ({ start, end, allDay, venue }: OneTime) => [start, end, allDay, placeOf(venue)];

export const placeOf = (venue: Event['venue']) =>
  venue ? [venue.name, venue.address, venue.postcode] : null;

const isSameTime = (one?: OneTime, other?: OneTime) =>
  isDeepStrictEqual(one && coreOf(one), other && coreOf(other));

/** The times that are not as the rule has them, by the start it gives them; undefined where they do not take place. */
function departures(event: Series): Map<string, OneTime | undefined> {
  const found = new Map<string, OneTime | undefined>();
  for (const { recurrenceId, start = recurrenceId, end, venue, status } of event.recurrence?.overrides ??
    []) {
    const time = {
      start,
      end: end ?? endOf(event, start),
      allDay: event.allDay,
      venue: venue ?? event.venue,
    };
    if (status === 'cancelled') found.set(recurrenceId, undefined);
    else if (!isSameTime(time, regular(event, recurrenceId))) found.set(recurrenceId, time);
  }
  for (const recurrenceId of exceptionsOf(event)) found.set(recurrenceId, undefined);
  return found;
}

const regular = (event: Series, start: string): OneTime => ({
  start,
  end: endOf(event, start),
  allDay: event.allDay,
  venue: event.venue,
});
