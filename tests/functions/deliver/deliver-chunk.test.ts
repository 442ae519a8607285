import { beforeEach, describe, expect, test } from 'vitest';
import { deliverChunk } from '../../../functions/deliver/deliver-chunk.ts';
import type { Turn } from '../../../functions/deliver/send-rate.ts';
import type { Sent } from '../../../functions/deliver/sent.ts';
import type { Bulletin, BulletinEntry, Occasion } from '../../../shared/bulletins/bulletin.ts';
import { momentOf, type What } from '../../../shared/bulletins/change.ts';
import type { Chunk } from '../../../shared/bulletins/chunk-store.ts';
import type { Standing } from '../../../shared/bulletins/health-store.ts';
import { cancelled, edit } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { NoticeEntry } from '../../../shared/notices/notice-entry.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { anEvent } from '../../support/an-event.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeChunkStore } from '../../support/fakes/chunk-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';

const by = { id: 'a', name: 'A' };
const noon = new Date('2027-01-05T12:00:00Z');
const night = new Date('2027-01-05T23:00:00Z');
const resident = (id: string, members: Partial<Subscription> = {}): Subscription => ({
  id,
  status: 'active',
  channel: 'email',
  address: `${id}@example.com`,
  districts: ['southend'],
  kinds: [],
  frequency: 'immediately',
  reminders: false,
  follows: [],
  consent: { wording: '', version: '1', at: '' },
  confirmedAt: '',
  ...members,
});

let at: Date;
let events: ReturnType<typeof fakeEventStore>;
let bulletins: ReturnType<typeof fakeBulletinStore>;
let chunks: ReturnType<typeof fakeChunkStore>;
let notices: ReturnType<typeof fakeNoticeStore>;
let residents: Map<string, Subscription>;
let answers: Sent[];
let sent: { to: string; titles: string[]; whats: string[] }[];
let beforeSend: () => Promise<void>;
let standing: Standing;
let ended: string[];
let endFails = false;
let turns: Turn[];
let booked: number[];
let claims = 0;

beforeEach(() => {
  at = noon;
  events = fakeEventStore();
  bulletins = fakeBulletinStore();
  chunks = fakeChunkStore();
  notices = fakeNoticeStore();
  residents = new Map(['ann', 'bob'].map((id) => [id, resident(id)]));
  answers = [];
  sent = [];
  beforeSend = async () => {};
  standing = 'going';
  ended = [];
  turns = [];
  booked = [];
});

const save = (previous: Event | undefined, event: Event) =>
  events.save(edit(previous, event, { by, action: 'edit', now: at, newId: () => 'id' }));

const send = async (to: Subscription[], { entries }: { entries: NoticeEntry[] }) =>
  to.map(({ id }): Sent => {
    sent.push({
      to: id,
      titles: entries.map(({ event }) => event.title),
      whats: entries.map(({ what }) => what),
    });
    return answers.shift() ?? { outcome: 'sent', messageId: `m-${id}` };
  });

const deliver = (chunk = 'c') =>
  deliverChunk('b', chunk, {
    bulletins,
    chunks,
    notices,
    events,
    subscribers: {
      activeSubscriptions: async (ids) => {
        await beforeSend();
        return ids.flatMap((id) => residents.get(id) ?? []).filter(({ status }) => status === 'active');
      },
      end: async (id, reason) => {
        if (endFails) throw new Error('busy');
        ended.push(`${id} ${reason}`);
      },
    },
    health: { standing: async () => standing },
    rates: { email: rate, sms: rate },
    send: { email: send, sms: send },
    timeZone: 'Europe/London',
    current: (district) => (district === 'rochford' ? 'southend' : district),
    now: () => at,
    pause: async (milliseconds) => {
      at = new Date(at.getTime() + milliseconds);
    },
    newId: () => `claim-${claims++}`,
  });
const rate = {
  perSecond: 1000,
  book: async (count: number) => {
    booked.push(count);
    return turns.shift() ?? { startsAt: at };
  },
};

const entryOf = (
  event: Event,
  what: What = 'published',
  members: Partial<BulletinEntry> = {},
): BulletinEntry => ({
  eventId: event.id,
  version: event.version,
  what,
  districts: event.districts,
  kind: event.kind,
  startsAt: '2027-01-30T10:00:00.000Z',
  isUrgent: false,
  isPressing: false,
  before: what === 'published' ? undefined : momentOf(anEvent({}, event.id)),
  ...members,
});

async function plan(entries: BulletinEntry[], members: Partial<Chunk> = {}, occasion?: Occasion) {
  const bulletin: Bulletin = { id: 'b', district: 'southend', at: at.toISOString(), occasion, entries };
  await bulletins.begin(bulletin);
  await chunks.plan(
    {
      id: 'c',
      bulletin: 'b',
      district: 'southend',
      channel: 'email',
      entries: entries.map((_, place) => place),
      subscriptions: ['ann', 'bob'],
      overtakes: false,
      ...members,
    },
    new Date(at.getTime() + 300_000),
  );
}
const planned = async (...news: Event[]) => {
  for (const event of news) await save(undefined, event);
  await plan(news.map((event) => entryOf(event)));
};
const openDay = anEvent();

describe('a chunk', () => {
  test('reaches everyone in it once, however often it comes', async () => {
    await planned(openDay);
    await deliver();
    await deliver();
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
    expect(chunks.all()[0]?.tally).toEqual({ sent: 2, failed: 0 });
  });

  test('a subscriber in two chunks of a bulletin is told by one', async () => {
    await planned(openDay);
    await chunks.plan(
      {
        id: 'd',
        bulletin: 'b',
        district: 'southend',
        channel: 'email',
        entries: [0],
        subscriptions: ['ann'],
        overtakes: false,
      },
      at,
    );
    await deliver();
    await deliver('d');
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
  });

  test('does not advertise what was cancelled meanwhile, nor what is over', async () => {
    const talk = anEvent({ title: 'Talk', start: '2027-01-05T10:00', end: '2027-01-05T11:00' }, 'talk');
    const walk = anEvent({ title: 'Walk' }, 'walk');
    await planned(openDay, talk, walk);
    await save(walk, cancelled(walk, 'Flood', at));
    await deliver();
    expect(sent[0]?.titles).toEqual([openDay.title]);
  });

  test('with nothing left to tell ends without a word', async () => {
    await planned(openDay);
    await save(openDay, cancelled(openDay, 'Flood', at));
    await deliver();
    expect(sent).toEqual([]);
    expect(chunks.all()[0]?.tally).toEqual({ sent: 0, failed: 0 });
    expect(notices.all()).toEqual([]);
  });

  test('goes to nobody who left, or left the district', async () => {
    await planned(openDay);
    residents.set('ann', resident('ann', { status: 'ended' }));
    residents.set('bob', resident('bob', { districts: ['harlow'] }));
    await deliver();
    expect(sent).toEqual([]);
  });

  test('is told of a cancellation also when the event is over by its old time', async () => {
    const off = cancelled(openDay, 'Flood', at);
    await save(undefined, openDay);
    await save(openDay, off);
    await plan([entryOf(off, 'cancelled')]);
    await deliver();
    expect(sent[0]?.whats).toEqual(['cancelled']);
  });

  test('of which a cancellation is committed after the claim finds who to tell of it', async () => {
    await planned(openDay);
    let told = new Set<string>();
    beforeSend = async () => {
      told = await notices.told('b', 0, ['ann', 'bob']);
    };
    await deliver();
    expect(told).toEqual(new Set(['ann', 'bob']));
  });
});

describe('goes also to somebody who', () => {
  test('follows its events from another district, and not to who follows others', async () => {
    await planned(openDay);
    residents.set('ann', resident('ann', { districts: ['harlow'], follows: [openDay.id] }));
    residents.set('bob', resident('bob', { districts: [], follows: ['another'] }));
    await deliver();
    expect(sent.map(({ to }) => to)).toEqual(['ann']);
  });

  test('has the district that succeeded its own', async () => {
    await save(undefined, openDay);
    await plan([entryOf(openDay)], { district: 'rochford' });
    await deliver();
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
  });
});

test('a letter about no event goes to everyone in its chunk, by day', async () => {
  await plan([], { district: 'rochford' }, 'succession');
  at = night;
  await deliver();
  expect(sent).toEqual([]);
  at = new Date('2027-01-06T08:00:00Z');
  await deliver();
  await deliver();
  expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
});

describe('at night', () => {
  test('a chunk waits for the morning', async () => {
    await planned(openDay);
    at = night;
    await deliver();
    expect(sent).toEqual([]);
    expect(chunks.all()[0]?.checkAt.toISOString()).toBe('2027-01-06T08:00:00.000Z');
    at = new Date('2027-01-06T08:00:00Z');
    await deliver();
    expect(sent).toHaveLength(2);
  });

  test('a pressing cancellation does not', async () => {
    const off = cancelled(openDay, 'Flood', at);
    await save(undefined, openDay);
    await save(openDay, off);
    await plan([entryOf(off, 'cancelled', { isPressing: true })]);
    at = night;
    await deliver();
    expect(sent).toHaveLength(2);
  });
});

describe('when the provider', () => {
  test('does not take it now, it is sent a minute later and nobody twice', async () => {
    await planned(openDay);
    answers = [{ outcome: 'sent' }, { outcome: 'refused' }];
    await deliver();
    expect(chunks.all()[0]?.checkAt).toEqual(new Date(noon.getTime() + 60_000));
    at = new Date(noon.getTime() + 60_000);
    await deliver();
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob', 'bob']);
    expect(chunks.all()[0]?.tally).toEqual({ sent: 2, failed: 0 });
  });

  test('will never take it, it is not tried again', async () => {
    await planned(openDay);
    answers = [{ outcome: 'rejected' }];
    await deliver();
    expect(chunks.all()[0]?.tally).toEqual({ sent: 1, failed: 1 });
  });

  test('does not say, it is sent once more after ten minutes and then no more', async () => {
    await planned(openDay);
    answers = [{ outcome: 'unknown' }, { outcome: 'sent' }, { outcome: 'unknown' }];
    await deliver();
    expect(chunks.all()[0]?.checkAt).toEqual(new Date(noon.getTime() + 600_000));
    expect(chunks.all()[0]?.tally).toBeUndefined();
    await deliver();
    at = new Date(noon.getTime() + 600_000);
    await deliver();
    at = new Date(noon.getTime() + 1_200_000);
    await deliver();
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob', 'ann']);
  });

  test('says later that it was sent, it is not sent again', async () => {
    await planned(openDay);
    answers = [{ outcome: 'unknown' }];
    await deliver();
    await notices.markSent('b', 'ann');
    at = new Date(noon.getTime() + 600_000);
    await deliver();
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
    expect(chunks.all()[0]?.tally).toEqual({ sent: 2, failed: 0 });
  });
});

test('a worker that died is replaced when its lease is over, and those it told are left alone', async () => {
  await planned(openDay);
  const { release } = notices;
  notices.release = () => Promise.reject(new Error('killed'));
  beforeSend = () => Promise.reject(new Error('killed'));
  await expect(deliver()).rejects.toThrow('killed');
  notices.release = release;
  beforeSend = async () => {};
  await deliver();
  expect(sent).toEqual([]);
  expect(chunks.all()[0]?.checkAt).toEqual(new Date(noon.getTime() + 120_000));
  at = new Date(noon.getTime() + 120_000);
  await deliver();
  expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
});

test('a worker that cannot read who to tell leaves the chunk to the next at once', async () => {
  await planned(openDay);
  beforeSend = () => Promise.reject(new Error('the table does not answer'));
  await expect(deliver()).rejects.toThrow('the table does not answer');
  beforeSend = async () => {};
  await deliver();
  expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
});

test('what was sent is recorded even if the table fails for a while', async () => {
  await planned(openDay);
  const { record } = notices;
  let failures = 3;
  notices.record = (rows) => (failures-- > 0 ? Promise.reject(new Error('busy')) : record(rows));
  await deliver();
  await deliver();
  expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob']);
  expect(chunks.all()[0]?.tally).toEqual({ sent: 2, failed: 0 });
});

describe('an address that will never take anything', () => {
  test.each(['opted-out', 'refused'] as const)('ends its subscription as %s', async (ends) => {
    await planned(openDay);
    answers = [{ outcome: 'rejected', reason: 'OptedOut', ends }];
    await deliver();
    expect(ended).toEqual([`ann ${ends}`]);
    expect(notices.all()).toMatchObject([{ state: 'failed', reason: 'OptedOut' }, { state: 'sent' }]);
  });

  test('is asked again rather than kept when its end could not be written', async () => {
    await planned(openDay);
    answers = [{ outcome: 'rejected', ends: 'refused' }];
    endFails = true;
    await expect(deliver()).rejects.toThrow('busy');
    endFails = false;
    at = new Date(noon.getTime() + 120_000);
    answers = [{ outcome: 'rejected', ends: 'refused' }];
    await deliver();
    expect(ended).toEqual(['ann refused']);
    expect(sent.map(({ to }) => to)).toEqual(['ann', 'bob', 'ann']);
  });
});

describe('the rate', () => {
  const crowd = Array.from({ length: 30 }, (_, n) => `r${n}`);
  const crowded = async (channel: 'email' | 'sms') => {
    for (const id of crowd) residents.set(id, resident(id, { channel }));
    await save(undefined, openDay);
    await plan([entryOf(openDay)], { channel, subscriptions: crowd });
  };

  test('is booked by the second and waited for', async () => {
    rate.perSecond = 14;
    await crowded('email');
    turns = [{ startsAt: noon }, { startsAt: new Date(noon.getTime() + 3_000) }];
    await deliver();
    expect(booked).toEqual([14, 14, 2]);
    expect(at).toEqual(new Date(noon.getTime() + 3_000));
    expect(sent).toHaveLength(30);
    rate.perSecond = 1000;
  });

  test('that has no turn soon has the rest put off', async () => {
    rate.perSecond = 14;
    await crowded('email');
    const later = new Date(noon.getTime() + 30_000);
    turns = [{ startsAt: noon }, { askAgainAt: later }];
    await deliver();
    expect(sent).toHaveLength(14);
    expect(chunks.all()[0]?.checkAt).toEqual(later);
    await deliver();
    expect(new Set(sent.map(({ to }) => to)).size).toBe(30);
    expect(sent).toHaveLength(30);
    rate.perSecond = 1000;
  });

  test('a text is claimed, sent and recorded before the next', async () => {
    await crowded('sms');
    const open: number[] = [];
    beforeSend = async () => {
      open.push(notices.all().filter(({ state }) => state === 'claimed').length);
    };
    await deliver();
    expect(new Set(open)).toEqual(new Set([1]));
    expect(sent).toHaveLength(30);
  });
});

describe('a bulletin', () => {
  test('that is paused waits for a person', async () => {
    await planned(openDay);
    standing = 'paused';
    await deliver();
    expect(sent).toEqual([]);
    expect(chunks.all()[0]?.checkAt).toEqual(new Date(noon.getTime() + 900_000));
    standing = 'resumed';
    await deliver();
    expect(sent).toHaveLength(2);
  });

  test('that is dropped is told to nobody any more', async () => {
    await planned(openDay);
    standing = 'dropped';
    await deliver();
    expect(sent).toEqual([]);
    expect(chunks.all()[0]?.tally).toEqual({ sent: 0, failed: 2 });
    expect(notices.all()).toMatchObject([{ reason: 'dropped' }, { reason: 'dropped' }]);
  });

  test('that nobody took in three days is given up', async () => {
    await planned(openDay);
    at = new Date(noon.getTime() + 3 * 86_400_000 + 60_000);
    await deliver();
    expect(sent).toEqual([]);
    expect(notices.all()).toMatchObject([{ reason: 'too-late' }, { reason: 'too-late' }]);
  });
});

test('a chunk that nobody knows is no error', async () => {
  await deliver('nobody');
});
