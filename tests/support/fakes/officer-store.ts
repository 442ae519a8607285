import type { CalendarAddress, KeptOfficer, OfficerStore } from '../../../shared/identity/officer-store.ts';

/** Officers in memory. */
export function fakeOfficerStore() {
  const kept = new Map<string, KeptOfficer>();
  const addresses = new Map<string, CalendarAddress>();
  const store: OfficerStore = {
    find: async (id) => kept.get(id),
    keep: async (officer) => void kept.set(officer.id, officer),
    calendarAddress: async (id) => addresses.get(id) ?? { replaced: 0 },
    replaceCalendarAddress: async (id, at) => {
      const address = { replaced: (addresses.get(id)?.replaced ?? 0) + 1, at: at.toISOString() };
      addresses.set(id, address);
      return address;
    },
  };
  return { ...store, kept };
}
