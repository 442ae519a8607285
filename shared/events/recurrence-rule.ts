import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { Event } from './event.ts';
import { plainDates } from './plain-rule.ts';
import { rhythmOf } from './rhythm.ts';
import { type LocalTime, toInstant, toLocal } from './zone-time.ts';

/** What a rule repeats: the members of an event that decide when. */
export type Repeating = Pick<Event, 'start' | 'end' | 'timeZone' | 'allDay' | 'recurrence'>;

/** The parts of an RRULE, in its order: `FREQ=WEEKLY;COUNT=4` is `[['FREQ', 'WEEKLY'], ['COUNT', '4']]`. */
export const ruleParts = (rrule: string): [string, string][] =>
  rrule.split(';').map((part) => {
    const [name = '', value = ''] = part.split('=');
    return [name, value];
  });

/**
 * The rule with `UNTIL` as RFC 5545 §3.3.10 has it: in UTC where the start has a zone, a date for all-day
 * events. Officers and other calendars also write a date, meaning that whole day, or a local time.
 */
export const normalRule = (rrule: string, { allDay, timeZone }: Pick<Repeating, 'allDay' | 'timeZone'>) =>
  ruleParts(rrule)
    .map(([name, value]) => `${name}=${name === 'UNTIL' ? normalUntil(value, allDay, timeZone) : value}`)
    .join(';');

/**
 * The local starts that the rule makes, exceptions included, from the first on, while they are wanted.
 * Computed on the wall clock, so that no change of clocks moves one.
 * @throws where the rule cannot be understood, or finds nothing within 10,000 of its periods
 */
export function localStarts(
  event: Repeating,
  isWanted: (local: LocalTime, place: number) => boolean,
): LocalTime[] {
  const rrule = event.recurrence?.rrule;
  if (rrule === undefined) return isWanted(event.start, 0) ? [event.start] : [];
  const rule = onWallClock(rrule, event);
  const starts: LocalTime[] = [];
  const take = (start: LocalTime) => {
    const isTaken = isWanted(start, starts.length);
    if (isTaken) starts.push(start);
    return isTaken;
  };
  const rhythm = rhythmOf(rule, event.start);
  const dates = rhythm && plainDates(rhythm, event.start);
  if (dates) takePlain(rule, dates, event, take);
  else takeAny(rule, event, take);
  return starts;
}

function takePlain(
  rule: Rule,
  dates: Iterable<string>,
  { start, allDay }: Repeating,
  take: (start: LocalTime) => boolean,
) {
  const time = allDay ? '' : start.slice(10);
  const until = rule.get('UNTIL') ?? '9';
  let left = Number(rule.get('COUNT') ?? Infinity);
  for (const date of dates) {
    if (left-- <= 0 || digits(`${date}${time}`, '000000') > until || !take(`${date}${time}`)) return;
  }
}

function takeAny(rule: Rule, event: Repeating, take: (start: LocalTime) => boolean) {
  const written = [...rule]
    .map(([name, value]) => `${name}=${value}${name === 'UNTIL' ? 'Z' : ''}`)
    .join(';');
  // UTC stands for the wall clock: what it shows is turned into instants where it is used.
  const all = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${digits(event.start, '000000')}\nRRULE:${written}`,
  });
  all.all((occurrence) => {
    const local = occurrence.toPlainDateTime().toString({ smallestUnit: 'minute' });
    return take(event.allDay ? local.slice(0, 10) : local);
  });
}

/** `2027-01-25T10:00` as iCalendar writes it: `20270125T100000`. */
export function digits(local: LocalTime, midnight = ''): string {
  const [date = '', time] = local.replaceAll('-', '').split('T');
  if (time === undefined) return midnight ? `${date}T${midnight}` : date;
  return `${date}T${time.replaceAll(':', '')}00`;
}

type Rule = ReadonlyMap<string, string>;

/** The parts of the rule with `UNTIL` as the wall clock shows it. */
function onWallClock(rrule: string, event: Repeating): Rule {
  return new Map(
    ruleParts(normalRule(rrule, event)).map(([name, value]): [string, string] => {
      if (name !== 'UNTIL') return [name, value];
      if (event.allDay) return [name, `${value}T235959`];
      return [name, digits(toLocal(utcInstant(value), event.timeZone))];
    }),
  );
}

function normalUntil(value: string, allDay: boolean, timeZone: string): string {
  const date = value.slice(0, 8);
  if (allDay) return value.endsWith('Z') ? digits(toLocal(utcInstant(value), timeZone)).slice(0, 8) : date;
  if (value.endsWith('Z')) return value;
  const local = value.length === 8 ? `${dashed(date)}T23:59:59` : dashedTime(value);
  return basicUtc(toInstant(local, timeZone));
}

const dashed = (date: string) => date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
const dashedTime = (value: string) =>
  `${dashed(value.slice(0, 8))}T${value.slice(9, 11)}:${value.slice(11, 13)}:${value.slice(13, 15)}`;
const utcInstant = (value: string) =>
  new Date(
    Temporal.Instant.from(value.length === 8 ? `${dashed(value)}T00:00Z` : `${dashedTime(value)}Z`)
      .epochMilliseconds,
  );
const basicUtc = (instant: Date) => `${instant.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
