import { Temporal } from 'temporal-polyfill';
import type { Component } from '../calendars/parse-calendar.ts';
import { localStarts } from '../events/recurrence-rule.ts';
import { addDays, toInstant } from '../events/zone-time.ts';
import { descriptionIn, first, lineOf, placeIn } from './calendar-texts.ts';
import { type FileTime, Misread, readTime, readTimes } from './calendar-time.ts';

export type Span = { start: FileTime; end: string };

/** Occurrences compared to tell whether two clocks make the same series: 18 months, at most 500. */
const COMPARED = { days: 549, most: 500 };

/** When it is, on the force's clock. @throws Misread */
export function spanOf(component: Component, timeZone: string): Span {
  const begins = first(component, 'DTSTART');
  if (!begins) throw new Misread('DTSTART', 'is missing');
  const start = readTime('DTSTART', begins, timeZone);
  const ends = first(component, 'DTEND');
  if (ends) return { start, end: readTime('DTEND', ends, timeZone).local };
  const lasts = first(component, 'DURATION')?.value.trim();
  if (lasts) return { start, end: later(start, lasts, timeZone) };
  // RFC 5545 §3.6.1: a date without an end is that day; a time without one ends as it begins, which is no event.
  if (start.isDate) return { start, end: addDays(start.local, 1) };
  throw new Misread('DTEND', 'is missing, as is DURATION');
}

function later(start: FileTime, lasts: string, timeZone: string): string {
  try {
    const duration = Temporal.Duration.from(lasts);
    if (start.isDate) return Temporal.PlainDate.from(start.local).add(duration).toString();
    return Temporal.PlainDateTime.from(start.local)
      .toZonedDateTime(timeZone)
      .add(duration)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
  } catch {
    throw new Misread('DURATION', `"${lasts}" is no duration such as PT1H30M`);
  }
}

/** How it repeats, with the occurrences that differ; nothing where it does not. @throws Misread */
export function recurrenceOf(master: Component, overrides: Component[], { start }: Span, timeZone: string) {
  if (master.properties.has('RDATE'))
    throw new Misread('RDATE', 'is not supported: repeat by RRULE, or send an event for each date');
  const rules = master.properties.get('RRULE') ?? [];
  const [rule] = rules;
  if (!rule) return undefined;
  if (rules.length > 1) throw new Misread('RRULE', 'is given twice');
  const rrule = inOrder(rule.value);
  if (!isSameOnBothClocks(start, rrule, timeZone))
    throw new Misread('RRULE', `repeats by the clock of ${start.zone}: send it with TZID=${timeZone}`);
  return {
    rrule,
    exceptions: (master.properties.get('EXDATE') ?? [])
      .flatMap((each) => readTimes('EXDATE', each, timeZone))
      .map(({ local }) => local),
    overrides: overrides.map((one) => overrideOf(one, master, timeZone)),
  };
}

/** The parts of a rule with FREQ first, as RFC 2445 had it and officers write it. */
const inOrder = (rrule: string) => {
  const parts = rrule.trim().toUpperCase().split(';').filter(Boolean);
  return [
    ...parts.filter((part) => part.startsWith('FREQ=')),
    ...parts.filter((part) => !part.startsWith('FREQ=')),
  ].join(';');
};

/** A rule that follows another clock may drift from ours by an hour, or a day, when only one of them changes. */
function isSameOnBothClocks({ zone, given, local, isDate }: FileTime, rrule: string, timeZone: string) {
  if (!zone || zone === timeZone || isDate) return true;
  const instants = (start: string, on: string) => {
    const last = addDays(start, COMPARED.days);
    const series = {
      start,
      end: start,
      timeZone: on,
      allDay: false,
      recurrence: { rrule, exceptions: [], overrides: [] },
    };
    return localStarts(series, (at, place) => at <= last && place < COMPARED.most)
      .map((at) => toInstant(at, on).getTime())
      .join();
  };
  try {
    return instants(given, zone) === instants(local, timeZone);
  } catch {
    // What is wrong with the rule itself is said where all rules are judged.
    return true;
  }
}

/** What an occurrence has of its own. */
function overrideOf(one: Component, master: Component, timeZone: string) {
  const at = first(one, 'RECURRENCE-ID');
  if (!at) throw new Misread('RECURRENCE-ID', 'is missing');
  if (at.params.has('RANGE')) throw new Misread('RECURRENCE-ID', 'with RANGE is not supported');
  const recurrenceId = readTime('RECURRENCE-ID', at, timeZone).local;
  if (isCancelled(one)) return { recurrenceId, status: 'cancelled' as const, reason: lineOf(one, 'COMMENT') };
  const { start, end } = spanOf(one, timeZone);
  const title = lineOf(one, 'SUMMARY');
  const description = descriptionIn(one);
  const { venue } = placeIn(one);
  return {
    recurrenceId,
    start: start.local,
    end,
    ...(title && title !== lineOf(master, 'SUMMARY') && { title }),
    ...(description && description !== descriptionIn(master) && { description }),
    ...(venue && JSON.stringify(venue) !== JSON.stringify(placeIn(master).venue) && { venue }),
  };
}

export const isCancelled = (component: Component) =>
  first(component, 'STATUS')?.value.trim().toUpperCase() === 'CANCELLED';
