import { byStart, isListed } from '../../../shared/events/agenda.ts';
import type { AuditLine } from '../../../shared/events/audit-trail.ts';
import type { Edit, Version } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { agendaSort, auditKey } from '../../../shared/events/event-keys.ts';
import type { EventStore } from '../../../shared/events/event-store.ts';
import { expectOneStep } from '../../../shared/events/one-step.ts';
import { Conflict, Stale } from '../../../shared/runtime/errors.ts';

/** Events in memory. */
export function fakeEventStore(): EventStore {
  const events = new Map<string, Event>();
  const versions = new Map<string, Version[]>();
  const lines: { line: AuditLine; place: string }[] = [];
  const commands = new Map<string, { fingerprint: string; eventId: string; until: Date }>();

  const withExternalId = (externalId: string) =>
    [...events.values()].find((event) => event.externalId === externalId);

  const refuse = ({ previous, event }: Edit) => {
    if (events.get(event.id)?.version !== previous?.version) throw new Stale('somebody was first');
    const holder = event.externalId && withExternalId(event.externalId);
    if (holder && holder.id !== event.id) throw new Conflict('the externalId is taken');
  };
  const keep = ({ event, version }: Edit) => {
    events.set(event.id, event);
    const { id, title, districts } = event;
    const line = { ...version, event: { id, title, districts } };
    lines.push({ line, place: auditKey(version.at, id, version.version).sk });
    versions.set(event.id, [version, ...(versions.get(event.id) ?? [])]);
  };

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
    withdraw: async ({ draft, version }) => {
      const { id, title, districts } = draft;
      if (events.get(id)?.version !== draft.version) throw new Stale('somebody was first');
      events.delete(id);
      const line = { ...version, event: { id, title, districts } };
      lines.push({ line, place: auditKey(version.at, id, version.version).sk });
      versions.set(id, [version, ...(versions.get(id) ?? [])]);
    },
    save: async (edit, idempotency) => {
      refuse(edit);
      const command = idempotency && commands.get(idempotency.key);
      if (command && command.until > new Date(edit.version.at)) throw new Conflict('the key is in use');
      if (idempotency) commands.set(idempotency.key, { ...idempotency, eventId: edit.event.id });
      keep(edit);
    },
    saveBoth: async (one, other) => {
      expectOneStep(one, other);
      refuse(one);
      refuse(other);
      keep(one);
      keep(other);
    },
    audit: async ({ month, by, after, limit }) => {
      const found = lines
        .filter(({ line }) => line.at.startsWith(month) && (!by || line.by.id === by))
        .filter(({ place }) => !after || place < after)
        .sort((one, other) => (one.place < other.place ? 1 : -1));
      const items = found.slice(0, limit);
      return {
        items: items.map(({ line }) => line),
        after: found.length > items.length ? items.at(-1)?.place : undefined,
      };
    },
    authors: async (month) => {
      const found = lines.filter(({ line }) => line.at.startsWith(month)).map(({ line }) => line.by);
      return [...new Map(found.map((by) => [by.id, by])).values()].sort((one, other) =>
        one.name.localeCompare(other.name),
      );
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
