import { addDays } from '../../../shared/events/zone-time.ts';
import type { SiteWords } from '../english.ts';
import type { Day } from '../look/listing.ts';
import { dayCell, weekdays } from './month.ts';

/** Seven days from today; nothing where nothing is on. */
export function weekOf(days: Day[], today: string, words: SiteWords) {
  const cells = Array.from({ length: 7 }, (_, after) => addDays(today, after)).map((date) => ({
    ...dayCell(date, days.find((day) => day.date === date)?.events.length ?? 0, words),
    isToday: date === today,
  }));
  const isEmpty = cells.every(({ count }) => !count);
  return isEmpty
    ? undefined
    : { name: words.district.week, weekdays: weekdays(today, words), weeks: [cells] };
}
