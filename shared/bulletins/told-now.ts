import type { Event } from '../events/event.ts';
import { isPublic } from '../events/event.ts';
import { endsForGood, type Occurrence, occurrences } from '../events/recurrence.ts';
import { toLocalDate } from '../events/zone-time.ts';
import type { NoticeEntry } from '../notices/notice-entry.ts';
import type { BulletinEntry } from './bulletin.ts';
import { momentOf, whatHappened } from './change.ts';

/**
 * What a notice says of an entry at this moment; nothing where something has overtaken it: a cancelled event is
 * never advertised, an old one neither, and a reminder is worth nothing on the day itself.
 */
export function toldNow(
  entry: Pick<BulletinEntry, 'what' | 'before' | 'startsAt'>,
  event: Event,
  now: Date,
): NoticeEntry | undefined {
  const { what, before } = entry;
  if (what === 'reminder' || what === 'upcoming') {
    const then = occurrenceAt(event, entry.startsAt);
    if (!then || then.startsAt <= now) return undefined;
    if (what === 'reminder' && toLocalDate(now, event.timeZone) >= then.start.slice(0, 10)) return undefined;
    return { what, event: then.event };
  }
  if (what === 'survey') {
    const then = timeAt(event, entry.startsAt, isAskedAbout);
    const ends = endsForGood(event);
    return then && ends && ends <= now ? { what, event: then.event } : undefined;
  }
  if (whatHappened(before, momentOf(event)) !== what) return undefined;
  const isOff = what === 'cancelled' || what === 'withdrawn';
  const ends = isOff ? undefined : endsForGood(event);
  return ends && ends <= now ? undefined : { what, before, event };
}

/** The event an entry means: of a reminder its one time, if that still takes place. */
export const eventMeant = ({ what, startsAt }: Pick<BulletinEntry, 'what' | 'startsAt'>, event: Event) =>
  what === 'reminder' || what === 'upcoming' ? occurrenceAt(event, startsAt)?.event : event;

/** The time of a published event that starts at this instant, unless that time is called off. */
const occurrenceAt = (event: Event, startsAt: string) => timeAt(event, startsAt, isOn);

function timeAt(event: Event, startsAt: string, isSo: (event: Event) => boolean): Occurrence | undefined {
  if (!isSo(event)) return undefined;
  const start = new Date(startsAt);
  return occurrences(event, start, new Date(start.getTime() + 1)).find(
    (each) => each.startsAt.getTime() === start.getTime() && isSo(each.event),
  );
}

/** Whether residents may be invited to it. */
export const isOn = (event: Event) => isPublic(event) && event.status === 'published';

/** Whether those who follow it are asked afterwards how it was. */
export const isAskedAbout = (event: Event) =>
  event.surveyUrl !== undefined && isPublic(event) && ['published', 'completed'].includes(event.status);
