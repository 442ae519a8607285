import { Temporal } from 'temporal-polyfill';
import type { Event } from './event.ts';
import { localStarts, type Repeating, ruleParts } from './recurrence-rule.ts';
import { asUtc, fromUtc } from './wall-time.ts';
import { type LocalTime, toInstant } from './zone-time.ts';

/** One time that an event takes place: the event as it is then, overrides applied. */
export type Occurrence = {
  /** The local start that the rule gave it; nothing where the event does not repeat. */
  recurrenceId?: LocalTime;
  start: LocalTime;
  end: LocalTime;
  startsAt: Date;
  endsAt: Date;
  event: Event;
};

export type Override = NonNullable<Event['recurrence']>['overrides'][number];

/** The times of an event that touch `[from, to)`, by start. Cancelled ones are there, as cancelled. */
export function occurrences(event: Event, from: Date, to: Date): Occurrence[] {
  if (!event.recurrence) {
    const only = once(event);
    return touches(only, from, to) ? [only] : [];
  }
  const overrides = new Map(event.recurrence.overrides.map((one) => [one.recurrenceId, one]));
  const exceptions = exceptionsOf(event);
  const regular = localStarts(event, (local) => toInstant(local, event.timeZone) < to)
    .filter((local) => !exceptions.has(local) && !overrides.has(local))
    .map((local) => occurrence(event, local));
  const changed = [...overrides.values()]
    .filter(({ recurrenceId }) => !exceptions.has(recurrenceId))
    .map((override) => occurrence(event, override.recurrenceId, override));
  return [...regular, ...changed]
    .filter((one) => touches(one, from, to))
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** Whether it goes on at some time in `[from, to)`. Dates are compared as numbers: as they are it takes ten times as long. */
export const touches = ({ startsAt, endsAt }: Occurrence, from: Date, to: Date): boolean =>
  startsAt.getTime() < to.getTime() && endsAt.getTime() > from.getTime();

/** The event as it is at the occurrence that an override changes. */
export function overridden(event: Event, { recurrenceId, start, end, ...changed }: Override): Event {
  const from = start ?? recurrenceId;
  return { ...event, ...changed, start: from, end: end ?? endOf(event, from), recurrence: undefined };
}

/** When an event begins and ends, whatever the clocks do: an end is never before its start. */
export function instants({ start, end, timeZone }: Pick<Event, 'start' | 'end' | 'timeZone'>) {
  const startsAt = toInstant(start, timeZone);
  const endsAt = toInstant(end, timeZone);
  if (endsAt.getTime() > startsAt.getTime()) return { startsAt, endsAt };
  return { startsAt, endsAt: new Date(startsAt.getTime() + wallDuration(start, end)) };
}

/** When the last occurrence ends; nothing where the rule never ends. */
export function endsForGood(event: Event): Date | undefined {
  if (!event.recurrence) return instants(event).endsAt;
  if (isEndless(event.recurrence.rrule)) return undefined;
  const ends = occurrences(event, new Date(0), new Date(8.64e15)).map(({ endsAt }) => endsAt.getTime());
  return new Date(Math.max(instants(event).endsAt.getTime(), ...ends));
}

/** Whether any occurrence may touch `[from, to)`. */
export function occursIn(event: Event, from: Date, to: Date): boolean {
  const last = endsForGood(event);
  return instants(event).startsAt < to && (last === undefined || last > from);
}

export const isEndless = (rrule: string) =>
  !ruleParts(rrule).some(([name]) => name === 'COUNT' || name === 'UNTIL');

/** The local starts that do not take place: an exception may be given as a date. */
export const exceptionsOf = ({ recurrence, start }: Pick<Repeating, 'recurrence' | 'start'>) =>
  new Set(recurrence?.exceptions.map((local) => inTheFormOf(start, local)));

/** A date as a time of day on it where the event has times, and a time as its date where it has none. */
export const inTheFormOf = (start: LocalTime, local: LocalTime): LocalTime =>
  start.length === 10 ? local.slice(0, 10) : local.length === 10 ? `${local}${start.slice(10)}` : local;

/** The only time of an event that does not repeat. */
export function once(event: Event): Occurrence {
  const { startsAt, endsAt } = instants(event);
  return { start: event.start, end: event.end, startsAt, endsAt, event };
}

function occurrence(event: Event, recurrenceId: LocalTime, override?: Override): Occurrence {
  const then = overridden(event, override ?? { recurrenceId });
  return { recurrenceId, start: then.start, end: then.end, ...instants(then), event: then };
}

/** When the occurrence that the rule starts then ends. */
export function endOf(event: Pick<Repeating, 'start' | 'end' | 'allDay'>, start: LocalTime): LocalTime {
  const [from, to, then] = [asUtc(event.start), asUtc(event.end), asUtc(start)];
  if (from !== undefined && to !== undefined && then !== undefined)
    return fromUtc(then + to - from, event.allDay ? 10 : 16);
  const duration = Temporal.PlainDateTime.from(event.start).until(event.end);
  return event.allDay
    ? Temporal.PlainDate.from(start).add(duration).toString()
    : Temporal.PlainDateTime.from(start).add(duration).toString({ smallestUnit: 'minute' });
}

const wallDuration = (start: LocalTime, end: LocalTime) =>
  Temporal.PlainDateTime.from(start).until(end).total('milliseconds');
