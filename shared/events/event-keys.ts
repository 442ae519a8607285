import type { Event } from './event.ts';
import { toInstant } from './zone-time.ts';

export const eventKey = (id: string) => ({ pk: `EVENT#${id}`, sk: 'EVENT' });
export const versionKey = (id: string, version: number) => ({
  pk: `EVENT#${id}`,
  sk: `VERSION#${String(version).padStart(8, '0')}`,
});
/** What was done in a month, by time; a place in it is a place of the API's lists. */
export const auditPartition = (month: string) => `AUDIT#${month}`;
export const auditKey = (at: string, id: string, version: number) => ({
  pk: auditPartition(at.slice(0, 7)),
  sk: `${at}#${id}-${String(version).padStart(8, '0')}`,
});
export const externalKey = (externalId: string) => ({ pk: `EXTERNAL#${externalId}`, sk: 'EXTERNAL' });
export const idempotencyKey = (key: string) => ({ pk: `IDEMPOTENCY#${key}`, sk: 'IDEMPOTENCY' });
export const changeKey = (district: string, id: string) => ({ pk: `CHANGES#${district}`, sk: id });

/** The list of a district, or of the whole force, by start. */
export const agendaOf = (district = '') => `AGENDA#${district}`;

export const agendaSort = (event: Event) =>
  `${toInstant(event.start, event.timeZone).toISOString()}#${event.id}`;

/** Series stand apart in a list: they take place long after their first start. */
export const SERIES = '~SERIES#';

/** Every place in the lists that an event has. */
export const agendaKeys = (event: Event) =>
  ['', ...event.districts].map((district) => ({
    pk: agendaOf(district),
    sk: event.recurrence ? SERIES + event.id : agendaSort(event),
  }));
