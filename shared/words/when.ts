import type { Event } from '../events/event.ts';
import { addDays, type LocalTime } from '../events/zone-time.ts';
import { dateWords } from './date-words.ts';
import { english, type Words } from './english.ts';
import { repeats } from './repeats.ts';

type Span = Pick<Event, 'start' | 'end' | 'allDay'> & { timeZone?: string; recurrence?: { rrule: string } };

/**
 * When an event is, as GOV.UK writes it: `Tuesday 26 January 2027, 6pm to 7:30pm`.
 * @see https://www.gov.uk/guidance/style-guide/a-to-z#times
 */
export function when(event: Span, words: Words = english): string {
  const rule = event.recurrence && repeats(event.recurrence.rrule, event, words);
  const again = rule ? `, ${words.repeats.later(rule)}` : '';
  return (event.allDay ? wholeDays(event, words) : hours(event, words)) + again;
}

/** The same for a text: `Tue 26 Jan 6pm`. */
export const whenBriefly = ({ start, allDay }: Pick<Span, 'start' | 'allDay'>, words: Words = english) =>
  allDay ? briefDate(start, words) : `${briefDate(start, words)} ${clock(start, words)}`;

/** `6pm to 7:30pm`; where it ends on another day, that day too. */
export function timesOf({ start, end, allDay }: Span, words: Words = english): string {
  if (allDay) return words.allDay;
  const until = end.slice(0, 10) === start.slice(0, 10) ? '' : `${longDate(end, words)}, `;
  return `${clock(start, words)} ${words.to} ${until}${clock(end, words)}`;
}

/** `Tuesday 26 January 2027` */
export const longDate = (local: LocalTime, words: Words = english) => dateWords(local, words.locale, 'long');

/** `Tue 26 Jan` */
export const briefDate = (local: LocalTime, words: Words = english) =>
  dateWords(local, words.locale, 'brief');

/** `6pm`, `7:30pm`, `midday` */
export function clock(local: LocalTime, words: Words = english): string {
  const time = clock24(local);
  if (time === '12:00') return words.midday;
  if (time === '00:00') return words.midnight;
  const [hour, minutes] = [Number(time.slice(0, 2)), time.slice(2)];
  return `${hour % 12 || 12}${minutes === ':00' ? '' : minutes}${hour < 12 ? 'am' : 'pm'}`;
}

/** `18:00`, as changes are told. */
export const clock24 = (local: LocalTime) => local.slice(11, 16);

/** The last day of an all-day event, whose end is exclusive. */
export const lastDay = (end: LocalTime) => addDays(end.slice(0, 10), -1);

const hours = (event: Span, words: Words) => `${longDate(event.start, words)}, ${timesOf(event, words)}`;

function wholeDays({ start, end }: Span, words: Words) {
  const last = lastDay(end);
  const days =
    last > start ? `${longDate(start, words)} ${words.to} ${longDate(last, words)}` : longDate(start, words);
  return `${days}, ${words.allDay}`;
}
