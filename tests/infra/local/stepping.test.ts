import { expect, test } from 'vitest';
import { movableClock, newClockLead } from '../../../infra/local/clock.ts';
import { readDuration } from '../../../infra/local/duration.ts';
import { nextStop, stepFor, wakeAt, walkTo } from '../../../infra/local/stepping.ts';
import { openWork } from '../../../infra/local/work.ts';

const minute = 60_000;
const hour = 60 * minute;

test.each([
  [2 * hour, minute],
  [24 * hour, 15 * minute],
  [31 * 24 * hour, 15 * minute],
  [60 * 24 * hour, hour],
])('a jump of %i ms is walked in steps of %i', (jump, step) => {
  expect(stepFor(jump)).toBe(step);
});

test('stops at whole steps, before them where something falls due, and at the target', () => {
  expect(nextStop(5 * minute + 1, hour, 15 * minute, {})).toBe(15 * minute);
  expect(nextStop(0, hour, 15 * minute, { dueAt: 7 })).toBe(7);
  expect(nextStop(10, 20, minute, {})).toBe(20);
  expect(nextStop(10, hour, minute, { dueAt: 3 })).toBe(minute);
});

test('passes over steps at which schedules find nothing to do, but not over what falls due before', () => {
  const idleUntil = 50 * minute;
  expect(nextStop(0, 3 * hour, 15 * minute, { idleUntil })).toBe(hour);
  expect(nextStop(0, 3 * hour, 15 * minute, { idleUntil, dueAt: 20 * minute })).toBe(20 * minute);
  expect(nextStop(0, 40 * minute, 15 * minute, { idleUntil })).toBe(40 * minute);
});

test('a machine that slept wakes up late, and does at once and once what fell due meanwhile', async () => {
  const clock = testClock();
  const start = clock.now();
  const work = openWork(clock.now);
  const ran: number[] = [];
  let dueAt: number | undefined = start + minute;
  work.add({
    busy: () => 0,
    nextDueAt: () => dueAt,
    startDue() {
      if (dueAt === undefined || clock.now() < dueAt) return;
      ran.push(Math.round((clock.now() - start) / hour));
      dueAt = undefined;
    },
  });
  await wakeAt(start + 3000 * hour, { clock, work });
  expect(ran).toEqual([3000]);
  await expect(wakeAt(start, { clock, work })).rejects.toThrow('never goes back');
  work.close();
});

test('runs what falls due on the way at its time, and waits until what it caused is done', async () => {
  const clock = testClock();
  const start = clock.now();
  const work = openWork(clock.now);
  const ran: number[] = [];
  let dueAt: number | undefined = start + 10 * minute + 7;
  let busy = 0;
  work.add({
    busy: () => busy,
    nextDueAt: () => dueAt,
    startDue() {
      if (dueAt === undefined || clock.now() < dueAt) return;
      ran.push(clock.now() - start);
      dueAt = ran.length < 3 ? clock.now() + 40 * minute : undefined;
      busy = 1;
      setTimeout(() => {
        busy = 0;
        work.changed();
      }, 20);
    },
  });
  const scheduled: number[] = [];
  await walkTo(start + 3 * hour, {
    clock,
    work,
    schedules: {
      onlyAtStops: () => {},
      runDue: () => void scheduled.push(clock.now() - start),
      idleUntil: () => 0,
    },
  });
  work.close();
  expect(ran).toHaveLength(3);
  // No later than a slow machine is: a step too far would be a minute.
  const slow = 5_000;
  expect((ran[0] ?? 0) - (10 * minute + 7)).toBeLessThan(slow);
  expect((ran[2] ?? 0) - (90 * minute + 7)).toBeLessThan(slow);
  expect(scheduled.length).toBeGreaterThanOrEqual(12);
  expect(clock.now() - start).toBeLessThan(3 * hour + slow);
});

test('never goes back', async () => {
  const clock = testClock();
  const schedules = { onlyAtStops: () => {}, runDue: () => {}, idleUntil: () => 0 };
  await expect(walkTo(clock.now() - 1000, { clock, work: openWork(clock.now), schedules })).rejects.toThrow(
    'never goes back',
  );
});

test('keeps its lead', () => {
  let kept: unknown;
  const saved = { read: () => kept, write: (leadMs: number) => (kept = leadMs) };
  const clock = movableClock(newClockLead(), saved);
  clock.putForwardTo(clock.now() + hour);
  expect(movableClock(newClockLead(), saved).now() - Date.now()).toBeGreaterThan(hour - 1000);
});

test.each([
  ['PT24H', 24 * hour],
  ['P30D', 30 * 24 * hour],
  ['P1DT1M', 24 * hour + minute],
  ['PT0.5S', 500],
  ['P1M', undefined],
  ['PT', undefined],
  ['24h', undefined],
])('%s lasts %s ms', (text, milliseconds) => {
  expect(readDuration(text)).toBe(milliseconds);
});

const testClock = () => movableClock(newClockLead(), { read: () => undefined, write: () => {} });
