import type { Event } from '../../../shared/events/event.ts';
import { type Occurrence, occurrences } from '../../../shared/events/recurrence.ts';
import { toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { lastDay, longDate, timesOf } from '../../../shared/words/when.ts';
import type { SiteWords } from '../english.ts';

export type Listed = {
  href: string;
  title: string;
  start: string;
  times: string;
  place?: string;
  kind: string;
  summary: string;
  status: Event['status'];
};
export type Day = { date: string; heading: string; events: Listed[] };

type Look = { force: Force; words: SiteWords; isPast?: boolean };

/** Each time the events take place between two instants, by start. */
export const timesBetween = (events: Event[], from: Date, to: Date): Occurrence[] =>
  events
    .flatMap((event) => occurrences(event, from, to))
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());

/** Occurrences by day, as residents read them. What began before today is under today; the past is newest first. */
export function days(all: Occurrence[], now: Date, { force, words, isPast = false }: Look): Day[] {
  const today = toLocalDate(now, force.timeZone);
  const isNowOn = ({ start }: Occurrence) => start.slice(0, 10) < today;
  const byDay = Map.groupBy(all, (one) => (isNowOn(one) ? today : one.start.slice(0, 10)));
  return [...byDay]
    .sort(([one], [other]) => (isPast ? other.localeCompare(one) : one.localeCompare(other)))
    .map(([date, each]) => ({
      date,
      heading:
        date === today && !isPast
          ? `${longDate(date, words)} (${words.district.today})`
          : longDate(date, words),
      events: each.map((one) => listed(one, words)),
    }));
}

function listed({ event, start, end }: Occurrence, words: SiteWords): Listed {
  const { allDay } = event;
  return {
    href: `/events/${event.id}`,
    title: event.title,
    start,
    times: spanWords({ start, end, allDay }, words),
    place: placeOf(event, words),
    kind: words.kinds[event.kind],
    summary: event.summary,
    status: event.status,
  };
}

/** In a word or two: the hall and its postcode, which is not broken in two, or that it is online. */
export function placeOf({ venue, onlineUrl, kind }: Event, words: SiteWords): string | undefined {
  if (venue) return [venue.name, venue.postcode?.replace(' ', '\u00a0')].filter(Boolean).join(', ');
  return onlineUrl || kind === 'online' ? words.online : undefined;
}

function spanWords(span: { start: string; end: string; allDay: boolean }, words: SiteWords): string {
  if (!span.allDay) return timesOf(span, words);
  const last = lastDay(span.end);
  return last > span.start ? `${words.allDay}, ${words.to} ${longDate(last, words)}` : words.allDay;
}
