import { expect, test } from 'vitest';
import { sweep } from '../../../functions/tick/sweep.ts';
import { chunkStore } from '../../../shared/bulletins/chunk-store.ts';
import { dueStore } from '../../../shared/table/due-store.ts';
import { startDynoxide } from '../../support/dynoxide.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';

const MINUTE = 60_000;
const start = new Date('2027-01-04T10:00:00Z');

test('a chunk that waits its turn for hours is queued again ever more rarely, and soon after it was put off', async () => {
  const { table, stop } = await startDynoxide();
  const chunks = chunkStore(table);
  const queuedAt: number[] = [];
  let at = start;
  const send = async (all: unknown[]) => {
    for (const _ of all) queuedAt.push((at.getTime() - start.getTime()) / MINUTE);
  };
  const unused = { send: async () => {} };
  const chunk = { id: 'c', bulletin: 'b', district: 'southend', channel: 'sms' as const };
  const members = { entries: [0], subscriptions: ['s'], overtakes: false };
  const runUntil = async (minutes: number) => {
    for (; at.getTime() < start.getTime() + minutes * MINUTE; at = new Date(at.getTime() + MINUTE))
      await sweep({
        due: dueStore(table),
        bulletins: fakeBulletinStore(),
        chunks,
        notices: { lastHeard: async () => undefined },
        subscribers: { eraseEnded: async () => {} },
        settle: unused,
        fanOut: unused,
        deliver: { email: unused, sms: { send } },
        force: essex,
        now: () => at,
      });
  };
  try {
    await chunks.plan({ ...chunk, ...members }, new Date(start.getTime() + 5 * MINUTE));
    await runUntil(170);
    expect(queuedAt).toEqual([5, 10, 20, 40, 80, 120, 160]);
    await chunks.putOff({ ...chunk, ...members }, new Date(start.getTime() + 171 * MINUTE));
    await runUntil(190);
    expect(queuedAt.slice(7)).toEqual([171, 176, 186]);
    await chunks.finish({ ...chunk, ...members }, { sent: 1, failed: 0 });
    await runUntil(260);
    expect(queuedAt).toHaveLength(10);
  } finally {
    await stop();
  }
});
