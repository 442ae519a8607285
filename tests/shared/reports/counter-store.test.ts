import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CounterStore, counterStore } from '../../../shared/reports/counter-store.ts';
import { type Counts, placeName } from '../../../shared/reports/counts.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeCounterStore } from '../../support/fakes/counter-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

describe.each([
  ['in memory', () => fakeCounterStore()],
  ['in the table', () => counterStore(dynoxide.table)],
])('counters, %s', (where, open) => {
  /** Each thing adds one to a row that all share, and to two of its own. */
  const counting = (of: string) => ({
    keyOf: (id: string) => ({ pk: `THING#${where}#${of}#${id}`, sk: 'COUNTED' }),
    decide: async (ids: string[], before: (true | undefined)[]) =>
      ids.map((id, at) =>
        before[at]
          ? undefined
          : {
              state: true as const,
              add: Object.fromEntries(
                ['all', `${id} one`, `${id} another`].map((row) => [placeName({ of, row }), { things: 1 }]),
              ),
            },
      ),
  });
  const rowsOf = async (store: CounterStore, of: string) =>
    Object.fromEntries((await store.rowsOf(of)).map(({ row, counts }) => [row, counts] as const));
  const things = Array.from({ length: 100 }, (_, at) => `thing-${at}`);

  test('many are counted at once, more than one transaction takes, and one named twice is counted once', async () => {
    const store = open();
    await store.settle(
      [...things, 'thing-99', 'thing-0'].flatMap((id) => [id, id]),
      counting('2027-01'),
    );
    const rows: Record<string, Counts> = await rowsOf(store, '2027-01');
    expect(rows.all).toEqual({ things: 100 });
    expect(Object.keys(rows)).toHaveLength(201);
    expect(rows['thing-99 another']).toEqual({ things: 1 });
  });

  test('those who count the same at the same time count each once', async () => {
    const store = open();
    await Promise.all(
      [0, 20, 40].map((first) => store.settle(things.slice(first, first + 60), counting('2027-02'))),
    );
    const rows = await rowsOf(store, '2027-02');
    expect(rows.all).toEqual({ things: 100 });
    expect(Object.values(rows).filter(({ things: count }) => count !== 1)).toHaveLength(1);
  });
});

test('a hundred that add to one row are written in two transactions', async () => {
  const { client } = dynoxide.table;
  let transactions = 0;
  const watched = Object.create(client, {
    send: {
      value: (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'TransactWriteCommand') transactions++;
        return client.send(command as never);
      },
    },
  });
  const store = counterStore({ ...dynoxide.table, client: watched });
  const ids = Array.from({ length: 100 }, (_, at) => `watched-${at}`);
  await store.settle(ids, {
    keyOf: (id) => ({ pk: id, sk: 'COUNTED' }),
    decide: async (some) => some.map(() => ({ state: 1, add: { '2027-03 all': { things: 1 } } })),
  });
  expect(transactions).toBe(2);
});
