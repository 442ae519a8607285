import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendRate } from '../../../functions/deliver/send-rate.ts';
import { takeTurn } from '../../../functions/deliver/take-turn.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

test('workers together send no more in any second than the cap, and no less than they may', async () => {
  const perSecond = 100;
  const each = 10;
  const times: number[] = [];
  const begin = performance.now();
  const worker = async () => {
    const rate = sendRate({
      table: dynoxide.table,
      channel: 'email',
      perSecond,
      now: () => new Date(),
    });
    for (let turn = 0; turn < 3; turn++) {
      expect(await takeTurn(each, rate, { now: () => new Date(), pause })).toBeUndefined();
      times.push(...Array.from({ length: each }, () => performance.now() - begin));
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  times.sort((one, other) => one - other);
  expect(times).toHaveLength(180);
  // The first of 180 goes at once, the last portion of ten 1.7 seconds later.
  expect(times.at(-1)).toBeGreaterThan(1_650);
  expect(times.at(-1)).toBeLessThan(2_700);
  const most = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
  // A portion that started late, on a busy machine, shares its second with the next.
  expect(most).toBeLessThanOrEqual(perSecond + 2 * each);
});

test('whoever would wait too long is told when to come back, and books nothing', async () => {
  const now = new Date('2027-01-05T12:00:00Z');
  const rate = sendRate({ table: dynoxide.table, channel: 'sms', perSecond: 1, now: () => now });
  expect(await rate.book(12)).toEqual({ startsAt: now });
  const turn = { askAgainAt: new Date(now.getTime() + 12_000) };
  expect(await rate.book(1)).toEqual(turn);
  expect(await rate.book(1)).toEqual(turn);
  const other = sendRate({ table: dynoxide.table, channel: 'sms', perSecond: 1, now: () => now });
  expect(await other.book(1)).toEqual(turn);
});

test('what nobody used of a quiet hour is not saved up', async () => {
  let now = new Date('2027-01-06T12:00:00Z');
  const rate = sendRate({ table: dynoxide.table, channel: 'sms', perSecond: 1, now: () => now });
  await rate.book(1);
  now = new Date('2027-01-06T13:00:00Z');
  expect(await rate.book(1)).toEqual({ startsAt: now });
  expect(await rate.book(1)).toEqual({ startsAt: new Date(now.getTime() + 1_000) });
});
