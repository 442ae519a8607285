import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table/table.ts';

export type RunningImportStore = ReturnType<typeof runningImportStore>;

/**
 * How long an import is believed to go on after it last said so: longer than any worker lives, and than a page takes to
 * ask for the next rows. What a killed or abandoned one has brought in by then is told without the rest.
 */
export const BELIEVED_FOR = 2 * 60_000;

const key = (id: string) => ({ pk: `IMPORT#${id}`, sk: 'RUNNING' });

/** Imports that are under way: what they change is told when all of it is in. */
export function runningImportStore({ table, now }: { table: Table; now: () => Date }) {
  /** Says that an import begins, or goes on. */
  async function goesOn(id: string): Promise<void> {
    const until = new Date(now().getTime() + BELIEVED_FOR);
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...key(id),
          type: 'running-import',
          id,
          until: until.toISOString(),
          expiresAt: Math.ceil(until.getTime() / 1000),
        },
      }),
    );
  }

  /** Says that all is in that will be for now. */
  async function isOver(id: string): Promise<void> {
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: key(id) }));
  }

  /** Those of these imports that are under way, and until when they are believed to be. */
  async function running(ids: string[]): Promise<Map<string, Date>> {
    const items = await table.getAll([...new Set(ids)].map(key));
    return new Map(
      items
        .map(({ id, until }) => [id as string, new Date(until as string)] as const)
        .filter(([, until]) => until > now()),
    );
  }

  return { goesOn, isOver, running };
}
