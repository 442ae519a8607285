import type { Table } from '../table/table.ts';
import { writeAll } from '../table/write-all.ts';
import type { Bulletin } from './bulletin.ts';
import { bulletinExpiresAt, bulletinKey } from './bulletin-items.ts';

/** A bulletin that an event's edit caused, and where in it the event is. */
export type Cause = { bulletin: string; place: number; version: number; district: string; what: string };

const causeKey = (eventId: string, bulletin: string) => ({
  pk: `EVENT#${eventId}`,
  sk: `BULLETIN#${bulletin}`,
});

/** Which bulletins told of an event. */
export function toldOfEvents(table: Table) {
  /** Notes with each event which bulletin tells of it. Harmless twice. */
  const noteCauses = (bulletin: Bulletin) =>
    writeAll(
      table,
      bulletin.entries.map(({ eventId, version, what }, place) => ({
        PutRequest: {
          Item: {
            ...causeKey(eventId, bulletin.id),
            type: 'cause',
            cause: {
              bulletin: bulletin.id,
              place,
              version,
              district: bulletin.district,
              what,
            } satisfies Cause,
            expiresAt: bulletinExpiresAt(bulletin),
          },
        },
      })),
    );

  /** The bulletins that told of an event, oldest first. */
  async function causesOf(eventId: string): Promise<Cause[]> {
    const found: Cause[] = [];
    for await (const { cause } of table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :bulletins)',
      ExpressionAttributeValues: { ':pk': causeKey(eventId, '').pk, ':bulletins': causeKey(eventId, '').sk },
      ConsistentRead: true,
    }))
      found.push(cause as Cause);
    return found;
  }

  /** The bulletins that told of an event with how many people they reached. */
  async function causedBy(eventId: string) {
    const causes = await causesOf(eventId);
    const items = await table.getAll(causes.map(({ bulletin }) => bulletinKey(bulletin)));
    const counts = new Map(items.map((item) => [(item.bulletin as Bulletin).id, item]));
    return causes.map(({ bulletin, district, version, what }) => {
      const item = counts.get(bulletin);
      return {
        id: bulletin,
        at: (item?.bulletin as Bulletin | undefined)?.at,
        district,
        version,
        what,
        email: Number(item?.sentEmail ?? 0),
        sms: Number(item?.sentSms ?? 0),
      };
    });
  }

  return { noteCauses, causesOf, causedBy };
}
