import { weekdayOf } from './rhythm.ts';
import { addDays } from './zone-time.ts';

export type BankHoliday = { date: string; name: string };

/** What a proclamation adds to a force's bank holidays, or takes away. */
export type Proclaimed = { added?: BankHoliday[]; withdrawn?: string[] };

const MONDAY = 0;

/**
 * The bank holidays of England and Wales in a year, by date. Where one falls on a weekend both that day and its
 * substitute are there: neither is a day for a street meet.
 * @see https://www.gov.uk/bank-holidays
 */
export function bankHolidays(year: number, { added = [], withdrawn = [] }: Proclaimed = {}): BankHoliday[] {
  const easter = easterSunday(year);
  const christmas = substituted(`${year}-12-25`, 'Christmas Day', `${year}-12-26`, 'Boxing Day');
  const standing = [
    ...substituted(`${year}-01-01`, 'New Year’s Day'),
    { date: addDays(easter, -2), name: 'Good Friday' },
    { date: addDays(easter, 1), name: 'Easter Monday' },
    { date: mondayFrom(`${year}-05-01`), name: 'Early May bank holiday' },
    { date: mondayFrom(`${year}-05-25`), name: 'Spring bank holiday' },
    { date: mondayFrom(`${year}-08-25`), name: 'Summer bank holiday' },
    ...christmas,
  ];
  return [
    ...standing.filter(({ date }) => !withdrawn.includes(date)),
    ...added.filter(({ date }) => date.startsWith(`${year}-`)),
  ].sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** The bank holiday on a date. */
export const bankHolidayOn = (date: string, proclaimed?: Proclaimed): BankHoliday | undefined =>
  bankHolidays(Number(date.slice(0, 4)), proclaimed).find((each) => each.date === date);

/** A holiday, and the next working day that stands in for it where it is on a weekend; of two in a row, the next two. */
function substituted(date: string, name: string, second?: string, secondName = ''): BankHoliday[] {
  const days = [{ date, name }, ...(second ? [{ date: second, name: secondName }] : [])];
  const taken = new Set(days.filter((day) => !isWeekend(day.date)).map((day) => day.date));
  const substitutes = days
    .filter((day) => isWeekend(day.date))
    .map((day) => {
      let instead = addDays(day.date, 1);
      while (isWeekend(instead) || taken.has(instead)) instead = addDays(instead, 1);
      taken.add(instead);
      return { date: instead, name: `${day.name} (substitute day)` };
    });
  return [...days, ...substitutes];
}

const isWeekend = (date: string) => weekdayOf(date) > 4;

const mondayFrom = (date: string) => addDays(date, (MONDAY - weekdayOf(date) + 7) % 7);

/** The Gregorian Easter, after J. R. Meeus, Astronomical Algorithms, chapter 8. */
function easterSunday(year: number): string {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const days = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${year}-${pad(Math.floor(days / 31))}-${pad((days % 31) + 1)}`;
}
