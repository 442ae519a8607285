import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table/table.ts';

export type OfficerStore = ReturnType<typeof officerStore>;

/** What is known of an officer between two visits: no name, and an id that does not say who it is. */
export type KeptOfficer = { id: string; districts: string[]; seenAt: string };

/** How often an officer had the address of the private calendar replaced, and when it last was. */
export type CalendarAddress = { replaced: number; at?: string };

const key = (id: string) => ({ pk: `OFFICER#${id}`, sk: 'OFFICER' });

const addressKey = (id: string) => ({ pk: `OFFICER#${id}`, sk: 'CALENDAR' });

/** Officers as their tokens last described them: who has no token, such as a calendar app, is served by that. */
export function officerStore(table: Table) {
  async function find(id: string): Promise<KeptOfficer | undefined> {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: key(id), ConsistentRead: true }),
    );
    return Item?.officer as KeptOfficer | undefined;
  }

  async function keep(officer: KeptOfficer, until: Date): Promise<void> {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...key(officer.id),
          type: 'officer',
          officer,
          expiresAt: Math.ceil(until.getTime() / 1000),
        },
      }),
    );
  }

  async function calendarAddress(id: string): Promise<CalendarAddress> {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: addressKey(id), ConsistentRead: true }),
    );
    return { replaced: Number(Item?.replaced ?? 0), at: Item?.at as string | undefined };
  }

  /** Ends the address there is, for good: that is kept also of officers who are long gone. */
  async function replaceCalendarAddress(id: string, now: Date): Promise<CalendarAddress> {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: addressKey(id),
        UpdateExpression: 'SET #type = :type, #at = :at ADD replaced :one',
        ExpressionAttributeNames: { '#type': 'type', '#at': 'at' },
        ExpressionAttributeValues: { ':type': 'calendar-address', ':at': now.toISOString(), ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return { replaced: Number(Attributes?.replaced), at: now.toISOString() };
  }

  return { find, keep, calendarAddress, replaceCalendarAddress };
}
