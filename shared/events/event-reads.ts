import type { TableReads } from '../table/table-reads.ts';
import { pageOf } from './agenda.ts';
import { auditTrail, versionOf } from './audit-trail.ts';
import type { Version } from './edit-event.ts';
import type { Event } from './event.ts';
import { eventKey } from './event-keys.ts';

export type EventReads = ReturnType<typeof eventReads>;

/** Events, their history and lists, as they are in the table. */
export function eventReads(table: TableReads) {
  const get = async (id: string) => (await table.get(eventKey(id)))?.event as Event | undefined;

  /** Events by id, those that exist. */
  async function getAll(ids: string[]): Promise<Map<string, Event>> {
    const items = await table.getAll([...new Set(ids)].map(eventKey));
    return new Map(items.map((item) => [(item.event as Event).id, item.event as Event]));
  }

  /** The versions of an event, newest first. */
  async function history(id: string): Promise<Version[]> {
    const found: Version[] = [];
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :versions)',
      ExpressionAttributeValues: { ':pk': eventKey(id).pk, ':versions': 'VERSION#' },
      ScanIndexForward: false,
      ConsistentRead: true,
    }))
      found.push(versionOf(item));
    return found;
  }

  return { get, getAll, history, list: pageOf(table), ...auditTrail(table) };
}
