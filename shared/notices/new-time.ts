import { isDeepStrictEqual } from 'node:util';
import { type OneTime, placeOf } from '../events/changed-times.ts';
import { clock24, lastDay, longDate, when } from '../words/when.ts';

/** `from 18:00 to 19:00 on Tuesday 26 January 2027`; nothing where it starts as before. */
export function newTime(before: OneTime, event: OneTime, date = longDate): string {
  if (before.allDay !== event.allDay) return `from ${when(before)} to ${when(event)}`;
  const [oldDay, newDay] = [date(before.start), date(event.start)];
  const [oldTime, newTime] = [clock24(before.start), clock24(event.start)];
  if (oldDay === newDay) return oldTime === newTime ? '' : `from ${oldTime} to ${newTime} on ${newDay}`;
  if (event.allDay) return `from ${oldDay} to ${newDay}`;
  if (oldTime === newTime) return `from ${oldDay} to ${newDay}, still at ${newTime}`;
  return `from ${oldDay}, ${oldTime} to ${newDay}, ${newTime}`;
}

export function newEnd(before: OneTime, event: OneTime) {
  if (before.start !== event.start || before.allDay !== event.allDay || before.end === event.end) return '';
  if (event.allDay) return `It now ends on ${longDate(lastDay(event.end))}.`;
  if (before.end.slice(0, 10) !== event.end.slice(0, 10))
    return `It now ends on ${longDate(event.end)} at ${clock24(event.end)}.`;
  return `The end has moved from ${clock24(before.end)} to ${clock24(event.end)}.`;
}

export function newPlace(
  { venue: before }: Pick<OneTime, 'venue'>,
  { venue: now }: Pick<OneTime, 'venue'>,
): string {
  if (isDeepStrictEqual(placeOf(before), placeOf(now))) return '';
  if (!now) return `It is no longer at ${before?.name}.`;
  if (!before) return `It is now at ${now.name}.`;
  return before.name === now.name
    ? 'The address has changed.'
    : `The place has moved from ${before.name} to ${now.name}.`;
}
