import type { Moment } from '../bulletins/change.ts';
import type { Event } from '../events/event.ts';
import { repeats } from '../words/repeats.ts';
import { newEnd, newPlace, newTime } from './new-time.ts';
import { type NoticeEntry, said, singleTimes } from './notice-entry.ts';
import { sentence } from './sentence.ts';
import { timesWords } from './times-words.ts';

/** What happened to an event, in whole sentences; nothing for one that is simply new. */
export function whatChanged(entry: NoticeEntry): string | undefined {
  const { before } = entry;
  const what = said(entry);
  if (what === 'cancelled') return `This event has been cancelled.${reasonOf(entry)}`;
  if (what === 'postponed')
    return `This event has been postponed.${reasonOf(entry)} We will tell you the new date.`;
  if (what === 'published')
    return before?.status === 'cancelled' ? 'This event was cancelled. It is now going ahead.' : undefined;
  if (what === 'moved' && before) return `${movesOf(entry, before).join(' ')}${reasonOf(entry)}`;
  return undefined;
}

function movesOf(entry: NoticeEntry, before: Moment): string[] {
  const { event } = entry;
  const times = singleTimes(entry);
  if (times) return timesWords(times);
  const time = newTime(before, event);
  const sentences = [
    before.status === 'postponed' ? 'This event was postponed. It is now going ahead.' : '',
    time && `This event has moved ${time}.`,
    newEnd(before, event),
    newPlace(before, event),
    newDays(before, event),
  ].filter(Boolean);
  return sentences.length ? sentences : ['The details of this event have changed.'];
}

/** How often it happens from now on, where that is new. */
function newDays(before: Moment, event: Event): string {
  const words = (rule: Moment['recurrence'], start: string) =>
    rule && repeats(rule.rrule, { start, timeZone: event.timeZone });
  const now = words(event.recurrence, event.start);
  if (now === words(before.recurrence, before.start)) return '';
  return now ? `It now happens ${now}.` : 'It no longer happens again.';
}

/** Only the reason for this: one given for an earlier postponement, or inside the force, is not. */
const reasonOf = (entry: NoticeEntry) =>
  entry.what !== 'withdrawn' && entry.event.reason ? ` ${sentence(`Reason: ${entry.event.reason}`)}` : '';
