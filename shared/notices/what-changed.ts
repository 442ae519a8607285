import { isDeepStrictEqual } from 'node:util';
import type { Moment } from '../bulletins/change.ts';
import type { Event } from '../events/event.ts';
import { clock24, lastDay, longDate, when } from '../words/when.ts';
import { isOff, type NoticeEntry, said } from './notice-entry.ts';

/** What happened to an event, in whole sentences; nothing for one that is simply new. */
export function whatChanged(entry: NoticeEntry): string | undefined {
  const { event, before } = entry;
  const what = said(entry);
  if (what === 'cancelled') return `This event has been cancelled.${reasonOf(entry)}`;
  if (what === 'postponed')
    return `This event has been postponed.${reasonOf(entry)} We will tell you the new date.`;
  if (what === 'published')
    return before?.status === 'cancelled' ? 'This event was cancelled. It is now going ahead.' : undefined;
  if (what === 'moved' && before) return movesOf(before, event).join(' ');
  return undefined;
}

function movesOf(before: Moment, event: Event): string[] {
  const time = newTime(before, event);
  const sentences = [
    before.status === 'postponed' ? 'This event was postponed. It is now going ahead.' : '',
    time && `This event has moved ${time}.`,
    newEnd(before, event),
    newPlace(before, event),
    isDeepStrictEqual(before.recurrence, event.recurrence)
      ? ''
      : 'The days on which it happens again have changed.',
  ].filter(Boolean);
  return sentences.length ? sentences : ['The details of this event have changed.'];
}

/** `from 18:00 to 19:00 on Tuesday 26 January 2027`; nothing where it starts as before. */
export function newTime(before: Moment, event: Moment, date = longDate): string {
  if (before.allDay !== event.allDay) return `from ${when(before)} to ${when(event)}`;
  const [oldDay, newDay] = [date(before.start), date(event.start)];
  const [oldTime, newTime] = [clock24(before.start), clock24(event.start)];
  if (oldDay === newDay) return oldTime === newTime ? '' : `from ${oldTime} to ${newTime} on ${newDay}`;
  if (event.allDay) return `from ${oldDay} to ${newDay}`;
  if (oldTime === newTime) return `from ${oldDay} to ${newDay}, still at ${newTime}`;
  return `from ${oldDay}, ${oldTime} to ${newDay}, ${newTime}`;
}

function newEnd(before: Moment, event: Event) {
  if (before.start !== event.start || before.allDay !== event.allDay || before.end === event.end) return '';
  if (event.allDay) return `It now ends on ${longDate(lastDay(event.end))}.`;
  if (before.end.slice(0, 10) !== event.end.slice(0, 10))
    return `It now ends on ${longDate(event.end)} at ${clock24(event.end)}.`;
  return `The end has moved from ${clock24(before.end)} to ${clock24(event.end)}.`;
}

export function newPlace({ venue: before }: Moment, { venue: now }: Moment): string {
  if (isDeepStrictEqual(placeOf(before), placeOf(now))) return '';
  if (!now) return `It is no longer at ${before?.name}.`;
  if (!before) return `It is now at ${now.name}.`;
  return before.name === now.name
    ? 'The address has changed.'
    : `The place has moved from ${before.name} to ${now.name}.`;
}

const placeOf = (venue: Moment['venue']) => venue && [venue.name, venue.address, venue.postcode];

/** Only the reason for this: one given for an earlier postponement, or inside the force, is not. */
const reasonOf = (entry: NoticeEntry) =>
  entry.what !== 'withdrawn' && isOff(entry) && entry.event.reason
    ? ` ${sentence(`Reason: ${entry.event.reason}`)}`
    : '';

const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
