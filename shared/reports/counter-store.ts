import { setTimeout as pause } from 'node:timers/promises';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Conflict } from '../runtime/errors.ts';
import { tryWrites } from '../subscriptions/try-writes.ts';
import { type Page, partitionPage } from '../table/partition-page.ts';
import type { Item, Key, Table } from '../table/table.ts';
import type { TableReads } from '../table/table-reads.ts';
import { countedSubscriptions } from './counted-keys.ts';
import { type Counts, type Place, placeNamed, type Shares } from './counts.ts';

export type CounterStore = ReturnType<typeof counterStore>;
export type CounterReads = ReturnType<typeof counterReads>;

/** A row of counters with what it counts. */
export type CountedRow = Place & { counts: Counts };

/** What is kept of something that is counted, and what changes in the counters with it. */
export type Settlement<State> = { state: State; add: Shares; expiresAt?: Date };

const ATTEMPTS = 10;
const rowKey = ({ of, row }: Place) => ({ pk: `COUNTS#${of}`, sk: row });

/** The counters, for who shows them. */
export function counterReads(table: Pick<TableReads, 'query'>) {
  /** Every row of a month, or of `ACTIVE`: one query. */
  async function rowsOf(of: string): Promise<CountedRow[]> {
    const rows: CountedRow[] = [];
    for await (const { pk: _pk, sk: row, type: _type, ...counts } of table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': rowKey({ of, row: '' }).pk },
    }))
      rows.push({ of, row, counts: counts as Counts });
    return rows;
  }
  return { rowsOf };
}

/** The counters, and beside each thing counted what it added to them last. */
export function counterStore(table: Table) {
  /**
   * Counts something: what it added is replaced by what it adds now, both or neither, so that counting it again,
   * late, or twice at once comes to the same.
   * @param decide reads the thing, after what was counted of it is read; nothing where all is counted
   * @throws Conflict when others are always faster
   */
  async function settle<State>(
    key: Key,
    decide: (before: State | undefined) => Promise<Settlement<State> | undefined>,
  ): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const kept = await read(key);
      const settlement = await decide(kept?.state as State | undefined);
      if (!settlement) return;
      const revision = Number(kept?.revision ?? 0);
      const written = await tryWrites(table, [
        {
          Put: {
            TableName: table.name,
            Item: {
              ...key,
              type: 'counted',
              revision: revision + 1,
              state: settlement.state,
              expiresAt: settlement.expiresAt && Math.ceil(settlement.expiresAt.getTime() / 1000),
            },
            ...(revision
              ? {
                  ConditionExpression: 'revision = :revision',
                  ExpressionAttributeValues: { ':revision': revision },
                }
              : { ConditionExpression: 'attribute_not_exists(pk)' }),
          },
        },
        ...Object.entries(settlement.add).map(([place, counts]) => addition(placeNamed(place), counts)),
      ]);
      if (written) return;
      await pause(20 * attempt);
    }
    throw new Conflict('Others count faster');
  }

  const read = async (key: Key) =>
    (await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true })))
      .Item as (Item & { revision: number; state: unknown }) | undefined;

  function addition(place: Place, counts: Counts) {
    const names = Object.keys(counts);
    return {
      Update: {
        TableName: table.name,
        Key: rowKey(place),
        UpdateExpression: `SET #type = :type ADD ${names.map((_, at) => `#${at} :${at}`).join(', ')}`,
        ExpressionAttributeNames: {
          '#type': 'type',
          ...Object.fromEntries(names.map((name, at) => [`#${at}`, name])),
        },
        ExpressionAttributeValues: {
          ':type': 'counts',
          ...Object.fromEntries(names.map((name, at) => [`:${at}`, counts[name]])),
        },
      },
    };
  }

  /** A page of the ids of one shard of the subscriptions that are counted, or were lately. */
  async function countedSubscribers(shard: number, page: Page) {
    const { items, after } = await partitionPage(table, countedSubscriptions(shard), page);
    return { items: items.map(({ sk }) => ({ id: sk })), after };
  }

  return { settle, countedSubscribers, ...counterReads(table) };
}
