import type { Event } from '../../../shared/events/event.ts';
import { type SeriesDate, seriesDates } from '../../../shared/events/series-dates.ts';
import type { Force } from '../../../shared/force/force.ts';
import { longDate, timesOf } from '../../../shared/words/when.ts';

/** The dates a series makes, as officers read them. */
export const datesShown = (event: Event, { bankHolidays }: Pick<Force, 'bankHolidays'>) =>
  seriesDates(event, bankHolidays).map(dateShown);

export const dateShown = ({ recurrenceId, start, end, isCancelled, bankHoliday }: SeriesDate) => ({
  recurrenceId,
  text: `${longDate(start)}, ${timesOf({ start, end, allDay: start.length === 10 })}`,
  isOff: isCancelled,
  holiday: bankHoliday,
});
