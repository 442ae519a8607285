import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { changeKey } from '../events/event-keys.ts';
import { Stale } from '../runtime/errors.ts';
import { dueAt } from '../table/due.ts';
import type { Table } from '../table/table.ts';
import { writeAll } from '../table/write-all.ts';
import type { Bulletin } from './bulletin.ts';
import { bulletinItem, toldItem } from './bulletin-items.ts';
import type { Change } from './change.ts';
import { nextLook, type Window } from './settling.ts';

export type WindowStore = ReturnType<typeof windowStore>;

/** A district's window as it is kept: changes that a stored bulletin has told are swept before the next. */
export type KeptWindow = Window & { revision: number; told: string[] };

const windowKey = (district: string) => ({ pk: `DISTRICT#${district}`, sk: 'WINDOW' });

/** The changes of each district that wait to be told, and the window they wait in. */
export function windowStore(table: Table) {
  async function window(district: string): Promise<KeptWindow | undefined> {
    const found = await table.get(windowKey(district));
    return found?.window as KeptWindow | undefined;
  }

  async function pending(district: string): Promise<Change[]> {
    const found: Change[] = [];
    for await (const item of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': changeKey(district, '').pk },
      ConsistentRead: true,
    }))
      found.push(item.change as Change);
    return found;
  }

  /** Keeps a window open. @throws Stale when another worker was first */
  const keepWindow = (district: string, next: Window, before: KeptWindow | undefined) =>
    commit([windowPut(district, next, before?.told ?? [], before)]);

  /**
   * Closes a window over a bulletin, both or neither; then no change of it is told again.
   * @throws Stale when another worker was first
   */
  async function closeWindow(
    district: string,
    {
      before,
      left,
      gone,
      bulletin,
    }: { before: KeptWindow; left: Window; gone: Change[]; bulletin?: Bulletin },
  ): Promise<void> {
    const told = gone.map(({ id }) => id);
    const items = bulletin ? [bulletinItem(bulletin), toldItem(bulletin)] : [];
    await commit([
      windowPut(district, left, told, before),
      ...items.map((Item) => ({ Put: { TableName: table.name, Item } })),
    ]);
    await forget(district, told);
  }

  /** Removes changes that a stored bulletin has told. Harmless twice. */
  const forget = (district: string, ids: string[]) =>
    writeAll(
      table,
      ids.map((id) => ({ DeleteRequest: { Key: changeKey(district, id) } })),
    );

  const windowPut = (district: string, next: Window, told: string[], before: KeptWindow | undefined) => {
    const look = nextLook(next);
    return {
      Put: {
        TableName: table.name,
        Item: {
          ...windowKey(district),
          type: 'window',
          district,
          window: { ...next, told, revision: (before?.revision ?? 0) + 1 },
          ...(look && dueAt(look, district)),
        },
        ConditionExpression: before ? '#window.revision = :revision' : 'attribute_not_exists(pk)',
        ...(before && {
          ExpressionAttributeNames: { '#window': 'window' },
          ExpressionAttributeValues: { ':revision': before.revision },
        }),
      },
    };
  };

  async function commit(writes: NonNullable<TransactWriteCommandInput['TransactItems']>) {
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: writes }));
    } catch (error) {
      if (error instanceof TransactionCanceledException)
        throw new Stale('another worker moved this window on');
      throw error;
    }
  }

  return { window, pending, keepWindow, closeWindow, forget };
}
