import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table/table.ts';
import type { RefreshMessage } from './refresh-message.ts';

/** How far the calendars are: what rendered them, the last local day they were moved on to, and a rebuild under way. */
export type CalendarState = {
  revision?: string;
  day?: string;
  rebuilding?: { revision: string; next: RefreshMessage; at: string };
};

export type CalendarStateStore = ReturnType<typeof calendarStateStore>;

const key = { pk: 'CALENDARS', sk: 'STATE' };

export function calendarStateStore(table: Table) {
  const read = async (): Promise<CalendarState> =>
    ((await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true })))
      .Item as CalendarState | undefined) ?? {};

  const set = async (values: Record<string, unknown>) => {
    const names = Object.keys(values);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
      }),
    );
  };

  /** Notes how far a rebuild is. */
  const reach = (revision: string, next: RefreshMessage, at: Date) =>
    set({ type: 'calendars-state', rebuilding: { revision, next, at: at.toISOString() } });

  /** Notes that a rebuild is complete. */
  const finish = (revision: string) => set({ revision, rebuilding: null });

  const moveTo = (day: string) => set({ type: 'calendars-state', day });

  return { read, reach, finish, moveTo };
}
