import { ruleParts } from './recurrence-rule.ts';
import { rhythmOf, weekdayCodes, weekdayOf } from './rhythm.ts';
import { addDays, type LocalTime, toLocal } from './zone-time.ts';

export const repeats = [
  'daily',
  'weekly',
  'fortnightly',
  'monthly-on-date',
  'monthly-on-weekday',
  'monthly-on-last-weekday',
] as const;

/** How an event repeats, as an officer says it in a form. */
export type Repetition = {
  repeat: (typeof repeats)[number];
  /** Weekdays of what is weekly or fortnightly, 0 for Monday to 6, in order; without any, that of the start. */
  on: number[];
  /** On a date, that day included, or after so many times; nothing where it goes on. */
  ends?: { on: string } | { after: number };
};

/** The RRULE of it, for an event with this start. */
export function ruleOf({ repeat, on, ends }: Repetition, start: LocalTime): string {
  const weekday = weekdayOf(start);
  const days = [...new Set(on.length ? on : [weekday])].sort().map((place) => weekdayCodes[place]);
  const date = Number(start.slice(8, 10));
  const nth = Math.ceil(date / 7);
  const rhythm: Record<Repetition['repeat'], string> = {
    daily: 'FREQ=DAILY',
    weekly: `FREQ=WEEKLY;BYDAY=${days}`,
    fortnightly: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${days}`,
    'monthly-on-date': `FREQ=MONTHLY;BYMONTHDAY=${date}`,
    // Not every month has a fifth.
    'monthly-on-weekday': `FREQ=MONTHLY;BYDAY=${nth < 5 ? nth : -1}${weekdayCodes[weekday]}`,
    'monthly-on-last-weekday': `FREQ=MONTHLY;BYDAY=-1${weekdayCodes[weekday]}`,
  };
  return rhythm[repeat] + endOf(ends);
}

function endOf(ends: Repetition['ends']): string {
  if (!ends) return '';
  return 'on' in ends ? `;UNTIL=${ends.on.replaceAll('-', '')}` : `;COUNT=${ends.after}`;
}

/**
 * The form that makes a rule; nothing where the rule says what the form cannot. On the fifth weekday of a month two
 * forms make the same rule: it is read as the last.
 */
export function repetitionOf(
  rrule: string,
  { start, timeZone }: { start: LocalTime; timeZone: string },
): Repetition | undefined {
  const rule = new Map(ruleParts(rrule));
  const rhythm = rhythmOf(rule, start);
  const ends = endsOf(rule, start, timeZone);
  if (!rhythm || rhythm.every > (rhythm.unit === 'week' ? 2 : 1)) return undefined;
  if (rhythm.unit === 'day') return { repeat: 'daily', on: [], ends };
  if (rhythm.unit === 'week')
    return { repeat: rhythm.every === 2 ? 'fortnightly' : 'weekly', on: rhythm.on, ends };
  const candidates = ['monthly-on-date', 'monthly-on-last-weekday', 'monthly-on-weekday'] as const;
  const same = candidates.find((repeat) => {
    const other = rhythmOf(new Map(ruleParts(ruleOf({ repeat, on: [] }, start))), start);
    return JSON.stringify(other) === JSON.stringify(rhythm);
  });
  return same && { repeat: same, on: [], ends };
}

function endsOf(rule: ReadonlyMap<string, string>, start: LocalTime, timeZone: string): Repetition['ends'] {
  const count = rule.get('COUNT');
  const until = rule.get('UNTIL');
  if (until) return { on: untilDate(until, start, timeZone) };
  return count ? { after: Number(count) } : undefined;
}

/** The last date on which an `UNTIL` lets it start; without a zone, the date that it says. */
export function untilDate(until: string, start: LocalTime, timeZone?: string): string {
  const [, date, time] = /^(\d{8})(?:T(\d{4}))?/.exec(until) ?? [];
  const day = (date ?? '').replace(/^(....)(..)(..)$/, '$1-$2-$3');
  if (time === undefined || timeZone === undefined || start.length === 10) return day;
  const written = `${day}T${time.slice(0, 2)}:${time.slice(2)}`;
  const local = until.endsWith('Z') ? toLocal(new Date(`${written}Z`), timeZone) : written;
  return local.slice(11) < start.slice(11) ? addDays(local.slice(0, 10), -1) : local.slice(0, 10);
}
