import type { Event } from '../../../shared/events/event.ts';
import { localTimeOrDate } from '../../../shared/events/event-input.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
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
