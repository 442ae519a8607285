import { asUtc } from './wall-time.ts';

/** Weekdays as RFC 5545 writes them; their places are what `on` holds. */
export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** What the commonest rules say, apart from when they end. Weekdays are 0 for Monday to 6; `nth` is -1 for the last. */
export type Rhythm =
  | { unit: 'day'; every: number }
  | { unit: 'year'; every: number }
  | { unit: 'week'; every: number; on: number[] }
  | { unit: 'month'; every: number; date: number }
  | { unit: 'month'; every: number; nth: number; on: number };

/** The rhythm of a rule's parts; nothing where the rule says more than that. */
export function rhythmOf(rule: ReadonlyMap<string, string>, start: string): Rhythm | undefined {
  const every = Number(rule.get('INTERVAL') ?? 1);
  if (!Number.isInteger(every) || every < 1) return undefined;
  const by = [...rule.keys()].filter((name) => name.startsWith('BY') || name === 'WKST').join();
  const wanted = rule.get(by) ?? '';
  const unit = rule.get('FREQ');
  if (unit === 'WEEKLY') return weekly(by, wanted, every, start);
  if (unit === 'MONTHLY') return monthly(by, wanted, every, start);
  if (by !== '') return undefined;
  if (unit === 'DAILY') return { unit: 'day', every };
  return unit === 'YEARLY' ? { unit: 'year', every } : undefined;
}

function weekly(by: string, wanted: string, every: number, start: string): Rhythm | undefined {
  if (by === '') return { unit: 'week', every, on: [weekdayOf(start)] };
  const on = new Set(wanted.split(',').map(placeOf));
  return by === 'BYDAY' && !on.has(-1) ? { unit: 'week', every, on: [...on].sort() } : undefined;
}

function monthly(by: string, wanted: string, every: number, start: string): Rhythm | undefined {
  const date = Number(by === '' ? start.slice(8, 10) : wanted);
  if (by === '' || (by === 'BYMONTHDAY' && date >= 1 && date <= 31)) return { unit: 'month', every, date };
  const [, nth, weekday = ''] = /^(-1|[1-5])([A-Z]{2})$/.exec(wanted) ?? [];
  const on = placeOf(weekday);
  return by === 'BYDAY' && on >= 0 ? { unit: 'month', every, nth: Number(nth), on } : undefined;
}

const placeOf = (code: string) => (weekdayCodes as readonly string[]).indexOf(code);

/** 0 for Monday. */
export const weekdayOf = (start: string) =>
  (new Date(asUtc(start.slice(0, 10)) ?? Number.NaN).getUTCDay() + 6) % 7;
