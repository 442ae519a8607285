import type { EventInput } from './event-input.ts';
import { endOf, inTheFormOf } from './recurrence.ts';
import { localStarts, ruleParts } from './recurrence-rule.ts';
import { untilDate } from './repetition.ts';
import { type Rhythm, rhythmOf, weekdayCodes, weekdayOf } from './rhythm.ts';
import { addDays } from './zone-time.ts';

type Recurrence = NonNullable<EventInput['recurrence']>;

/**
 * An event with some members changed. Where it starts at another time, its days, what is left out and what is changed
 * on single days go with it: a Thursday that becomes a Friday is one every week. Without an end of its own it takes as
 * long as before.
 */
export function editedSeries<Series extends EventInput>(
  series: Series,
  changed: Partial<EventInput>,
): Series {
  const { start = series.start, allDay = series.allDay } = changed;
  const end = changed.end ?? (start === series.start ? series.end : endOf({ ...series, allDay }, start));
  const next = { ...series, ...changed, start, end, allDay };
  const isMoved = start !== series.start || allDay !== series.allDay;
  if (changed.recurrence || !series.recurrence || !isMoved) return next;
  const rrule = movedRule(series.recurrence.rrule, series, start);
  return { ...next, recurrence: renamed(series, { ...next, recurrence: { ...series.recurrence, rrule } }) };
}

/** The recurrence of the next version, in which each single day is the one of the same place in the series before. */
function renamed(before: EventInput, next: EventInput & { recurrence: Recurrence }): Recurrence {
  const { exceptions, overrides, rrule } = next.recurrence;
  const named = [...exceptions, ...overrides.map(({ recurrenceId }) => recurrenceId)].map((local) =>
    inTheFormOf(before.start, local),
  );
  const last = named.sort().at(-1) ?? '';
  const starts = localStarts(before, (local) => local <= last);
  const others = localStarts(next, (_, place) => place < starts.length);
  const newName = new Map(starts.map((local, place) => [local, others[place]]));
  const rename = (local: string) => newName.get(inTheFormOf(before.start, local));
  return {
    rrule,
    exceptions: exceptions.map(rename).filter((local) => local !== undefined),
    overrides: overrides.flatMap((one) => {
      const recurrenceId = rename(one.recurrenceId);
      return recurrenceId === undefined ? [] : [{ ...one, recurrenceId }];
    }),
  };
}

/** The rule for another first start: the days it names, and the last one, move with it. */
function movedRule(rrule: string, { start, timeZone }: EventInput, to: string): string {
  const parts = ruleParts(rrule);
  const rhythm = rhythmOf(new Map(parts), start);
  const days = Math.round((Date.parse(to.slice(0, 10)) - Date.parse(start.slice(0, 10))) / 86_400_000);
  return parts
    .map(([name, value]) => {
      // As a date it is that whole day: the last one is not lost where it starts later than before.
      if (name === 'UNTIL') value = addDays(untilDate(value, start, timeZone), days).replaceAll('-', '');
      else if (days && rhythm && name.startsWith('BY')) value = movedDays(rhythm, days, to) ?? value;
      return `${name}=${value}`;
    })
    .join(';');
}

function movedDays(rhythm: Rhythm, days: number, to: string): string | undefined {
  const date = Number(to.slice(8, 10));
  if (rhythm.unit === 'week') {
    const on = rhythm.on.map((day) => (((day + days) % 7) + 7) % 7);
    return on
      .sort()
      .map((day) => weekdayCodes[day])
      .join();
  }
  if (rhythm.unit !== 'month') return undefined;
  if ('date' in rhythm) return String(date);
  const isLast = addDays(to.slice(0, 10), 7).slice(5, 7) !== to.slice(5, 7);
  const nth = Math.ceil(date / 7);
  return `${nth === 5 || (rhythm.nth === -1 && isLast) ? -1 : nth}${weekdayCodes[weekdayOf(to)]}`;
}
