import { eventOf } from '../../../shared/desk/event-sight.ts';
import { seriesDates } from '../../../shared/events/series-dates.ts';
import { toInstant } from '../../../shared/events/zone-time.ts';
import { when } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { ConsoleRoute } from '../visit.ts';
import template from './dates.njk';

/** The dates of a series that are to come, each of which can be changed or called off. */
export const datesRoutes = (deps: ConsoleDeps): ConsoleRoute[] => [
  {
    method: 'GET',
    path: '/console/events/{id}/dates',
    answer: async ({ request, officer, page }) => {
      const event = await eventOf(officer, request.params.id ?? '', deps);
      const isToCome = ({ end }: { end: string }) => toInstant(end, event.timeZone) > deps.now();
      return page(template, {
        title: 'The dates of this series',
        event,
        dates: seriesDates(event, deps.force.bankHolidays)
          .filter(isToCome)
          .map(({ recurrenceId, start, end, isCancelled, bankHoliday }) => ({
            when: when({ start, end, allDay: event.allDay }),
            isCancelled,
            bankHoliday,
            change: `/console/events/${event.id}/dates/${encodeURIComponent(recurrenceId ?? start)}`,
            href: `/console/events/${event.id}/cancel?${new URLSearchParams({ date: recurrenceId ?? start })}`,
          })),
        mayCancel: event.status === 'published',
      });
    },
  },
];
