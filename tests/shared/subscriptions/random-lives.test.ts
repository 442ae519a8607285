import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SUBSCRIBER_SHARDS } from '../../../shared/bulletins/bulletin.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import type { Wish } from '../../../shared/subscriptions/subscription.ts';
import {
  type SubscriptionStore,
  subscriptionStore,
} from '../../../shared/subscriptions/subscription-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';
import { runs } from '../../support/runs.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const secret = signing('a secret of the tests');
const districts = ['basildon', 'harlow', 'southend'];
const pick = fc.nat({ max: 5 });
const some = fc.subarray(districts, { minLength: 1 });

/** What residents, bounces and time do; `nth` picks among what was made so far. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('ask'), who: fc.nat({ max: 1 }), districts: some }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('confirm', 'guess'), nth: pick }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('change'), nth: pick, districts: some }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constantFrom('leave', 'end', 'forget', 'erase'), nth: pick }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait'), hours: fc.constantFrom(1, 20, 24 * 28) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const wishOf = (who: number, chosen: string[], life: number): Wish => ({
  channel: 'email',
  address: `resident${who}.of${life}@example.com`,
  districts: chosen,
  kinds: [],
  frequency: 'immediately',
  reminders: false,
  follows: [],
});

/** Everything that can be seen of a store that lives through the steps. */
async function live(
  open: (deps: Parameters<typeof fakeSubscriptionStore>[0]) => SubscriptionStore,
  steps: Step[],
  life: number,
) {
  // Each in a minute of its own: there is a limit for all together.
  let at = new Date(Date.parse('2027-01-04T10:00:00Z') + life * 120_000);
  const ids: string[] = [];
  const newId = () => {
    ids.push(`life${life}-${ids.length}`);
    return ids.at(-1) ?? '';
  };
  const store = open({ signing: secret, now: () => at, newId });
  const seen: unknown[] = [];

  async function take(each: Step): Promise<unknown> {
    if ('who' in each)
      return store.requestConfirmation(wishOf(each.who, each.districts, life), {
        consent: { version: '1', wording: '', at: at.toISOString() },
        client: `${life} ${at.getTime()}`,
      });
    if ('hours' in each) {
      at = new Date(at.getTime() + each.hours * 3_600_000);
      return;
    }
    const id = ids[each.nth] ?? 'nobody';
    if ('districts' in each) return store.changePreferences(id, { districts: each.districts });
    switch (each.does) {
      case 'confirm':
        return store.confirm({ token: secret.sign('confirm', id) });
      case 'guess':
        return store.confirm({
          channel: 'email',
          address: wishOf(0, [], life).address,
          code: secret.code(id),
        });
      case 'leave':
        return store.leaveDistrict(id, 'southend');
      case 'erase':
        return store.eraseEnded(id);
      default:
        return store.end(id, 'unsubscribed', { erase: each.does === 'forget' });
    }
  }

  for (const each of steps)
    seen.push(
      await take(each).then(
        (answer) => answer ?? 'done',
        (error: Error) => error.name,
      ),
    );
  const listed: string[] = [];
  for (const district of districts)
    for (let shard = 0; shard < SUBSCRIBER_SHARDS; shard++) {
      const { items } = await store.subscribersOf(district, shard, { limit: 1000 });
      listed.push(
        ...items
          .filter(({ id }) => ids.includes(id))
          .map((item) => `${district} ${JSON.stringify(sorted(item))}`),
      );
    }
  const kept = await Promise.all(ids.map((id) => store.find(id)));
  const stillOpen = await Promise.all(ids.map((id) => store.openConfirmation(id)));
  const active = (await store.activeSubscriptions(ids)).map(({ id }) => id).sort();
  return { seen, listed, kept, open: stillOpen, active, ids };
}

const sorted = (item: object) => Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1));

test('whatever happens, the table and memory tell the same', async () => {
  let life = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      life++;
      const inTable = await live(
        (deps) => subscriptionStore({ ...deps, table: dynoxide.table }),
        steps,
        life,
      );
      const inMemory = await live(fakeSubscriptionStore, steps, life);
      expect(inTable).toEqual(inMemory);
      const addresses = inTable.kept.filter((each) => each?.status === 'active').map((each) => each?.address);
      expect(new Set(addresses).size).toBe(addresses.length);
      for (const line of inTable.listed)
        expect(inTable.active.some((id) => line.includes(`"${id}"`))).toBe(true);
    }),
    { numRuns: runs(40) },
  );
});
