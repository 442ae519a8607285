import type { Event } from '../../shared/events/event.ts';
import { countedEventKey } from '../../shared/reports/counted-keys.ts';
import type { CounterStore } from '../../shared/reports/counter-store.ts';
import { eventCounts } from '../../shared/reports/event-counts.ts';

/** As the function that counts does, which has its own tests. */
export const countEvent = (
  { settle }: Pick<CounterStore, 'settle'>,
  event: Event,
  now: Date,
  id = event.id,
) =>
  settle([id], {
    keyOf: countedEventKey,
    decide: async () => [{ state: {}, add: eventCounts(event, {}, now) }],
  });
