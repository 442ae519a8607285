import type { MoveStore } from '../../../shared/calendars/move-store.ts';

export function fakeMoveStore(): MoveStore {
  const days = new Map<string, Map<string, string[]>>();
  return {
    expect: async (day, eventId, groups) => {
      days.set(day, (days.get(day) ?? new Map()).set(eventId, groups));
    },
    groupsOn: async (day) => [...new Set([...(days.get(day)?.values() ?? [])].flat())],
  };
}
