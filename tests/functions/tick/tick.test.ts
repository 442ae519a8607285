import { expect, test } from 'vitest';
import { lookForOptOuts } from '../../../functions/tick/look-for-opt-outs.ts';
import { type TickDeps, tick } from '../../../functions/tick/tick.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeChunkStore } from '../../support/fakes/chunk-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';

const now = new Date('2027-01-05T12:00:00Z');
const send = async () => {};

function ticking({
  due = [],
  next,
  calendars = async () => new Date('2027-01-06T00:00:00Z'),
}: {
  due?: { pk: string; sk: string; dueAt: string; type: string }[];
  next?: Date;
  calendars?: TickDeps['calendars'];
}) {
  const deps: TickDeps = {
    due: {
      async eachDue(_now, take) {
        for (const item of due) await take(item);
        return next;
      },
      lookAgain: async () => {},
      done: async () => {},
    },
    events: fakeEventStore(),
    bulletins: fakeBulletinStore(),
    chunks: fakeChunkStore(),
    notices: { lastHeard: async () => undefined },
    occasions: { isHeld: async () => true, markHeld: async () => {} },
    subscribers: { eraseEnded: async () => {} },
    settle: { send },
    fanOut: { send },
    deliver: { email: { send }, sms: { send } },
    force: essex,
    calendars,
    counts: async () => new Date('2027-01-09T00:00:00Z'),
    now: () => now,
  };
  return tick(deps)();
}

test('a tick says until when there is nothing to do: the next occasion', async () => {
  expect(await ticking({})).toEqual({ nothingUntil: '2027-01-05T18:00:00.000Z' });
});

test('or what falls due before it, or what calendars wait for', async () => {
  const dueAt = new Date('2027-01-05T13:05:00Z');
  expect(await ticking({ next: dueAt })).toEqual({ nothingUntil: dueAt.toISOString() });
  const calendars = new Date('2027-01-05T12:01:00Z');
  expect(await ticking({ next: dueAt, calendars: async () => calendars })).toEqual({
    nothingUntil: calendars.toISOString(),
  });
});

test('where something was due, also in vain, the next minute looks again', async () => {
  const unreadable = { pk: 'X', sk: 'X', dueAt: '2027-01-05T11:00:00Z', type: 'strange' };
  expect(await ticking({ due: [unreadable] })).toEqual({ nothingUntil: now.toISOString() });
});

test('numbers that opted out are looked for once a day', async () => {
  const held: string[] = [];
  const sent: unknown[] = [];
  const deps = {
    occasions: {
      isHeld: async (_what: string, date: string) => held.includes(date),
      markHeld: async (what: string, date: string) => void (what === 'opt-outs' && held.push(date)),
    },
    deliver: { sms: { send: async (messages: { body: unknown }[]) => void sent.push(messages[0]?.body) } },
    force: essex,
  };
  const look = (at: string) => lookForOptOuts({ ...deps, now: () => new Date(at) });
  expect(await look('2027-07-05T12:00:00Z')).toEqual(new Date('2027-07-05T23:00:00Z'));
  await look('2027-07-05T22:59:00Z');
  expect(sent).toEqual([{ optOutsAfter: '' }]);
  await look('2027-07-05T23:00:00Z');
  expect(sent).toHaveLength(2);
});

test('where a part fails the tick fails, so that nobody takes it for quiet', async () => {
  const calendars = () => Promise.reject(new Error('the table is away'));
  await expect(ticking({ calendars })).rejects.toThrow('the tick is not done');
});
