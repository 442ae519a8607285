import { setTimeout as pause } from 'node:timers/promises';
import { Conflict } from '../runtime/errors.ts';
import { tryWrites } from '../subscriptions/try-writes.ts';
import { type Page, partitionPage } from '../table/partition-page.ts';
import type { Item, Key, Table } from '../table/table.ts';
import type { TableReads } from '../table/table-reads.ts';
import { countedSubscriptions } from './counted-keys.ts';
import { addTo, type Counts, type Place, placeNamed, type Shares } from './counts.ts';

export type CounterStore = ReturnType<typeof counterStore>;
export type CounterReads = ReturnType<typeof counterReads>;

/** A row of counters with what it counts. */
export type CountedRow = Place & { counts: Counts };

/** What is kept of something that is counted, and what changes in the counters with it. */
export type Settlement<State> = { state: State; add: Shares; expiresAt?: Date };

/** How things of a sort are counted. */
export type Counting<State> = {
  /** Where it is kept what was counted of one. */
  keyOf: (id: string) => Key;
  /** Reads things, after what was counted of them is read; of each nothing where all is counted. */
  decide: (ids: string[], before: (State | undefined)[]) => Promise<(Settlement<State> | undefined)[]>;
};

type Due = { key: Key; id: string; revision: number; settlement: Settlement<unknown> };

const ATTEMPTS = 10;
/** Things in one transaction, and how many times fewer after each time that others were faster. */
const TOGETHER = 50;
const FEWER = 4;
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MOST_WRITES = 100;
const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
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
   * Counts things: what each added is replaced by what it adds now, both or neither, so that counting it again,
   * late, or twice at once comes to the same. What many add to one row is added at once.
   * @throws Conflict when others are always faster
   */
  async function settle<State>(ids: string[], { keyOf, decide }: Counting<State>): Promise<void> {
    let left = [...new Set(ids)];
    for (let attempt = 0; left.length; attempt++) {
      if (attempt === ATTEMPTS) throw new Conflict('Others count faster');
      if (attempt) await pause(20 * attempt);
      const due = await decided(left, { keyOf, decide });
      left = [];
      for (const some of together(due, Math.max(1, TOGETHER / FEWER ** attempt)))
        if (!(await tryWrites(table, writesOf(some)))) left.push(...some.map(({ id }) => id));
    }
  }

  async function decided<State>(ids: string[], { keyOf, decide }: Counting<State>): Promise<Due[]> {
    const keys = ids.map(keyOf);
    const items = (await table.getAll(keys)) as (Item & { revision: number; state: State })[];
    const found = new Map(items.map((item) => [nameOf(item), item]));
    const kept = keys.map((key) => found.get(nameOf(key)));
    const settlements = await decide(
      ids,
      kept.map((one) => one?.state),
    );
    return keys.flatMap((key, at) => {
      const [id = '', settlement] = [ids[at], settlements[at]];
      return settlement ? [{ id, key, revision: kept[at]?.revision ?? 0, settlement }] : [];
    });
  }

  const writesOf = (some: Due[]) => [
    ...some.map(({ key, revision, settlement: { state, expiresAt } }) => ({
      Put: {
        TableName: table.name,
        Item: {
          ...key,
          type: 'counted',
          revision: revision + 1,
          state,
          expiresAt: expiresAt && Math.ceil(expiresAt.getTime() / 1000),
        },
        ...(revision
          ? {
              ConditionExpression: 'revision = :revision',
              ExpressionAttributeValues: { ':revision': revision },
            }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    })),
    ...Object.entries(sumOf(some)).map(([place, counts]) => addition(placeNamed(place), counts)),
  ];

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

/** As many as one transaction takes, and no more things than that. */
function* together(due: Due[], most: number): Generator<Due[]> {
  let some: Due[] = [];
  const places = new Set<string>();
  for (const one of due) {
    const own = Object.keys(one.settlement.add);
    const writes = some.length + 1 + new Set([...places, ...own]).size;
    if (some.length && (some.length + 1 > most || writes > MOST_WRITES)) {
      yield some;
      some = [];
      places.clear();
    }
    some.push(one);
    for (const place of own) places.add(place);
  }
  if (some.length) yield some;
}

function sumOf(some: Due[]): Shares {
  const sum: Shares = {};
  for (const { settlement } of some)
    for (const [place, counts] of Object.entries(settlement.add)) addTo(sum, placeNamed(place), counts);
  return sum;
}
