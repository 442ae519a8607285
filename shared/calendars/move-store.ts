import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { addDays } from '../events/zone-time.ts';
import type { Table } from '../table/table.ts';
import type { Group } from './calendar-groups.ts';

export type MoveStore = ReturnType<typeof moveStore>;

/** By then a move has been seen, even by a system that stood still for a month. */
const KEPT_DAYS = 40;

/** Which calendars change on which local day because the window moves on. */
export function moveStore(table: Table) {
  const partition = (day: string) => `CALENDARS-MOVE#${day}`;

  const expect = async (day: string, eventId: string, groups: Group[]) => {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          pk: partition(day),
          sk: eventId,
          type: 'calendars-move',
          groups,
          expiresAt: Date.parse(addDays(day, KEPT_DAYS)) / 1000,
        },
      }),
    );
  };

  async function groupsOn(day: string): Promise<Group[]> {
    const groups = new Set<Group>();
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition(day) },
    }))
      for (const group of item.groups as Group[]) groups.add(group);
    return [...groups];
  }

  return { expect, groupsOn };
}
