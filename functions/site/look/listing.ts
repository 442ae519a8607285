import type { Event } from '../../../shared/events/event.ts';
import { type Occurrence, occurrences, once, touches } from '../../../shared/events/recurrence.ts';
import { toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { lastDay, longDate, timesOf } from '../../../shared/words/when.ts';
import type { SiteWords } from '../english.ts';
import dayTemplate from './day.njk';
import { kept } from './kept.ts';
import { frameOf, type Part, partOf } from './parts.ts';
import rowTemplate from './row.njk';
import { itemData } from './structured-data.ts';

/** One time that something takes place, with what was made of it for lists. */
export type Time = Occurrence & { date: string; row?: Part; item?: Part };
export type Listing = ReturnType<typeof listing>;

type ListingDeps = { force: Force; origin: string; picture: string; words: SiteWords };
type Look = { level?: 2 | 3; isPast?: boolean };

/** Some pages of them. */
const MOST_TIMES = 2_000;
const MOST_DAYS = 500;

/** Lists of events. What was made of a version of one is kept: an officer's edit changes one row. */
export function listing({ force, origin, picture, words }: ListingDeps) {
  const keepTime = kept<Time>(MOST_TIMES);
  const keepDay = kept<{ opening: Part; closing: Part }>(MOST_DAYS);

  /** Each time the events take place between two instants, by start. */
  function timesBetween(events: Event[], from: Date, to: Date): Time[] {
    const all: Time[] = [];
    for (const event of events) {
      if (event.recurrence) {
        for (const one of occurrences(event, from, to))
          all.push(keepTime(`${event.id} ${one.recurrenceId}`, () => timeOf(one), event.version));
      } else {
        const one = keepTime(event.id, () => timeOf(once(event)), event.version);
        if (touches(one, from, to)) all.push(one);
      }
    }
    return all.sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  }

  /** Times by day, as residents read them. What began before today is under today; the past is newest first. */
  function byDay(times: Time[], now: Date, { level = 2, isPast = false }: Look = {}) {
    const today = toLocalDate(now, force.timeZone);
    const days = [...Map.groupBy(times, ({ start, date }) => (start < today ? today : date))].sort(
      ([one], [other]) => (one < other === isPast ? 1 : -1),
    );
    const parts: Part[] = [];
    for (const [date, each] of days) {
      const isToday = date === today && !isPast;
      const { opening, closing } = keepDay(`${date} ${level} ${isToday}`, () => {
        const heading = longDate(date, words) + (isToday ? ` (${words.district.today})` : '');
        const [before = '', _rows, after = ''] = frameOf(dayTemplate({ date, heading, level })).pieces;
        return { opening: partOf(before), closing: partOf(after) };
      });
      parts.push(opening);
      for (const one of each) parts.push(rowOf(one));
      parts.push(closing);
    }
    return { parts, days: days.map(([date, { length }]) => ({ date, count: length })) };
  }

  function rowOf(time: Time): Part {
    time.row ??= partOf(rowTemplate({ ...listed(time, words), words }));
    return time.row;
  }

  /** The same for machines, as elements of https://schema.org/ItemList. */
  const items = (times: Time[]): Part[] =>
    times.flatMap((time, at) => {
      time.item ??= partOf(itemData(time, { force, origin, picture }));
      return [elementAt(at), time.item, end];
    });

  return { timesBetween, byDay, items };
}

const timeOf = (one: Occurrence): Time => ({ ...one, date: one.start.slice(0, 10) });

const elementAt = (at: number): Part => ({
  text: `${at ? ',' : ''}{"@type":"ListItem","position":${at + 1},"item":`,
  digest: '',
});
const end: Part = { text: '}', digest: '' };

const listed = ({ event, start, end }: Occurrence, words: SiteWords) => ({
  href: `/events/${event.id}`,
  title: event.title,
  times: spanWords({ start, end, allDay: event.allDay }, words),
  place: placeOf(event, words),
  kind: words.kinds[event.kind],
  status: event.status,
});

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
