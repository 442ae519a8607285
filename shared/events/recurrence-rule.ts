import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { Event } from './event.ts';
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
  // UTC stands for the wall clock: what it shows is turned into instants where it is used.
  const rule = `DTSTART;TZID=UTC:${digits(event.start, '000000')}\nRRULE:${onWallClock(rrule, event)}`;
  const expansion = kept.get(rule);
  const left = expansion?.starts.findIndex((local, place) => !isWanted(inForm(local, event), place));
  if (expansion && left !== undefined && (left >= 0 || expansion.isWhole))
    return expansion.starts.slice(0, left < 0 ? undefined : left).map((local) => inForm(local, event));
  const { starts, isWhole } = expanded(rule, (local, place) => isWanted(inForm(local, event), place));
  return (isWhole ? starts : starts.slice(0, -1)).map((local) => inForm(local, event));
}

/** Starts with their times, as far as they were wanted and the next one. */
type Expansion = { starts: LocalTime[]; isWhole: boolean };

/** What was expanded of late: to render, list and check one series its rule is asked for again and again. */
const kept = new Map<string, Expansion>();
const MOST_KEPT = 200;

function expanded(rule: string, isWanted: (local: LocalTime, place: number) => boolean): Expansion {
  const starts: LocalTime[] = [];
  let isWhole = true;
  new RRuleTemporal({ rruleString: rule }).all((occurrence, place) => {
    const local = occurrence.toPlainDateTime().toString({ smallestUnit: 'minute' });
    starts.push(local);
    isWhole = isWanted(local, place);
    return isWhole;
  });
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(rule, { starts, isWhole });
  return { starts, isWhole };
}

const inForm = (local: LocalTime, { allDay }: Repeating) => (allDay ? local.slice(0, 10) : local);

/** `2027-01-25T10:00` as iCalendar writes it: `20270125T100000`. */
export function digits(local: LocalTime, midnight = ''): string {
  const [date = '', time] = local.replaceAll('-', '').split('T');
  if (time === undefined) return midnight ? `${date}T${midnight}` : date;
  return `${date}T${time.replaceAll(':', '')}00`;
}

function onWallClock(rrule: string, event: Repeating): string {
  return ruleParts(normalRule(rrule, event))
    .map(([name, value]) => {
      if (name !== 'UNTIL') return `${name}=${value}`;
      if (event.allDay) return `UNTIL=${value}T235959Z`;
      return `UNTIL=${digits(toLocal(utcInstant(value), event.timeZone))}Z`;
    })
    .join(';');
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
