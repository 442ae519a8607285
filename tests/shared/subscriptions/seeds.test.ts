import { afterAll, beforeAll, expect, test } from 'vitest';
import { SUBSCRIBER_SHARDS } from '../../../shared/bulletins/bulletin.ts';
import { subscriberStore } from '../../../shared/subscriptions/subscriber-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { generatedSubscription, seedSubscriptions } from '../../support/fakes/subscription-seeds.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

test('generated residents are found as if they had subscribed, spread evenly, and can leave', async () => {
  const store = subscriberStore({ table: dynoxide.table, now: () => new Date('2027-01-04T10:00:00Z') });
  const residents = Array.from({ length: 800 }, (_, n) => generatedSubscription(n));
  await seedSubscriptions(dynoxide.table, residents);
  const shards = await Promise.all(
    Array.from({ length: SUBSCRIBER_SHARDS }, (_, shard) =>
      store.subscribersOf('southend', shard, { limit: 2000 }),
    ),
  );
  expect(shards.flatMap(({ items }) => items.map(({ id }) => id)).sort()).toEqual(
    residents.map(({ id }) => id),
  );
  for (const { items } of shards) expect(items.length).toBeGreaterThan(800 / SUBSCRIBER_SHARDS / 2);
  const [first] = residents;
  expect(await store.activeSubscriptions([first?.id ?? ''])).toEqual([first]);
  await store.end(first?.id ?? '', 'unsubscribed');
  expect(await store.activeSubscriptions([first?.id ?? ''])).toEqual([]);
});
