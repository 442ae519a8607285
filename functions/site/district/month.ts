import { addDays } from '../../../shared/events/zone-time.ts';
import { dateWords } from '../../../shared/words/date-words.ts';
import { longDate } from '../../../shared/words/when.ts';
import type { SiteWords } from '../english.ts';

/** The months there are events in, to choose from. */
export const monthsFrom = ({ months, month }: { months: string[]; month?: string }, words: SiteWords) =>
  [...new Set([...months, ...(month ? [month] : [])])]
    .sort()
    .map((value) => ({ value, text: monthName(value, words), selected: value === month }));

/** A month as weeks from Monday to Sunday; days of other months are empty. */
export function monthOf(month: string, counts: Record<string, number>, today: string, words: SiteWords) {
  const first = `${month}-01`;
  const start = addDays(first, -((new Date(`${first}T12:00Z`).getUTCDay() + 6) % 7));
  const weeks: ReturnType<typeof cell>[][] = [];
  for (let monday = start; monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    weeks.push(datesFrom(monday).map(cell));

  function cell(date: string) {
    if (!date.startsWith(month)) return undefined;
    return { ...dayCell(date, counts[date], words), isToday: date === today };
  }

  return { name: monthName(month, words), weekdays: weekdays(datesFrom(start), words), weeks };
}

/** One day of a calendar on a page, with the words a screen reader says. */
export const dayCell = (date: string, count = 0, words: SiteWords) => ({
  date,
  count,
  number: Number(date.slice(8)),
  label: count
    ? words.district.eventsOn(count, longDate(date, words))
    : words.district.noEventsOn(longDate(date, words)),
});

/** Seven days from this one. */
export const datesFrom = (first: string) => Array.from({ length: 7 }, (_, after) => addDays(first, after));

/** The short names of days. */
export const weekdays = (dates: string[], { locale }: SiteWords) =>
  dates.map((date) => dateWords(date, locale, 'shortWeekday'));

const monthName = (month: string, { locale }: SiteWords) => dateWords(`${month}-15`, locale, 'month');
