import { Invalid } from '../runtime/errors.ts';
import type { EventInput } from './event-input.ts';
import { endOf, inTheFormOf } from './recurrence.ts';
import { localStarts, ruleParts } from './recurrence-rule.ts';
import { toInstant } from './zone-time.ts';

/**
 * A series as two: up to an occurrence, and that one with those that follow. Together they take place when the
 * series did; what the force calls it (`externalId`) stays with the first.
 * @param from the local start that the rule gives the occurrence
 * @throws Invalid where nothing of the series starts then, or all of it does
 */
export function splitSeries<Series extends EventInput>(series: Series, from: string): [Series, Series] {
  const { recurrence } = series;
  const refuse = (message: string) => new Invalid([{ pointer: '/from', message }]);
  if (!recurrence) throw refuse('is of an event that does not repeat');
  const earlier = localStarts(series, (local) => local < from);
  const last = earlier.at(-1);
  if (last === undefined) throw refuse('is the first of the series: change all of it');
  if (localStarts(series, (local) => local <= from).at(-1) !== from)
    throw refuse('is not a start of this event');
  const isBefore = (local: string) => inTheFormOf(series.start, local) < from;
  const part = (belongs: (local: string) => boolean, rrule: string) => ({
    rrule,
    exceptions: recurrence.exceptions.filter(belongs),
    overrides: recurrence.overrides.filter(({ recurrenceId }) => belongs(recurrenceId)),
  });
  const rule = ruleParts(recurrence.rrule);
  const left = rule.map(([name, value]): [string, string] =>
    name === 'COUNT' ? [name, String(Number(value) - earlier.length)] : [name, value],
  );
  const { externalId: _, ...unnamed } = series;
  return [
    { ...series, recurrence: part(isBefore, endingWith(series, recurrence.rrule, last)) },
    {
      ...(unnamed as Series),
      start: from,
      end: endOf(series, from),
      recurrence: part((local) => !isBefore(local), written(left)),
    },
  ];
}

/**
 * A series without the days from one on, which belong to another event since it was split; nothing where none is left.
 * Whole days, as the hour may be another by now.
 */
export function seriesBefore<Series extends EventInput>(series: Series, from: string): Series | undefined {
  const { recurrence } = series;
  if (!recurrence) return series;
  const isBefore = (local: string) => local.slice(0, 10) < from.slice(0, 10);
  const earlier = localStarts(series, isBefore);
  const last = earlier.at(-1);
  if (last === undefined) return undefined;
  if (localStarts(series, (_, place) => place <= earlier.length).length === earlier.length) return series;
  return {
    ...series,
    recurrence: {
      rrule: endingWith(series, recurrence.rrule, last),
      exceptions: recurrence.exceptions.filter(isBefore),
      overrides: recurrence.overrides.filter(({ recurrenceId }) => isBefore(recurrenceId)),
    },
  };
}

/** The rule with this as its last start. */
function endingWith(series: EventInput, rrule: string, last: string): string {
  const endless = ruleParts(rrule).filter(([name]) => name !== 'COUNT' && name !== 'UNTIL');
  return written([...endless, ['UNTIL', untilOf(series, last)]]);
}

const written = (rule: [string, string][]) => rule.map((pair) => pair.join('=')).join(';');

/** RFC 5545 §3.3.10: in UTC where the series has times, a date where it has none. */
const untilOf = ({ timeZone }: EventInput, last: string) =>
  last.length === 10
    ? last.replaceAll('-', '')
    : toInstant(last, timeZone)
        .toISOString()
        .replace(/[-:]|\.\d+/g, '');
