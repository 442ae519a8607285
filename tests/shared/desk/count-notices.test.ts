import { expect, test } from 'vitest';
import { tellingWords } from '../../../functions/console/publishing/telling.ts';
import type { Bulletin } from '../../../shared/bulletins/bulletin.ts';
import { changesBetween } from '../../../shared/bulletins/change.ts';
import { compose } from '../../../shared/bulletins/settling.ts';
import { countNotices } from '../../../shared/desk/count-notices.ts';
import { shardOf } from '../../../shared/subscriptions/subscription-keys.ts';
import { aDraft, anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';
import { generatedSubscription } from '../../support/fakes/subscription-seeds.ts';

const now = () => new Date('2027-01-25T08:00:00Z');
const event = anEvent();
const changes = changesBetween(aDraft(), event, { now: now(), newId: () => 'c' });
const bulletin: Bulletin = {
  id: 'preview',
  district: 'southend',
  at: now().toISOString(),
  entries: compose(changes, new Map([[event.id, event]]), now()),
};

/** Counts among so many residents of Southend, and how many had to be looked at for it. */
async function counted(people: number, mayEstimate: boolean) {
  const shards = Map.groupBy(
    Array.from({ length: people }, (_, n) =>
      generatedSubscription(n, {
        channel: n % 5 ? 'email' : 'sms',
        frequency: n % 3 ? 'immediately' : 'weekly',
      }),
    ),
    ({ id }) => shardOf(id),
  );
  let looked = 0;
  const counts = await countNotices(bulletin, {
    bulletins: fakeBulletinStore(),
    notices: fakeNoticeStore(),
    subscriptions: {
      subscribersOf: async (_district, shard, { after, limit }) => {
        const from = Number(after ?? 0);
        const items = (shards.get(shard) ?? []).slice(from, from + limit);
        looked += items.length;
        return { items, after: items.length === limit ? String(from + limit) : undefined };
      },
      followersOf: async () => ({ items: [], after: undefined }),
    },
    force: essex,
    now,
    mayEstimate,
  });
  return { ...counts, looked };
}

test('few are counted one by one, also where a page may estimate', async () => {
  const exact = await counted(7_000, false);
  expect(exact).toMatchObject({ isEstimate: false, looked: 7_000 });
  expect(await counted(7_000, true)).toEqual(exact);
});

test('of very many an eighth is looked at, and comes within a few in a hundred', async () => {
  const exact = await counted(40_000, false);
  const about = await counted(40_000, true);
  expect(about.isEstimate).toBe(true);
  expect(about.looked).toBeLessThan(exact.looked / 7);
  for (const channel of ['email', 'sms'] as const)
    expect(Math.abs(about[channel] / exact[channel] - 1), channel).toBeLessThan(0.08);
});

test('what is estimated is said as such', () => {
  const words = (counts: { email: number; sms: number }, isEstimate: boolean) =>
    tellingWords({ ...counts, isEstimate }, now(), { now: now(), timeZone: 'Europe/London' });
  expect(words({ email: 24_618, sms: 0 }, true)).toBe(
    'An email to about 25,000 people goes out in the next few minutes.',
  );
  expect(words({ email: 24_618, sms: 1 }, false)).toContain(
    'An email to 24,618 people and a text to 1 person',
  );
});
