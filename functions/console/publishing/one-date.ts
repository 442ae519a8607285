import { cancelled, revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { localTimeOrDate, writtenOf } from '../../../shared/events/event-input.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import { splitSeries } from '../../../shared/events/split-series.ts';
import { toInstant } from '../../../shared/events/zone-time.ts';
import { Conflict, NotFound } from '../../../shared/runtime/errors.ts';

const DAY = 86_400_000;

/**
 * One date of a series: the event as it is then, and what is said of that date alone.
 * @param recurrenceId the local start that the rule gives it
 * @throws NotFound where the series has no such date, Conflict where it is off already
 */
export function dateOf(event: Event, recurrenceId: string) {
  if (!localTimeOrDate.safeParse(recurrenceId).success) throw new NotFound('The series has no such date');
  const isMoved = event.recurrence?.overrides.find((one) => one.recurrenceId === recurrenceId);
  const start = isMoved?.start ?? recurrenceId;
  const at = toInstant(start, event.timeZone);
  const found = occurrences(event, new Date(at.getTime() - DAY), new Date(at.getTime() + DAY)).find(
    (each) => each.recurrenceId === recurrenceId,
  );
  if (!event.recurrence || !found) throw new NotFound('The series has no such date');
  if (found.event.status === 'cancelled') throw new Conflict('That date is cancelled already');
  return { event: found.event, override: { ...isMoved, recurrenceId } };
}

/** The series as it is known, and as it would be without that date. */
export function oneOff(event: Event, date: string, reason: string, now: Date): [Event, Event] {
  const { override } = dateOf(event, date);
  const { recurrence } = event;
  const others = recurrence?.overrides.filter((one) => one.recurrenceId !== date) ?? [];
  const off = { ...override, status: 'cancelled' as const, reason };
  const next = revised(
    event,
    {
      ...writtenOf(event),
      ...(recurrence && { recurrence: { ...recurrence, overrides: [...others, off] } }),
    },
    now,
  );
  return [event, next];
}

/** What follows from that date on, as it is known and as it would be: off. */
export function followingOff(event: Event, date: string, reason: string, now: Date): [Event, Event] {
  const [, later] = splitSeries(writtenOf(event), date);
  const known: Event = { ...event, ...later };
  return [known, cancelled(known, reason, now)];
}
