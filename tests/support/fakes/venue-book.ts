import { type KnownVenue, type VenueBook, venueKey } from '../../../shared/desk/venue-book.ts';

/** A venue book in memory. */
export function fakeVenueBook(): VenueBook {
  const known = new Map<string, Map<string, KnownVenue>>();
  return {
    learn: async ({ venue, districts }) => {
      if (!venue || venueKey(venue) === '-') return;
      for (const district of districts) {
        const places = known.get(district) ?? new Map();
        known.set(district, places.set(venueKey(venue), { ...venue, key: venueKey(venue) }));
      }
    },
    of: async (districts) =>
      [...new Map(districts.flatMap((district) => [...(known.get(district) ?? [])])).values()].sort(
        (one, other) => one.name.localeCompare(other.name),
      ),
  };
}
