import type { Event } from '../../shared/events/event.ts';
import { countedEventKey } from '../../shared/reports/counted-keys.ts';
import { addTo, placeNamed, type Shares } from '../../shared/reports/counts.ts';
import { eventCounts } from '../../shared/reports/event-counts.ts';

/** What stands in the table when these events have been counted: the counters, and beside each event what it added. */
export function countedEvents(events: Event[], now: Date) {
  const shares: Shares = {};
  const counted = events.map((event) => {
    const state = eventCounts(event, {}, now);
    for (const [place, counts] of Object.entries(state)) addTo(shares, placeNamed(place), counts);
    return { ...countedEventKey(event.id), type: 'counted', revision: 1, state };
  });
  const counters = Object.entries(shares).map(([place, counts]) => {
    const { of, row } = placeNamed(place);
    return { pk: `COUNTS#${of}`, sk: row, type: 'counts', ...counts };
  });
  return { counters, counted };
}
