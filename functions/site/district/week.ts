import { addDays } from '../../../shared/events/zone-time.ts';
import { longDate } from '../../../shared/words/when.ts';
import type { SiteWords } from '../english.ts';
import type { Day } from '../look/listing.ts';

/** Seven days from today, each with how much is on and where it is on the page. */
export function weekOf(days: Day[], today: string, words: SiteWords) {
  const name = new Intl.DateTimeFormat(words.locale, { weekday: 'short', timeZone: 'UTC' });
  const week = Array.from({ length: 7 }, (_, after) => addDays(today, after)).map((date) => {
    const count = days.find((day) => day.date === date)?.events.length ?? 0;
    return {
      date,
      count,
      weekday: name.format(new Date(`${date}T12:00Z`)),
      number: Number(date.slice(8)),
      label: count
        ? words.district.eventsOn(count, longDate(date, words))
        : words.district.noEventsOn(longDate(date, words)),
    };
  });
  return week.some(({ count }) => count) ? week : undefined;
}
