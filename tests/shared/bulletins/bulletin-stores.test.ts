import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bulletin, type BulletinEntry, PLAN_PARTS } from '../../../shared/bulletins/bulletin.ts';
import { type BulletinStore, bulletinStore } from '../../../shared/bulletins/bulletin-store.ts';
import { type Chunk, type ChunkStore, chunkStore } from '../../../shared/bulletins/chunk-store.ts';
import { type WindowStore, windowStore } from '../../../shared/bulletins/window-store.ts';
import { edit } from '../../../shared/events/edit-event.ts';
import { eventStore } from '../../../shared/events/event-store.ts';
import { Stale } from '../../../shared/runtime/errors.ts';
import { type DueItem, dueStore } from '../../../shared/table/due-store.ts';
import { anEvent } from '../../support/an-event.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeChunkStore } from '../../support/fakes/chunk-store.ts';
import { fakeWindowStore } from '../../support/fakes/window-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const now = new Date('2027-01-05T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let run = 0;

type Stores = { windows: WindowStore; bulletins: BulletinStore; chunks: ChunkStore };
const inMemory = (): Stores => {
  const bulletins = fakeBulletinStore();
  return { windows: fakeWindowStore(bulletins), bulletins, chunks: fakeChunkStore() };
};
const inTable = (): Stores => ({
  windows: windowStore(dynoxide.table),
  bulletins: bulletinStore(dynoxide.table),
  chunks: chunkStore(dynoxide.table),
});
const entry = (eventId: string): BulletinEntry => ({
  eventId,
  version: 2,
  what: 'published',
  districts: ['southend'],
  kind: 'talk',
  startsAt: later(6000).toISOString(),
  isUrgent: false,
  isPressing: false,
});

describe.each([
  ['in memory', inMemory],
  ['in the table', inTable],
])('bulletins %s', (_where, open) => {
  let stores: Stores;
  let district: string;
  let bulletin: Bulletin;
  beforeEach(() => {
    stores = open();
    run++;
    district = `district-${run}`;
    bulletin = {
      id: `bulletin-${run}`,
      district,
      at: now.toISOString(),
      entries: [entry(`a-${run}`), entry(`b-${run}`)],
    };
  });
  const settleAt = later(2).toISOString();
  const keep = async () => {
    await stores.windows.keepWindow(district, { openedAt: now.toISOString(), settleAt }, undefined);
    const before = await stores.windows.window(district);
    if (!before) throw new Error('no window');
    return before;
  };
  const store = async () => {
    const before = await keep();
    await stores.windows.closeWindow(district, {
      before,
      left: { openedAt: before.openedAt },
      gone: [],
      bulletin,
    });
  };

  test('a window is there once it was kept, and of two who keep it the second is stale', async () => {
    expect(await stores.windows.window(district)).toBeUndefined();
    const before = await keep();
    expect(before).toMatchObject({ settleAt, told: [] });
    await stores.windows.keepWindow(district, { openedAt: before.openedAt, settleAt }, before);
    await expect(stores.windows.keepWindow(district, before, before)).rejects.toThrow(Stale);
    await expect(stores.windows.keepWindow(district, before, undefined)).rejects.toThrow(Stale);
  });

  test('a window closes over a bulletin, both or neither', async () => {
    const before = await keep();
    await stores.windows.keepWindow(district, { openedAt: before.openedAt, settleAt }, before);
    const close = { before, left: { openedAt: before.openedAt }, gone: [], bulletin };
    await expect(stores.windows.closeWindow(district, close)).rejects.toThrow(Stale);
    expect(await stores.bulletins.get(bulletin.id)).toBeUndefined();
    const again = await stores.windows.window(district);
    if (!again) throw new Error('no window');
    await stores.windows.closeWindow(district, { ...close, before: again });
    expect(await stores.bulletins.get(bulletin.id)).toEqual({ bulletin, isPublished: false, planned: [] });
    expect((await stores.windows.window(district))?.settleAt).toBeUndefined();
  });

  test('it is known which shards are planned and that it was published', async () => {
    await store();
    await stores.bulletins.markPublished(bulletin.id, now);
    await stores.bulletins.markPlanned(bulletin.id, [3]);
    await stores.bulletins.markPlanned(bulletin.id, [3]);
    expect(await stores.bulletins.get(bulletin.id)).toMatchObject({ isPublished: true, planned: [3] });
    for (let shard = 0; shard < PLAN_PARTS; shard++) await stores.bulletins.markPlanned(bulletin.id, [shard]);
    expect((await stores.bulletins.get(bulletin.id))?.planned).toHaveLength(PLAN_PARTS);
  });

  test('one about no change is begun once, and what a district was told is listed', async () => {
    await store();
    const reminder: Bulletin = {
      id: `reminder-${run}`,
      district,
      at: later(60).toISOString(),
      occasion: 'reminder',
      entries: [entry(`a-${run}`)],
    };
    await stores.bulletins.begin(reminder);
    await stores.bulletins.begin({ ...reminder, entries: [] });
    expect((await stores.bulletins.get(reminder.id))?.bulletin).toEqual(reminder);
    expect(await stores.bulletins.toldSince(district, now)).toEqual([bulletin.id, reminder.id]);
    expect(await stores.bulletins.toldSince(district, later(1))).toEqual([reminder.id]);
    expect(await stores.bulletins.toldSince('elsewhere', now)).toEqual([]);
  });

  test('an event knows the bulletins that told of it, noted once', async () => {
    await store();
    await stores.bulletins.noteCauses(bulletin);
    await stores.bulletins.noteCauses(bulletin);
    const cause = { bulletin: bulletin.id, place: 1, version: 2, district, what: 'published' };
    expect(await stores.bulletins.causesOf(`b-${run}`)).toEqual([cause]);
    expect(await stores.bulletins.causedBy(`b-${run}`)).toEqual([
      { id: bulletin.id, at: bulletin.at, district, version: 2, what: 'published', email: 0, sms: 0 },
    ]);
  });

  test('a chunk is there until it is finished, and planning it again is nothing new', async () => {
    await store();
    const chunk: Chunk = {
      id: 'c',
      bulletin: bulletin.id,
      district,
      channel: 'email',
      entries: [0],
      subscriptions: ['s'],
      overtakes: false,
    };
    expect(await stores.chunks.get(bulletin.id, 'c')).toBeUndefined();
    await stores.chunks.plan(chunk, later(5));
    expect(await stores.chunks.get(bulletin.id, 'c')).toEqual(chunk);
    await stores.chunks.putOff(chunk, later(10));
    await stores.chunks.finish(chunk, { sent: 1, failed: 0 });
    await stores.chunks.finish(chunk, { sent: 1, failed: 0 });
    await stores.chunks.plan(chunk, later(5));
    await stores.chunks.putOff(chunk, later(10));
    expect(await stores.chunks.get(bulletin.id, 'c')).toBeUndefined();
  });
});

describe('in the table', () => {
  test('changes wait in their district until a bulletin told of them', async () => {
    const windows = windowStore(dynoxide.table);
    const event = anEvent({ districts: ['maldon'] }, 'maldon-day', now);
    const by = { id: 'a', name: 'A' };
    await eventStore(dynoxide.table).save(
      edit(undefined, event, { by, action: 'create', now, newId: () => 'change' }),
    );
    const [change, ...others] = await windows.pending('maldon');
    expect(others).toEqual([]);
    expect(change).toMatchObject({ eventId: 'maldon-day', district: 'maldon' });
    await windows.keepWindow('maldon', { openedAt: now.toISOString() }, undefined);
    const before = await windows.window('maldon');
    if (!before || !change) throw new Error('nothing to close');
    await windows.closeWindow('maldon', { before, left: { openedAt: before.openedAt }, gone: [change] });
    expect(await windows.pending('maldon')).toEqual([]);
  });

  test('texts that went by e-mail are counted so', async () => {
    const { bulletins, chunks } = inTable();
    const bulletin: Bulletin = {
      id: 'counted',
      district: 'maldon',
      at: now.toISOString(),
      entries: [entry('a')],
    };
    await bulletins.begin(bulletin);
    const chunk = {
      bulletin: 'counted',
      district: 'maldon',
      entries: [0],
      subscriptions: [],
      overtakes: false,
    };
    const texts: Chunk = { ...chunk, id: 'texts', channel: 'sms' };
    const emails: Chunk = { ...chunk, id: 'emails', channel: 'email' };
    for (const each of [texts, emails]) await chunks.plan(each, later(5));
    await chunks.finish(texts, { sent: 5, failed: 1, byEmail: 2 });
    await chunks.finish(emails, { sent: 10, failed: 0 });
    expect(await bulletins.sentOf('counted')).toMatchObject({ email: 12, sms: 3 });
  });

  test('what is unfinished is due, and not once it is finished', async () => {
    const { windows, bulletins, chunks } = inTable();
    const due = dueStore(dynoxide.table);
    const found = async (at: Date) => {
      const all: DueItem[] = [];
      await due.eachDue(at, async (item) => void all.push(item));
      return all.filter(({ pk, district }) => /due-/.test(pk) || district === 'due-d');
    };
    const next = (at: Date) => due.eachDue(at, async () => {});
    const types = async (at: Date) => (await found(at)).map(({ type }) => type).sort();
    const bulletin: Bulletin = { id: 'due-b', district: 'due-d', at: now.toISOString(), entries: [] };
    await windows.keepWindow(
      'due-d',
      { openedAt: now.toISOString(), settleAt: later(2).toISOString() },
      undefined,
    );
    expect(await types(later(1))).toEqual([]);
    expect(await next(later(-100_000))).toBeInstanceOf(Date);
    expect(await next(later(1))).toEqual(later(2));
    expect(await next(later(100_000))).toBeUndefined();
    expect(await types(later(2))).toEqual(['window']);
    const before = await windows.window('due-d');
    if (!before) throw new Error('no window');
    await windows.closeWindow('due-d', { before, left: { openedAt: before.openedAt }, gone: [], bulletin });
    const chunk: Chunk = {
      id: 'c',
      bulletin: 'due-b',
      district: 'due-d',
      channel: 'sms',
      entries: [],
      subscriptions: [],
      overtakes: false,
    };
    await chunks.plan(chunk, later(5));
    expect(await types(later(5))).toEqual(['bulletin', 'chunk']);
    const [first] = await found(later(5));
    await due.lookAgain(first as DueItem, later(30));
    await due.lookAgain(first as DueItem, later(40));
    expect(await types(later(5))).toHaveLength(1);
    expect(await types(later(30))).toHaveLength(2);
    await due.done(first as DueItem);
    expect(await types(later(30))).toHaveLength(2);
    await bulletins.markPlanned('due-b', [...Array(PLAN_PARTS).keys()]);
    await chunks.finish(chunk, { sent: 3, failed: 1 });
    expect(await types(later(100))).toEqual([]);
  });
});
