import { byStart, isListed } from '../../../shared/events/agenda.ts';
import type { Version } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { agendaSort } from '../../../shared/events/event-keys.ts';
import type { EventStore } from '../../../shared/events/event-store.ts';
import { Conflict, Stale } from '../../../shared/runtime/errors.ts';

/** Events in memory. */
export function fakeEventStore(): EventStore {
  const events = new Map<string, Event>();
  const versions = new Map<string, Version[]>();
  const commands = new Map<string, { fingerprint: string; eventId: string; until: Date }>();

  const withExternalId = (externalId: string) =>
    [...events.values()].find((event) => event.externalId === externalId);

  return {
    get: async (id) => events.get(id),
    getAll: async (ids) => new Map([...events].filter(([id]) => ids.includes(id))),
    findByExternalId: async (externalId) => withExternalId(externalId),
    remembered: async (key, now) => {
      const command = commands.get(key);
      return command && command.until > now
        ? { fingerprint: command.fingerprint, eventId: command.eventId }
        : undefined;
    },
    save: async ({ previous, event, version }, idempotency) => {
      if (events.get(event.id)?.version !== previous?.version) throw new Stale('somebody was first');
      const holder = event.externalId && withExternalId(event.externalId);
      if (holder && holder.id !== event.id) throw new Conflict('the externalId is taken');
      const command = idempotency && commands.get(idempotency.key);
      if (command && command.until > new Date(version.at)) throw new Conflict('the key is in use');
      if (idempotency) commands.set(idempotency.key, { ...idempotency, eventId: event.id });
      events.set(event.id, event);
      versions.set(event.id, [version, ...(versions.get(event.id) ?? [])]);
    },
    history: async (id) => versions.get(id) ?? [],
    list: async (query) => {
      const found = [...events.values()]
        .filter((event) => !query.district || event.districts.includes(query.district))
        .filter(isListed(query))
        .sort(byStart);
      const items = found.slice(0, query.limit);
      const end = items.at(-1);
      return found.length > items.length && end ? { items, cursor: agendaSort(end) } : { items };
    },
  };
}
