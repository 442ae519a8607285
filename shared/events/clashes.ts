import { english, type Words } from '../words/english.ts';
import { longDate, timesOf } from '../words/when.ts';
import { bankHolidayOn, type Proclaimed } from './bank-holidays.ts';
import type { Event } from './event.ts';
import { type Occurrence, occurrences } from './recurrence.ts';
import { addDays, type LocalTime } from './zone-time.ts';

/** Something an officer should know before an event is published: none of them forbids it. */
export type Clash = {
  kind: 'team' | 'venue' | 'nearby' | 'bank-holiday';
  /** The other event, and what it is called. */
  eventId?: string;
  title?: string;
  /** The first time of this event that it concerns. */
  at: LocalTime;
  /** How many times of this event it concerns. */
  times: number;
  text: string;
};

export type Surroundings = {
  /** From then on; what is over clashes with nothing. */
  from: Date;
  to: Date;
  teamName: (team: string) => string;
  districtName: (district: string) => string;
  bankHolidays?: Proclaimed;
};

/** In metres: closer than this is one place, and one crowd. */
const SAME_PLACE = 30;
const NEARBY = 2_000;

const kinds = ['team', 'venue', 'nearby'] as const;
type Kind = (typeof kinds)[number];

/** What an event would clash with among others; repetitions of both are counted. */
export function clashesOf(event: Event, others: Event[], around: Surroundings): Clash[] {
  const own = timesOn(event, around);
  return [
    ...others.flatMap((other) => clashesWith(other, event, own, around)),
    ...holidays(event, own, around),
  ].sort((one, another) => (one.at < another.at ? -1 : one.at > another.at ? 1 : 0));
}

const timesOn = (event: Event, { from, to }: Surroundings) =>
  occurrences(event, from, to).filter(({ event: { status } }) => status !== 'cancelled');

/** Whether any time of one could clash with any of the other: a time of a series may be somewhere else. */
export function mayMeet(event: Event, other: Event): boolean {
  const everywhere = (one: Event) => [
    one,
    ...(one.recurrence?.overrides ?? []).map(({ venue }) => ({ ...one, venue: venue ?? one.venue })),
  ];
  return everywhere(event).some((mine) => everywhere(other).some((then) => relationsOf(mine, then).length));
}

/** How another event could get in the way, if it were at the same time. */
function relationsOf(event: Event, other: Event): Kind[] {
  if (other.id === event.id || other.status === 'cancelled') return [];
  const is = {
    team: other.team === event.team,
    venue: isSamePlace(event.venue, other.venue),
    nearby:
      !isSamePlace(event.venue, other.venue) &&
      (metresBetween(event.venue, other.venue) ?? Number.POSITIVE_INFINITY) <= NEARBY &&
      !other.districts.some((district) => event.districts.includes(district)),
  };
  return kinds.filter((kind) => is[kind]);
}

type Met = { mine: Occurrence; theirs: Occurrence; times: number };

function clashesWith(other: Event, event: Event, own: Occurrence[], around: Surroundings): Clash[] {
  if (!mayMeet(event, other)) return [];
  const all = timesOn(other, around);
  const found = new Map<Kind, Met>();
  for (const mine of own) {
    const met = all.filter(({ startsAt, endsAt }) => startsAt < mine.endsAt && endsAt > mine.startsAt);
    for (const kind of kinds) {
      const theirs = met.find((then) => relationsOf(mine.event, then.event).includes(kind));
      const before = found.get(kind);
      if (theirs)
        found.set(kind, before ? { ...before, times: before.times + 1 } : { mine, theirs, times: 1 });
    }
  }
  return [...found].map(([kind, met]) => ({
    kind,
    eventId: other.id,
    title: met.theirs.event.title,
    at: met.mine.start,
    times: met.times,
    text: textOf(kind, met, around),
  }));
}

function textOf(
  kind: Kind,
  { mine, theirs: { event, start }, times }: Met,
  { teamName, districtName }: Surroundings,
  words: Words = english,
): string {
  const then = `on ${longDate(start, words)}, ${timesOf(event, words)}${others(times)}`;
  if (kind === 'team') return `${teamName(event.team)} is also at “${event.title}” ${then}.`;
  if (kind === 'venue') return `“${event.title}” is at the same place ${then}.`;
  const miles = (metresBetween(mine.event.venue, event.venue) ?? 0) / 1609.344;
  const place = event.districts.map(districtName).join(', ');
  return `“${event.title}” in ${place} is ${miles.toFixed(1)} miles away ${then}.`;
}

const others = (times: number) =>
  times > 1 ? `, and ${times - 1} more ${times > 2 ? 'times' : 'time'} after that` : '';

function holidays({ allDay }: Event, own: Occurrence[], { bankHolidays }: Surroundings): Clash[] {
  return own.flatMap(({ start, end }) =>
    datesOf(start, end, allDay).flatMap((date) => {
      const holiday = bankHolidayOn(date, bankHolidays);
      if (!holiday) return [];
      const text = `${longDate(date)} is a bank holiday: ${holiday.name}.`;
      return [{ kind: 'bank-holiday' as const, title: holiday.name, at: start, times: 1, text }];
    }),
  );
}

/** Every date that it touches; an end at midnight, and the end of whole days, are exclusive. */
function datesOf(start: LocalTime, end: LocalTime, allDay: boolean): string[] {
  const dates = [start.slice(0, 10)];
  const isExclusive = allDay || end.slice(11) === '00:00';
  const last = isExclusive ? addDays(end.slice(0, 10), -1) : end.slice(0, 10);
  for (let date = addDays(dates[0] as string, 1); date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}

type Venue = Event['venue'];

function isSamePlace(one: Venue, other: Venue): boolean {
  if (!one || !other) return false;
  const metres = metresBetween(one, other);
  if (metres !== undefined && metres <= SAME_PLACE) return true;
  const plain = (words: string) => words.toLowerCase().replace(/[^a-z0-9]/g, '');
  const isSame = (member: 'name' | 'postcode') =>
    plain(one[member]) !== '' && plain(one[member]) === plain(other[member]);
  return isSame('name') && (isSame('postcode') || !one.postcode || !other.postcode);
}

/** Over the sphere; nothing where one has no coordinates. */
function metresBetween(one: Venue, other: Venue): number | undefined {
  if (one?.latitude === undefined || one.longitude === undefined) return undefined;
  if (other?.latitude === undefined || other.longitude === undefined) return undefined;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = radians(other.latitude - one.latitude);
  const east = radians(other.longitude - one.longitude);
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.sqrt(chord));
}
