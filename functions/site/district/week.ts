import type { SiteWords } from '../english.ts';
import { datesFrom, dayCell, weekdays } from './month.ts';

/** Seven days from today; nothing where nothing is on. */
export function weekOf(counts: Record<string, number>, today: string, words: SiteWords) {
  const dates = datesFrom(today);
  const cells = dates.map((date) => ({ ...dayCell(date, counts[date], words), isToday: date === today }));
  const isEmpty = cells.every(({ count }) => !count);
  return isEmpty
    ? undefined
    : { name: words.district.week, weekdays: weekdays(dates, words), weeks: [cells] };
}
