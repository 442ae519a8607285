import { isDeepStrictEqual } from 'node:util';
import type { Edit } from '../events/edit-event.ts';
import type { EventStore } from '../events/event-store.ts';
import { causeOf, log } from '../runtime/log.ts';
import type { VenueBook } from './venue-book.ts';

/** An event store from whose edits a venue book learns, whichever way they come: by form, API or import. */
export function learningVenues(events: EventStore, venues: Pick<VenueBook, 'learn'>): EventStore {
  /** The event is kept by then: a book that cannot be written is no reason to say otherwise. */
  async function learn({ previous, event }: Edit) {
    const isKnown =
      isDeepStrictEqual(previous?.venue, event.venue) &&
      isDeepStrictEqual(previous?.districts, event.districts);
    if (isKnown) return;
    await venues.learn(event).catch((error) => log.error('a venue was not learnt', causeOf(error)));
  }

  return {
    ...events,
    save: async (edit, idempotency) => {
      await events.save(edit, idempotency);
      await learn(edit);
    },
    saveBoth: async (one, other) => {
      await events.saveBoth(one, other);
      await learn(other);
    },
  };
}
