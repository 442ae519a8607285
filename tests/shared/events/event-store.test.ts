import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Action,
  cancelled,
  edit,
  published,
  revised,
  withdrawal,
} from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { type EventStore, eventStore } from '../../../shared/events/event-store.ts';
import { Conflict, Stale } from '../../../shared/runtime/errors.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const now = new Date('2027-01-04T10:00:00Z');
const by = { id: 'sergeant', name: 'A Sergeant' };
let count = 0;

describe.each([
  ['in memory', (): EventStore => fakeEventStore()],
  ['in the table', (): EventStore => eventStore(dynoxide.table)],
])('events %s', (_where, open) => {
  let store: EventStore;
  let run: string;
  let year: number;
  beforeEach(() => {
    store = open();
    run = `run${count++}`;
    year = 2030 + count;
  });
  const newId = () => `change-${count++}`;
  const step = (previous: Event | undefined, event: Event, action: Action = 'edit') =>
    edit(previous, event, { by, action, now, newId });
  /** Each test has a week of its own, as they share a table. */
  const weekOf = (day: number) => ({
    start: `${year}-06-0${day}T10:00`,
    end: `${year}-06-0${day}T11:00`,
  });
  const create = async (members: Record<string, unknown> = {}, id = `${run}-${count++}`) => {
    const event = aDraft(members, id);
    await store.save(step(undefined, event, 'create'));
    return event;
  };
  const publish = async (members: Record<string, unknown> = {}) => {
    const draft = await create(members);
    const event = published(draft, now);
    await store.save(step(draft, event, 'publish'));
    return event;
  };

  test('an event is found by its id and by what the force calls it', async () => {
    const event = await create({ externalId: `${run}-A` });
    expect(await store.get(event.id)).toEqual(event);
    expect(await store.findByExternalId(`${run}-A`)).toEqual(event);
    expect(await store.get('nobody')).toBeUndefined();
    expect(await store.findByExternalId('nobody')).toBeUndefined();
  });

  test('what was done is kept by month, newest first, by officer and page by page', async () => {
    const month = `${2030 + count}-03`;
    const at = (minute: number) => new Date(`${month}-01T10:0${minute}:00.000Z`);
    const other = { id: 'inspector', name: 'An Inspector' };
    const draft = aDraft({}, `${run}-${count++}`);
    await store.save(edit(undefined, draft, { by, action: 'create', now: at(1), newId }));
    const event = published(draft, at(2));
    await store.save(edit(draft, event, { by: other, action: 'publish', now: at(2), newId }));
    const first = await store.audit({ month, limit: 1 });
    expect(first.items).toMatchObject([
      {
        by: other,
        action: 'publish',
        version: 2,
        event: { id: event.id, title: event.title },
        changes: expect.arrayContaining([{ field: 'status', before: 'draft', after: 'published' }]),
      },
    ]);
    const rest = await store.audit({ month, limit: 1, after: first.after });
    expect(rest.items).toMatchObject([{ by, action: 'create' }]);
    expect(rest.after).toBeUndefined();
    expect((await store.audit({ month, by: 'inspector', limit: 5 })).items).toHaveLength(1);
    expect(await store.authors(month)).toEqual([by, other]);
  });

  test('of two edits of one version the second is stale and changes nothing', async () => {
    const event = await create();
    const first = revised(event, inputOf({ title: 'First' }), now);
    await store.save(step(event, first));
    await expect(store.save(step(event, revised(event, inputOf({ title: 'Second' }), now)))).rejects.toThrow(
      Stale,
    );
    expect((await store.get(event.id))?.title).toBe('First');
    expect(await store.history(event.id)).toHaveLength(2);
  });

  test('an externalId belongs to one event, until that event gives it up', async () => {
    const holder = await create({ externalId: `${run}-B` });
    await expect(create({ externalId: `${run}-B` })).rejects.toThrow(Conflict);
    await store.save(step(holder, revised(holder, inputOf({ externalId: `${run}-C` }), now)));
    const next = await create({ externalId: `${run}-B` });
    expect((await store.findByExternalId(`${run}-B`))?.id).toBe(next.id);
    expect((await store.findByExternalId(`${run}-C`))?.id).toBe(holder.id);
  });

  test('what one command does to two events is kept of both, or of neither', async () => {
    const one = await publish({ ...weekOf(1), externalId: `${run}-D` });
    const next = revised(one, inputOf({ ...weekOf(2), externalId: `${run}-D` }), now);
    const other = aDraft({ ...weekOf(3) }, `${run}-other`);
    await store.saveBoth(step(one, next), step(undefined, other, 'create'));
    expect(await store.get(one.id)).toEqual(next);
    expect(await store.get(other.id)).toEqual(other);
    expect((await store.history(one.id)).map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(await store.history(other.id)).toHaveLength(1);

    const again = aDraft({ ...weekOf(3) }, `${run}-again`);
    await expect(store.saveBoth(step(one, next), step(undefined, again, 'create'))).rejects.toThrow(Stale);
    expect(await store.get(again.id)).toBeUndefined();
    const taken = aDraft({ ...weekOf(3), externalId: `${run}-D` }, `${run}-taken`);
    const later = revised(next, inputOf({ title: 'Later', externalId: `${run}-D` }), now);
    await expect(store.saveBoth(step(next, later), step(undefined, taken, 'create'))).rejects.toThrow(
      Conflict,
    );
    expect(await store.get(one.id)).toEqual(next);
    expect(await store.history(one.id)).toHaveLength(3);
  });

  test('two events of thirty districts are kept in one step, of more the command is refused with a way out', async () => {
    const both = (many: number) => {
      const districts = Array.from({ length: many }, (_, at) => `district-${at}`);
      const [one, other] = ['first', 'later'].map((name) => ({
        ...published(aDraft(weekOf(4), `${run}-${name}-${many}`), now),
        districts,
      })) as [Event, Event];
      return store.saveBoth(
        { ...step(undefined, one, 'create'), changes: [] },
        step(undefined, other, 'create'),
      );
    };
    await both(30);
    expect((await store.get(`${run}-later-30`))?.districts).toHaveLength(30);
    await expect(both(31)).rejects.toThrow('It is in 31 districts. At most 30 fit');
  });

  test('a command is remembered until its time is over, and can be given again after that', async () => {
    const until = new Date(now.getTime() + 1000);
    const event = aDraft({}, `${run}-once`);
    const command = { key: run, fingerprint: 'said', until };
    await store.save(step(undefined, event, 'create'), command);
    expect(await store.remembered(run, now)).toEqual({ fingerprint: 'said', eventId: event.id });
    expect(await store.remembered(run, until)).toBeUndefined();
    await expect(store.save(step(undefined, aDraft({}, `${run}-twice`), 'create'), command)).rejects.toThrow(
      Conflict,
    );
    expect(await store.get(`${run}-twice`)).toBeUndefined();
    const later = edit(undefined, aDraft({}, `${run}-later`), { by, action: 'create', now: until, newId });
    await store.save(later, { ...command, until: new Date(until.getTime() + 1000) });
    expect(await store.remembered(run, until)).toEqual({ fingerprint: 'said', eventId: `${run}-later` });
  });

  test('the history tells who did what and what changed, newest first', async () => {
    const draft = await create();
    const event = published(draft, now);
    await store.save(step(draft, event, 'publish'));
    await store.save(step(event, cancelled(event, 'Flooding', now), 'cancel'));
    const [cancel, publication, creation] = await store.history(draft.id);
    expect(cancel).toMatchObject({ version: 3, action: 'cancel', by, at: now.toISOString() });
    expect(cancel?.changes).toContainEqual({ field: 'status', before: 'published', after: 'cancelled' });
    expect(cancel?.changes).toContainEqual({ field: 'reason', after: 'Flooding' });
    expect(publication?.action).toBe('publish');
    expect(creation?.action).toBe('create');
  });

  test('a draft that is removed is nowhere any more, but what was done with it stays', async () => {
    const draft = await create({ externalId: `X-${run}`, ...weekOf(1) });
    await expect(
      store.withdraw(withdrawal({ ...draft, version: 2 }, { by, now })),
      'somebody changed it meanwhile',
    ).rejects.toThrow(Stale);
    await store.withdraw(withdrawal(draft, { by, now }));
    expect(await store.get(draft.id)).toBeUndefined();
    expect(await store.findByExternalId(`X-${run}`)).toBeUndefined();
    const listed = await store.list({
      district: 'southend',
      startsFrom: new Date(`${year}-06-01T00:00:00Z`),
      startsBefore: new Date(`${year}-06-08T00:00:00Z`),
      limit: 10,
      isVisible: () => true,
    });
    expect(listed.items).toEqual([]);
    expect((await store.history(draft.id)).map(({ action }) => action)).toEqual(['withdraw', 'create']);
    await create({ externalId: `X-${run}` });
  });

  test('what was published is never removed', async () => {
    const event = await publish();
    expect(() => withdrawal(event, { by, now })).toThrow(Conflict);
  });

  test('lists are by start, a page at a time, and hold only what is asked for', async () => {
    const late = await publish({ ...weekOf(3), kind: 'talk' });
    const early = await publish(weekOf(1));
    const middle = await publish({ ...weekOf(2), districts: ['southend', 'basildon'] });
    await create(weekOf(2));
    const from = new Date(`${year}-06-01T00:00Z`);
    const startsBefore = new Date(from.getTime() + 7 * 86_400_000);
    const titles = (events: Event[]) => events.map(({ id }) => id);
    const all = { startsFrom: from, startsBefore, limit: 10, district: 'southend' };
    expect(titles((await store.list(all)).items)).toEqual([early.id, middle.id, late.id]);
    expect(titles((await store.list({ ...all, district: 'basildon' })).items)).toEqual([middle.id]);
    expect(titles((await store.list({ ...all, kind: 'talk' })).items)).toEqual([late.id]);
    expect((await store.list({ ...all, isVisible: () => true })).items).toHaveLength(4);
    const first = await store.list({ ...all, limit: 2 });
    expect(titles(first.items)).toEqual([early.id, middle.id]);
    const second = await store.list({ ...all, limit: 2, cursor: first.cursor });
    expect(titles(second.items)).toEqual([late.id]);
    expect(second.cursor).toBeUndefined();
  });

  test('an event that moved or left a district is where it is now and nowhere else', async () => {
    const event = await publish({ ...weekOf(1), districts: ['southend', 'basildon'] });
    const times = weekOf(4);
    const next = revised(event, inputOf({ ...times, districts: ['basildon'] }), now);
    await store.save(step(event, next));
    const startsFrom = new Date(`${year}-06-01T00:00Z`);
    const week = { startsFrom, startsBefore: new Date(startsFrom.getTime() + 7 * 86_400_000), limit: 10 };
    expect((await store.list({ ...week, district: 'southend' })).items).toEqual([]);
    expect((await store.list({ ...week, district: 'basildon' })).items).toEqual([next]);
    expect((await store.list(week)).items).toEqual([next]);
  });

  test('a series is listed for as long as it takes place, in its place by start', async () => {
    const times = (day: number) => weekOf(day);
    const single = await publish(times(3));
    const series = await publish({ ...times(2), recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' } });
    const before = await publish(times(1));
    const list = async (query: {
      from?: string;
      startsFrom?: string;
      startsBefore?: string;
      cursor?: string;
      limit?: number;
    }) => {
      const instant = (date?: string) => (date ? new Date(`${year}-${date}T00:00Z`) : undefined);
      return store.list({
        district: 'southend',
        limit: query.limit ?? 10,
        cursor: query.cursor,
        from: instant(query.from),
        startsFrom: instant(query.startsFrom),
        startsBefore: instant(query.startsBefore ?? '12-31'),
      });
    };
    const ids = async (query: Parameters<typeof list>[0]) => (await list(query)).items.map(({ id }) => id);
    expect(await ids({ startsFrom: '05-01' })).toEqual([before.id, series.id, single.id]);
    expect(await ids({ from: '06-20' })).toEqual([series.id]);
    expect(await ids({ from: '06-24' })).toEqual([]);
    expect(await ids({ startsFrom: '06-08', startsBefore: '06-16' })).toEqual([series.id]);
    const first = await list({ startsFrom: '05-01', limit: 1 });
    expect(await ids({ startsFrom: '05-01', cursor: first.cursor })).toEqual([series.id, single.id]);
    const alone = revised(series, inputOf(times(2)), now);
    await store.save(step(series, alone));
    expect(await ids({ from: '06-20' })).toEqual([]);
    expect(await ids({ startsFrom: '05-01' })).toEqual([before.id, series.id, single.id]);
  });

  test('what is on now is listed until it is over', async () => {
    const event = await publish(weekOf(1));
    const noon = (time: string) => new Date(`${event.start.slice(0, 10)}T${time}:00+01:00`);
    const list = (from: Date) => store.list({ from, district: 'southend', limit: 10 });
    expect((await list(noon('10:30'))).items.map(({ id }) => id)).toContain(event.id);
    expect((await list(noon('11:00'))).items.map(({ id }) => id)).not.toContain(event.id);
  });

  test('many are read at once; those that do not exist are left out', async () => {
    const one = await create();
    const other = await create();
    expect(await store.getAll([one.id, other.id, 'nobody', one.id])).toEqual(
      new Map([
        [one.id, one],
        [other.id, other],
      ]),
    );
    expect(await store.getAll([])).toEqual(new Map());
  });
});

test('an edit of a shared event leaves a change for each district in the table', async () => {
  const store = eventStore(dynoxide.table);
  const draft = aDraft({ districts: ['southend', 'harlow'] }, 'shared');
  let id = 0;
  const options = { by, now, newId: () => `shared-${id++}` };
  await store.save(edit(undefined, draft, { ...options, action: 'create' }));
  await store.save(
    edit(draft, anEvent({ districts: ['southend', 'harlow'] }, 'shared'), { ...options, action: 'publish' }),
  );
  for (const district of ['southend', 'harlow']) {
    const changes = await Array.fromAsync(
      dynoxide.table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `CHANGES#${district}` },
      }),
    );
    expect(changes.filter(({ change }) => (change as { eventId: string }).eventId === 'shared')).toHaveLength(
      1,
    );
  }
});
