import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Departure, type EntryStore, entryStore } from '../../../functions/calendars/entry-store.ts';
import { rememberedEntries } from '../../../functions/calendars/remembered-entries.ts';
import { type Entry, entryOf } from '../../../shared/calendars/calendar-entry.ts';
import { samples, setting } from '../../support/calendar-fixtures.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeEntryStore } from '../../support/fakes/entry-store.ts';

const now = new Date('2027-02-01T00:00Z');
const later = new Date('2027-03-01T00:00Z');

function promises(open: () => EntryStore) {
  let calendar = 0;
  const fresh = () => `test-${calendar++}`;
  const at = (version: number, name = 'single') => {
    const event = samples[name];
    if (!event) throw new Error(`no sample ${name}`);
    return entryOf({ ...event, version }, setting);
  };
  const departure = (version: number) => ({ id: at(1).id, version, updatedAt: '2027-01-21T00:00:00.000Z' });
  const keep = (group: string, entry: Entry, until?: Date) =>
    open().write([{ group, entry, hasLeft: false, until }]);
  const leave = (group: string, entry: Departure, until: Date) =>
    open().write([{ group, entry, hasLeft: true, until }]);
  const all = (group: string) => Array.fromAsync(open().read(group, now));

  it('gives back what was kept, by event', async () => {
    const group = fresh();
    await keep(group, at(2, 'cancelled'));
    await keep(group, at(2), later);
    expect(await all(group)).toEqual([
      { entry: at(2), hasLeft: false, until: later },
      { entry: at(2, 'cancelled'), hasLeft: false },
    ]);
  });

  it('keeps the newest version, whatever the order, and says whether it did', async () => {
    const group = fresh();
    expect(await keep(group, at(3))).toEqual([]);
    expect(await keep(group, at(2))).toEqual([group]);
    expect(await leave(group, departure(2), later)).toEqual([group]);
    expect(await all(group)).toEqual([{ entry: at(3), hasLeft: false }]);
  });

  it('lets the same version be rendered anew', async () => {
    const group = fresh();
    await keep(group, at(3));
    await keep(group, { ...at(3), ics: 'anew' });
    expect(await all(group)).toMatchObject([{ entry: { ics: 'anew' } }]);
  });

  it('is not led astray by a late record of an event that left', async () => {
    const group = fresh();
    await keep(group, at(2));
    await leave(group, departure(3), later);
    await keep(group, at(2));
    expect(await all(group)).toEqual([{ entry: departure(3), hasLeft: true, until: later }]);
  });

  it('takes an event back that comes back', async () => {
    const group = fresh();
    await leave(group, departure(3), later);
    await keep(group, at(4));
    expect(await all(group)).toEqual([{ entry: at(4), hasLeft: false }]);
  });

  it('tells what a calendar has reached, which only grows', async () => {
    const group = fresh();
    const reached = () => open().state(group, now);
    const states = [await reached()];
    await keep(group, at(2));
    states.push(await reached());
    await leave(group, departure(3), later);
    states.push(await reached());
    await keep(group, at(4));
    states.push(await reached());
    await keep(group, { ...at(1), id: 'expired' }, new Date('2027-01-31T00:00Z'));
    states.push(await reached());
    expect(states).toEqual([0, 4, 7, 8, 8]);
  });

  it('forgets what has expired', async () => {
    const group = fresh();
    await keep(group, at(2), new Date('2027-01-31T00:00Z'));
    expect(await all(group)).toEqual([]);
  });

  it('writes for many calendars at once, and says in which a newer version was there', async () => {
    const [one, other, third] = [fresh(), fresh(), fresh()];
    await keep(other, at(3));
    const late = await open().write([
      { group: one, entry: at(2), hasLeft: false },
      { group: other, entry: at(2), hasLeft: false },
      { group: third, entry: departure(2), hasLeft: true, until: later },
    ]);
    expect(late).toEqual([other]);
    expect(await all(one)).toEqual([{ entry: at(2), hasLeft: false }]);
    expect(await all(other)).toEqual([{ entry: at(3), hasLeft: false }]);
    expect(await all(third)).toEqual([{ entry: departure(2), hasLeft: true, until: later }]);
  });

  it('writes what is more than a request takes', async () => {
    const large = { ...at(1), json: 'x'.repeat(300_000) };
    const groups = Array.from({ length: 14 }, fresh);
    expect(await open().write(groups.map((group) => ({ group, entry: large, hasLeft: false })))).toEqual([]);
    for (const group of groups) expect(await all(group)).toHaveLength(1);
  });

  it('reads a calendar of many pages', async () => {
    const group = fresh();
    const long = { ...at(1), json: 'x'.repeat(60_000) };
    const ids = Array.from({ length: 40 }, (_, place) => `event-${String(place).padStart(3, '0')}`);
    await Promise.all(ids.map((id) => keep(group, { ...long, id })));
    expect((await all(group)).map(({ entry }) => entry.id)).toEqual(ids);
  });
}

describe('the store of kept texts, in memory', () => {
  const store = fakeEntryStore();
  promises(() => store);
});

describe('the store of kept texts, remembered', () => {
  const store = rememberedEntries(fakeEntryStore());
  promises(() => store);
});

describe('the store of kept texts, on a real engine', () => {
  let engine: Dynoxide;
  beforeAll(async () => {
    engine = await startDynoxide();
  });
  afterAll(() => engine.stop());
  promises(() => entryStore(engine.table));
});
