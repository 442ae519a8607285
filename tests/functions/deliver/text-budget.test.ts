import { afterAll, beforeAll, expect, test } from 'vitest';
import { textBudget } from '../../../functions/deliver/text-budget.ts';
import { textMoney } from '../../../shared/bulletins/text-money.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const open = (pence: number, at: () => Date) => {
  const told: Date[] = [];
  const budget = textBudget({
    table: dynoxide.table,
    pence,
    timeZone: 'Europe/London',
    now: at,
    usedUp: () => told.push(at()),
  });
  return { ...budget, told };
};
const news = { isPressing: false };
const pressing = { isPressing: true };

test('workers together spend a month’s money and no more, and keep a twentieth for what presses', async () => {
  const now = () => new Date('2027-01-20T12:00:00Z');
  const workers = [open(400, now), open(400, now)];
  const reserved = await Promise.all(Array.from({ length: 120 }, (_, n) => workers[n % 2]?.reserve(4, news)));
  expect(reserved.filter(Boolean)).toHaveLength(95);
  const [one] = workers;
  const last: (boolean | undefined)[] = [];
  for (let text = 0; text < 7; text++) last.push(await one?.reserve(4, pressing));
  expect(last).toEqual([true, true, true, true, true, false, false]);
});

test('operators are told once a month', async () => {
  const budget = open(8, () => new Date('2027-02-10T12:00:00Z'));
  await budget.reserve(4, news);
  for (let text = 0; text < 5; text++) expect(await budget.reserve(4, news)).toBe(false);
  const other = open(8, () => new Date('2027-02-11T12:00:00Z'));
  await other.reserve(4, news);
  expect([...budget.told, ...other.told]).toHaveLength(1);
});

test('a text that did not go costs nothing', async () => {
  const budget = open(10, () => new Date('2027-03-10T12:00:00Z'));
  expect(await budget.reserve(9, news)).toBe(true);
  expect(await budget.reserve(9, news)).toBe(false);
  await budget.giveBack(9);
  expect(await budget.reserve(9, news)).toBe(true);
});

test('the month is that of the force’s clocks', async () => {
  const april = open(10, () => new Date('2027-04-30T22:30:00Z'));
  expect(await april.reserve(9, news)).toBe(true);
  const may = open(10, () => new Date('2027-04-30T23:30:00Z'));
  expect(await may.reserve(9, news)).toBe(true);
  expect(await april.reserve(9, news)).toBe(false);
});

test('with no money for texts there are none', async () => {
  expect(await open(0, () => new Date('2027-06-01T12:00:00Z')).reserve(4, pressing)).toBe(false);
});

test('officers read what is left, and what of it is for news', async () => {
  const now = () => new Date('2027-07-10T12:00:00Z');
  const left = textMoney({ table: dynoxide.table, pence: 100, timeZone: 'Europe/London', now });
  expect(await left()).toEqual({ all: 100, news: 95 });
  const budget = open(100, now);
  await budget.reserve(90, news);
  expect(await left()).toEqual({ all: 10, news: 5 });
  await budget.reserve(8, pressing);
  expect(await left()).toEqual({ all: 2, news: 0 });
});
