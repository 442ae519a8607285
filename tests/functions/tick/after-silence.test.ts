import { beforeEach, expect, test } from 'vitest';
import { afterSilence } from '../../../functions/tick/after-silence.ts';
import type { Delivery } from '../../../shared/bulletins/delivery-queues.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeChunkStore } from '../../support/fakes/chunk-store.ts';

const ann = { id: 'ann', districts: ['southend', 'harlow'], confirmedAt: '2027-01-05T12:00:00Z' };
const news = { id: 'b', district: 'harlow', at: '2027-03-01T12:00:00Z', entries: [] };
let heardAt: Date | undefined;
let asked: string[];
let queued: Delivery[];
let chunks: ReturnType<typeof fakeChunkStore>;

beforeEach(() => {
  heardAt = undefined;
  queued = [];
  chunks = fakeChunkStore();
});

async function look(now: string) {
  const bulletins = fakeBulletinStore();
  await bulletins.begin(news);
  const send = async (all: Delivery[]) => void queued.push(...all);
  return afterSilence(ann, {
    bulletins,
    chunks,
    notices: {
      lastHeard: async (_id, ids) => {
        asked = ids;
        return heardAt;
      },
    },
    deliver: { email: { send }, sms: { send } },
    force: essex,
    now: () => new Date(now),
  });
}

test('who heard nothing for 90 days is told that they are still subscribed', async () => {
  expect(await look('2027-04-05T12:00:00Z')).toBeUndefined();
  expect(asked).toEqual(['b']);
  expect(chunks.all().map(({ chunk }) => chunk)).toMatchObject([
    { bulletin: 'still-subscribed-2027-04-05', channel: 'email', entries: [], subscriptions: ['ann'] },
  ]);
  expect(queued).toHaveLength(1);
});

test('who heard something meanwhile is looked at again 90 days after that', async () => {
  heardAt = new Date('2027-03-01T12:10:00Z');
  expect(await look('2027-04-05T12:00:00Z')).toEqual(new Date('2027-05-30T12:10:00Z'));
  expect(queued).toEqual([]);
});

test('nobody is told at night', async () => {
  expect(await look('2027-04-05T02:00:00Z')).toEqual(new Date('2027-04-05T07:00:00Z'));
  expect(queued).toEqual([]);
});
