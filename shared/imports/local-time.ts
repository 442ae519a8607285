import { Temporal } from 'temporal-polyfill';

/** What a cell says: a date or a time as events have them, and what is odd or wrong about it. */
export type LocalTime = { value: string; warning?: string; fault?: string };

const TIME = String.raw`(?:(?:T|,?\s+)(?<hour>\d{1,2})[:.](?<minute>\d\d)(?::00)?)?$`;
const INTERNATIONAL = new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)${TIME}`);
const BRITISH = new RegExp(String.raw`^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{2,4})${TIME}`);

/**
 * A time as spreadsheets write it: `2027-01-25T10:00`, `25/01/2027 10:00`. The day comes before the month, always;
 * where it could have been the other way round, a warning says how it was read. What has no such form stays as it
 * is: the schema of events says what is wrong with it.
 */
export function localTimeIn(cell: string): LocalTime {
  const international = INTERNATIONAL.exec(cell)?.groups;
  const { year, month = '', day = '', hour, minute } = international ?? BRITISH.exec(cell)?.groups ?? {};
  if (!year) return { value: cell };
  if (year.length < 4)
    return { value: cell, fault: `must have its year in full, such as ${day}/${month}/20${year.slice(-2)}` };
  if (Number(month) > 12 && Number(day) <= 12 && !international)
    return { value: cell, fault: `has no month ${month}: write the day first, ${month}/${day}/${year}` };
  const date = dateOf({ year: Number(year), month: Number(month), day: Number(day) });
  if (!date) return { value: cell, fault: 'is a day that no calendar has' };
  const isDoubtful = !international && Number(day) <= 12 && Number(day) !== Number(month);
  return {
    value: hour === undefined ? date.toString() : `${date}T${hour.padStart(2, '0')}:${minute}`,
    warning: isDoubtful ? `is read as ${inWords(date)}` : undefined,
  };
}

function dateOf(parts: { year: number; month: number; day: number }): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(parts, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

const inWords = (date: Temporal.PlainDate) =>
  date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
