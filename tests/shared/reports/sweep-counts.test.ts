import { beforeEach, expect, test } from 'vitest';
import type { CountMessage } from '../../../shared/reports/count-message.ts';
import type { CountState } from '../../../shared/reports/count-state-store.ts';
import { sweepCounts } from '../../../shared/reports/sweep-counts.ts';

let kept: CountState;
let sent: CountMessage[];
beforeEach(() => {
  kept = {};
  sent = [];
});

const sweep = (now: string) =>
  sweepCounts({
    state: {
      read: async () => kept,
      reach: async (next, at) => {
        kept = { ...kept, under: { next, at: at.toISOString() } };
      },
      finish: async (day) => {
        kept = { day };
      },
    },
    timeZone: 'Europe/London',
    now: new Date(now),
    send: async (messages) => void sent.push(...messages.map(({ body }) => body)),
  });

test('all is counted at first, and again a week later', async () => {
  await sweep('2027-06-01T12:00Z');
  expect(sent).toEqual([{ recount: { day: '2027-06-01', stop: 'events', part: 0 } }]);
  kept = { day: '2027-06-01' };
  expect(await sweep('2027-06-07T22:59Z')).toEqual(new Date('2027-06-07T23:00Z'));
  expect(sent).toHaveLength(1);
  await sweep('2027-06-07T23:00Z');
  expect(sent[1]).toEqual({ recount: { day: '2027-06-08', stop: 'events', part: 0 } });
});

test('a recount that lost its message goes on where it was', async () => {
  await sweep('2027-06-01T12:00Z');
  const next = { day: '2027-06-01', stop: 'bulletins', part: 3 } as const;
  kept = { under: { next, at: '2027-06-01T12:01:00.000Z' } };
  expect(await sweep('2027-06-01T12:05Z')).toEqual(new Date('2027-06-01T12:11Z'));
  expect(sent).toHaveLength(1);
  await sweep('2027-06-01T12:12Z');
  expect(sent[1]).toEqual({ recount: next });
});
