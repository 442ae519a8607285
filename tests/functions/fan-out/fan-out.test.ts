import { beforeEach, describe, expect, test } from 'vitest';
import { fanOut } from '../../../functions/fan-out/fan-out.ts';
import type { FanOutDeps } from '../../../functions/fan-out/plan-page.ts';
import { type Bulletin, type BulletinEntry, PLAN_PARTS } from '../../../shared/bulletins/bulletin.ts';
import type { Force } from '../../../shared/force/force.ts';
import type { Outgoing } from '../../../shared/runtime/queue.ts';
import type { Subscriber } from '../../../shared/subscriptions/subscription.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeChunkStore } from '../../support/fakes/chunk-store.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';
import { queueRecord } from '../../support/queue-record.ts';
import { succeeding } from '../../support/succeeding.ts';

const resident = (id: string, members: Partial<Subscriber> = {}): Subscriber => ({
  id,
  channel: 'email',
  districts: ['southend'],
  kinds: [],
  frequency: 'immediately',
  reminders: false,
  follows: [],
  ...members,
});
const entry = (eventId: string, members: Partial<BulletinEntry> = {}): BulletinEntry => ({
  eventId,
  version: 2,
  what: 'published',
  districts: ['southend'],
  kind: 'talk',
  startsAt: '2027-01-30T10:00:00.000Z',
  isUrgent: false,
  isPressing: false,
  ...members,
});
const moved = (eventId: string, districts = ['southend']) => entry(eventId, { what: 'moved', districts });

let residents: Subscriber[];
let succeeded: string[];
let force: Force;
let at: Date;
let chunks: ReturnType<typeof fakeChunkStore>;
let queued: Record<'fanOut' | 'email' | 'sms', Outgoing[]>;
/** How many messages it sent to itself. */
let sentOn: number;
let bulletins: ReturnType<typeof fakeBulletinStore>;
let notices: ReturnType<typeof fakeNoticeStore>;
let handler: ReturnType<typeof fanOut>;

beforeEach(() => {
  residents = [];
  succeeded = [];
  sentOn = 0;
  force = essex;
  at = new Date('2027-01-05T12:00:00Z');
  chunks = fakeChunkStore();
  bulletins = fakeBulletinStore();
  notices = fakeNoticeStore();
  queued = { fanOut: [], email: [], sms: [] };
  const queue = (name: keyof typeof queued) => ({
    send: async (messages: Outgoing[]) => {
      queued[name].push(...messages);
    },
  });
  const pageOf = (found: Subscriber[], { after = '', limit }: { after?: string; limit: number }) => {
    const left = found.filter(({ id }) => id > after);
    return { items: left.slice(0, limit), after: left.length > limit ? left[limit - 1]?.id : undefined };
  };
  const deps: FanOutDeps = {
    bulletins,
    chunks,
    notices,
    subscribers: {
      subscribersOf: async (district, shard, page) =>
        pageOf(shard === 0 ? residents.filter(({ districts }) => districts.includes(district)) : [], page),
      followersOf: async (eventId, page) =>
        pageOf(
          residents.filter(({ follows }) => follows.includes(eventId)),
          page,
        ),
      succeed: async (id, from, to) => void succeeded.push(`${id} ${from} ${to}`),
    },
    get force() {
      return force;
    },
    fanOut: queue('fanOut'),
    deliver: { email: queue('email'), sms: queue('sms') },
    now: () => at,
  };
  handler = fanOut(deps);
});

async function tell(entries: BulletinEntry[], members: Partial<Bulletin> = {}) {
  const bulletin: Bulletin = {
    id: 'b',
    district: 'southend',
    at: '2027-01-05T12:00:00Z',
    entries,
    ...members,
  };
  await bulletins.begin(bulletin);
  await handler({ Records: [queueRecord({ version: 1, bulletin: bulletin.id })] });
  for (let next = queued.fanOut.shift(); next; next = queued.fanOut.shift(), sentOn++)
    expect(await handler({ Records: [queueRecord(next.body)] })).toEqual({ batchItemFailures: [] });
  return chunks.all().map(({ chunk: { channel, entries: places, subscriptions } }) => ({
    channel,
    places,
    subscriptions,
  }));
}

test('those who hear the same are in chunks of 50 e-mails and 10 texts, and every part is marked planned', async () => {
  residents = Array.from({ length: 60 }, (_, at) => resident(`e${at + 10}`));
  residents.push(
    ...Array.from({ length: 12 }, (_, at) =>
      resident(`s${at + 10}`, { channel: 'sms', frequency: 'immediately' }),
    ),
  );
  const planned = await tell([entry('a')]);
  expect(planned.map(({ channel, subscriptions }) => [channel, subscriptions.length])).toEqual([
    ['email', 50],
    ['email', 10],
    ['sms', 10],
    ['sms', 2],
  ]);
  expect((await bulletins.get('b'))?.planned).toHaveLength(PLAN_PARTS);
});

test('a bulletin for few is planned at once; a part with more than a page goes on by itself', async () => {
  residents = Array.from({ length: 500 }, (_, at) => resident(`e${at + 1000}`));
  await tell([entry('a')]);
  expect(queued.fanOut).toEqual([]);
  expect(sentOn).toBe(0);
  residents.push(resident('one-more'));
  const planned = await tell([entry('a')], { id: 'c' });
  expect(sentOn).toBe(1);
  const all = planned.flatMap(({ subscriptions }) => subscriptions).filter((id) => id === 'one-more');
  expect(all).toHaveLength(1);
  expect((await bulletins.get('c'))?.planned).toHaveLength(PLAN_PARTS);
});

test('a message that comes again plans only what is left', async () => {
  residents = [resident('ann')];
  await tell([entry('a')]);
  expect(queued.email).toHaveLength(1);
  await tell([entry('a')]);
  expect(queued.email).toHaveLength(1);
});

test('what became of an event overtakes news in the queue', async () => {
  residents = [resident('ann', { follows: ['a'] })];
  await tell([entry('a')]);
  await tell([moved('a')], { id: 'c' });
  expect(queued.email).toMatchObject([{ overtakes: false }, { overtakes: true }]);
  expect(chunks.all().map(({ chunk }) => chunk.overtakes)).toEqual([false, true]);
});

describe('those who follow an event', () => {
  test('from elsewhere hear what became of it, once', async () => {
    residents = [
      resident('far', { districts: ['harlow'], follows: ['a'] }),
      resident('nowhere', { districts: [], follows: ['a', 'b'] }),
      resident('here', { follows: ['a'] }),
      resident('other'),
    ];
    expect(await tell([moved('a'), moved('b')])).toEqual([
      { channel: 'email', places: [0], subscriptions: ['here'] },
      { channel: 'email', places: [0], subscriptions: ['far'] },
      { channel: 'email', places: [0, 1], subscriptions: ['nowhere'] },
    ]);
  });

  test('hear of an event in several districts from the first alone', async () => {
    residents = [resident('nowhere', { districts: [], follows: ['a'] })];
    expect(await tell([moved('a', ['southend', 'basildon'])])).toEqual([]);
  });

  test('are asked how it was, those of the district too, and nobody else', async () => {
    residents = [
      resident('here', { follows: ['a'] }),
      resident('far', { districts: ['harlow'], follows: ['a'] }),
      resident('phone', { channel: 'sms', follows: ['a'] }),
      resident('other', { reminders: true }),
    ];
    const survey = entry('a', { what: 'survey', districts: ['southend', 'harlow'] });
    expect(await tell([survey], { district: 'harlow', occasion: 'survey' })).toEqual([
      { channel: 'email', places: [0], subscriptions: ['here', 'far'] },
    ]);
    expect((await bulletins.get('b'))?.planned).toHaveLength(PLAN_PARTS);
  });

  test('are paged like anybody', async () => {
    residents = Array.from({ length: 1203 }, (_, at) =>
      resident(`f${at + 1000}`, { districts: [], follows: ['a'] }),
    );
    const planned = await tell([moved('a')]);
    expect(planned.flatMap(({ subscriptions }) => subscriptions)).toHaveLength(1203);
  });
});

describe('what goes on after a series was split', () => {
  const part = entry('part', { what: 'moved', continues: ['series'] });

  test('is heard of by those who followed the series, each once, however many', async () => {
    residents = Array.from({ length: 701 }, (_, at) =>
      resident(`f${at + 1000}`, { districts: [], follows: ['series'] }),
    );
    residents.push(resident('both', { districts: [], follows: ['part', 'series'] }));
    const planned = await tell([part]);
    const told = planned.flatMap(({ subscriptions }) => subscriptions);
    expect(new Set(told).size).toBe(702);
    expect(told.filter((id) => id.startsWith('f'))).toHaveLength(701);
  });

  test('is heard of by those who were told of the series, and by nobody else', async () => {
    residents = [resident('told'), resident('newcomer')];
    await bulletins.noteCauses({ id: 'news', district: 'southend', at: '', entries: [entry('series')] });
    const claiming = { bulletin: 'news', subscriptions: ['told'], entries: [0], claim: 'c' };
    await notices.claim(claiming, { now: at, until: new Date(at.getTime() + 60_000) });
    expect(await tell([part])).toEqual([{ channel: 'email', places: [0], subscriptions: ['told'] }]);
  });
});

describe('a district that ended', () => {
  test('tells its subscribers, who go on with the successor', async () => {
    force = succeeding;
    at = new Date('2028-04-01T07:00:00Z');
    residents = [resident('ann', { districts: ['rochford'] }), resident('bob', { districts: ['harlow'] })];
    expect(await tell([], { district: 'rochford', occasion: 'succession' })).toEqual([
      { channel: 'email', places: [], subscriptions: ['ann'] },
    ]);
    expect(succeeded).toEqual(['ann rochford southend']);
  });

  test('still has what becomes of its events told, to those of the successor', async () => {
    force = succeeding;
    at = new Date('2028-04-01T07:00:00Z');
    residents = [resident('ann'), resident('bob', { districts: ['harlow'] })];
    const news = [entry('a', { districts: ['rochford'] })];
    expect(await tell(news, { district: 'rochford' })).toEqual([
      { channel: 'email', places: [0], subscriptions: ['ann'] },
    ]);
  });
});
