import { createHash } from 'node:crypto';
import type { Component } from '../calendars/parse-calendar.ts';
import type { CheckedInput } from '../desk/checked-input.ts';
import type { Force } from '../force/force.ts';
import { faultsOf } from '../http/request.ts';
import { isCancelled, recurrenceOf, spanOf } from './calendar-series.ts';
import { descriptionIn, first, lineOf, namedIn, placeIn } from './calendar-texts.ts';
import { Misread } from './calendar-time.ts';
import type { Columns, ImportRow, ReadRow } from './import-row.ts';
import type { CalendarRow } from './read-calendar.ts';
import { garbled, isGarbled } from './read-text.ts';

/** What holds for events whose file does not say. */
export type Defaults = { district?: string; kind?: string; team?: string; isPublished: boolean };

export const calendarColumns: Columns = {
  externalId: 'UID',
  districts: 'district',
  audience: 'CLASS',
  status: 'STATUS',
  recurrence: 'RRULE',
  saysDays: true,
};

/** Longest `externalId`; Outlook's and Google's UIDs may be longer. */
const LONGEST = 100;
const NOBODY_SAID = 'The organiser has cancelled it';

/**
 * The events of a calendar: occurrences of a series that the file holds are part of it, others events of their own.
 * The UID, with the RECURRENCE-ID where it stands alone, is the `externalId`; one too long is cut and hashed.
 */
export function calendarRows(
  rows: CalendarRow[],
  {
    force,
    input,
    defaults,
    saidOf = () => defaults,
  }: {
    force: Force;
    input: CheckedInput;
    defaults: Defaults;
    /** What holds for one event in particular. */
    saidOf?: (row: number) => Defaults;
  },
): ImportRow[] {
  const isSeries = ({ component }: CalendarRow) =>
    component.properties.has('RRULE') && !component.properties.has('RECURRENCE-ID');
  const series = new Set(rows.filter(isSeries).map(({ component }) => uidOf(component)));
  const isPart = ({ component }: CalendarRow) =>
    component.properties.has('RECURRENCE-ID') && series.has(uidOf(component));
  const parts = Map.groupBy(rows.filter(isPart), ({ component }) => uidOf(component));
  return rows
    .filter((row) => !isPart(row))
    .map((row) => {
      const overrides = isSeries(row) ? (parts.get(uidOf(row.component)) ?? []) : [];
      return {
        row: row.row,
        externalId: externalIdOf(row.component),
        read: readRow(
          row,
          overrides.map(({ component }) => component),
          { force, input, defaults: saidOf(row.row) },
        ),
      };
    });
}

function readRow(
  { component, oddLines }: CalendarRow,
  overrides: Component[],
  { force, input, defaults }: { force: Force; input: CheckedInput; defaults: Defaults },
): ReadRow {
  if (!uidOf(component)) return { faults: [{ column: 'UID', message: 'is missing' }] };
  if (isCancelled(component)) return { cancels: { reason: lineOf(component, 'COMMENT') ?? NOBODY_SAID } };
  const lost = ['SUMMARY', 'DESCRIPTION', 'LOCATION'].filter((name) =>
    isGarbled(first(component, name)?.value ?? ''),
  );
  if (lost.length) return { faults: lost.map((column) => ({ column, message: garbled })) };
  try {
    const parsed = input.safeParse(membersOf(component, overrides, { force, defaults }));
    if (parsed.success)
      return {
        event: parsed.data,
        isPublished: defaults.isPublished,
        warnings: oddLines.map((message) => ({ column: '', message })),
      };
    return {
      faults: faultsOf(parsed.error).map(({ pointer, message }) => ({ column: columnOf(pointer), message })),
    };
  } catch (error) {
    if (error instanceof Misread) return { faults: [{ column: error.property, message: error.message }] };
    throw error;
  }
}

function membersOf(
  component: Component,
  overrides: Component[],
  { force, defaults }: { force: Force; defaults: Defaults },
) {
  const span = spanOf(component, force.timeZone);
  const named = namedIn(component, force);
  const {
    district,
    kind = needed('CATEGORIES', 'kind'),
    team = needed('ORGANIZER', 'team'),
  } = {
    district: defaults.district,
    kind: named.kind ?? defaults.kind,
    team: named.team ?? defaults.team,
  };
  const districts = named.districts.length ? named.districts : [district ?? needed('district', 'district')];
  const isPrivate = /^(PRIVATE|CONFIDENTIAL)$/i.test(first(component, 'CLASS')?.value.trim() ?? '');
  return {
    externalId: externalIdOf(component),
    title: lineOf(component, 'SUMMARY') ?? '',
    description: descriptionIn(component),
    kind,
    districts,
    team,
    campaign: named.campaign,
    start: span.start.local,
    end: span.end,
    allDay: span.start.isDate,
    recurrence: recurrenceOf(component, overrides, span, force.timeZone),
    ...placeIn(component),
    audience: isPrivate ? 'internal' : undefined,
  };
}

function needed(column: string, what: string): never {
  throw new Misread(column, `names no ${what}, and none was given for all events`);
}

const uidOf = (component: Component) => first(component, 'UID')?.value.trim() ?? '';

function externalIdOf(component: Component): string {
  const at = first(component, 'RECURRENCE-ID')?.value.trim();
  const id = at ? `${uidOf(component)}#${at}` : uidOf(component);
  if (id.length <= LONGEST) return id;
  const hash = createHash('sha256').update(id).digest('base64url');
  return `${id.slice(0, LONGEST - hash.length - 1)}~${hash}`;
}

/** The property that says a member. */
const properties: [RegExp, string][] = [
  [/^\/title/, 'SUMMARY'],
  [/^\/description/, 'DESCRIPTION'],
  [/^\/kind/, 'CATEGORIES'],
  [/^\/districts/, 'district'],
  [/^\/start/, 'DTSTART'],
  [/^\/end/, 'DTEND'],
  [/^\/recurrence\/exceptions/, 'EXDATE'],
  [/^\/recurrence\/overrides/, 'RECURRENCE-ID'],
  [/^\/recurrence/, 'RRULE'],
  [/^\/venue\/l/, 'GEO'],
  [/^\/venue/, 'LOCATION'],
  [/^\/onlineUrl/, 'CONFERENCE'],
  [/^\/externalId/, 'UID'],
];

const columnOf = (pointer: string) =>
  properties.find(([pattern]) => pattern.test(pointer))?.[1] ?? pointer.split('/')[1] ?? '';
