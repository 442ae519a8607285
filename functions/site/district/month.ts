import { addDays } from '../../../shared/events/zone-time.ts';
import { dateWords } from '../../../shared/words/date-words.ts';
import { longDate } from '../../../shared/words/when.ts';
import type { SiteWords } from '../english.ts';
import type { Day } from '../look/listing.ts';

/** The months there are events in, to choose from. */
export function monthsOf(all: { start: string }[], chosen: string | undefined, words: SiteWords) {
  const months = new Set(all.map(({ start }) => start.slice(0, 7)));
  if (chosen) months.add(chosen);
  return [...months]
    .sort()
    .map((value) => ({ value, text: monthName(value, words), selected: value === chosen }));
}

/** A month as weeks from Monday to Sunday; days of other months are empty. */
export function monthOf(month: string, days: Day[], today: string, words: SiteWords) {
  const first = `${month}-01`;
  const start = addDays(first, -((new Date(`${first}T12:00Z`).getUTCDay() + 6) % 7));
  const weeks: ReturnType<typeof cell>[][] = [];
  for (let monday = start; monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, after) => cell(addDays(monday, after))));

  function cell(date: string) {
    if (!date.startsWith(month)) return undefined;
    const count = days.find((day) => day.date === date)?.events.length ?? 0;
    return { ...dayCell(date, count, words), isToday: date === today };
  }

  return { name: monthName(month, words), weekdays: weekdays(start, words), weeks };
}

/** One day of a calendar on a page, with the words a screen reader says. */
export const dayCell = (date: string, count: number, words: SiteWords) => ({
  date,
  count,
  number: Number(date.slice(8)),
  label: count
    ? words.district.eventsOn(count, longDate(date, words))
    : words.district.noEventsOn(longDate(date, words)),
});

/** The short names of seven days from this one. */
export const weekdays = (from: string, { locale }: SiteWords) =>
  Array.from({ length: 7 }, (_, after) => dateWords(addDays(from, after), locale, 'shortWeekday'));

const monthName = (month: string, { locale }: SiteWords) => dateWords(`${month}-15`, locale, 'month');
