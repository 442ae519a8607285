import type { CounterStore } from '../../../shared/reports/counter-store.ts';
import { type Counts, placeName, placeNamed } from '../../../shared/reports/counts.ts';

/** Counters in memory, with the queries made of them. */
export function fakeCounterStore() {
  const rows = new Map<string, Counts>();
  const kept = new Map<string, { revision: number; state: unknown }>();
  const asked: string[] = [];

  const store: CounterStore = {
    async settle(ids, { keyOf, decide }) {
      const nameOf = (id: string) => `${keyOf(id).pk} ${keyOf(id).sk}`;
      for (let left = [...new Set(ids)]; left.length; ) {
        const before = left.map((id) => kept.get(nameOf(id)));
        const settlements = await decide(
          left,
          before.map((one) => one?.state as never),
        );
        left = left.filter((id, at) => {
          const settlement = settlements[at];
          if (!settlement) return false;
          if (kept.get(nameOf(id)) !== before[at]) return true;
          kept.set(nameOf(id), { revision: (before[at]?.revision ?? 0) + 1, state: settlement.state });
          for (const [place, counts] of Object.entries(settlement.add)) {
            const row = rows.get(place) ?? {};
            for (const [what, count] of Object.entries(counts)) row[what] = (row[what] ?? 0) + count;
            rows.set(place, row);
          }
          return false;
        });
      }
    },
    async countedSubscribers(shard) {
      const keys = [...kept.keys()].map((name) => name.split(' '));
      const items = keys.flatMap(([pk, sk]) =>
        pk === `COUNTED#SUBSCRIPTIONS#${shard}` ? [{ id: String(sk) }] : [],
      );
      return { items, after: undefined };
    },
    async rowsOf(of) {
      asked.push(of);
      return [...rows]
        .map(([name, counts]) => ({ ...placeNamed(name), counts }))
        .filter((row) => row.of === of);
    },
  };
  return {
    ...store,
    asked,
    rows,
    set: (of: string, row: string, counts: Counts) => rows.set(placeName({ of, row }), counts),
  };
}
