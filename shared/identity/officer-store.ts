import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table/table.ts';

export type OfficerStore = ReturnType<typeof officerStore>;

/** What is known of an officer between two visits: no name, and an id that does not say who it is. */
export type KeptOfficer = { id: string; districts: string[]; seenAt: string };

const key = (id: string) => ({ pk: `OFFICER#${id}`, sk: 'OFFICER' });

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

  return { find, keep };
}
