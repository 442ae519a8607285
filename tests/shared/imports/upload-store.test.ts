import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runningImportStore } from '../../../shared/imports/running-import-store.ts';
import { newUpload } from '../../../shared/imports/upload.ts';
import { type UploadStore, uploadStore } from '../../../shared/imports/upload-store.ts';
import { Stale } from '../../../shared/runtime/errors.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeRunningImportStore } from '../../support/fakes/running-import-store.ts';
import { fakeUploadStore } from '../../support/fakes/upload-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const now = new Date('2027-01-05T12:00:00Z');
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
let count = 0;

describe.each([
  ['in memory', fakeRunningImportStore],
  ['in the table', (at: () => Date) => runningImportStore({ table: dynoxide.table, now: at })],
])('imports under way %s', (where, open) => {
  test('are believed in for two minutes after they said so, until they are over', async () => {
    const clock = { now };
    const imports = open(() => clock.now);
    const [one, two] = [`one ${where}`, `two ${where}`];
    const until = new Date(now.getTime() + 120_000);
    await imports.goesOn(one);
    await imports.goesOn(two);
    expect(await imports.running([one, one, 'another'])).toEqual(new Map([[one, until]]));
    await imports.isOver(one);
    await imports.isOver(one);
    expect(await imports.running([one, two])).toEqual(new Map([[two, until]]));
    clock.now = until;
    expect(await imports.running([one, two])).toEqual(new Map());
    expect(await imports.running([])).toEqual(new Map());
  });
});

describe.each([
  ['in memory', (): UploadStore => fakeUploadStore()],
  ['in the table', (): UploadStore => uploadStore(dynoxide.table)],
])('uploads %s', (_where, open) => {
  let store: UploadStore;
  let by: { id: string; name: string };
  beforeEach(() => {
    store = open();
    by = { id: `officer-${++count}`, name: 'An officer' };
  });
  const upload = (id: string, at = now) =>
    newUpload({
      id: `${by.id}-${id}`,
      by,
      name: 'week.csv',
      form: 'csv',
      defaults: { isPublished: false },
      rows: 3,
      now: at,
    });

  test('a file of 2 MiB that does not shrink comes back byte for byte, with its repairs', async () => {
    const bytes = randomBytes(2 * 1024 * 1024);
    const kept = upload('a');
    await store.add(kept, bytes);
    await store.repair(kept, 12, { title: 'Open day' });
    await store.repair(kept, 12, { title: 'Open evening' });
    const found = await store.find(kept.id, hoursLater(1));
    expect(found?.upload).toEqual(kept);
    expect(bytes.equals(found?.bytes ?? new Uint8Array())).toBe(true);
    expect([...(found?.repairs ?? [])]).toEqual([[12, { title: 'Open evening' }]]);
  });

  test('is kept for a week', async () => {
    const kept = upload('a');
    await store.add(kept, Buffer.from('x'));
    expect(await store.find(kept.id, hoursLater(7 * 24 - 1))).toBeDefined();
    expect(await store.find(kept.id, hoursLater(7 * 24))).toBeUndefined();
    expect(await store.ofOfficer(by.id, hoursLater(7 * 24))).toEqual([]);
  });

  test('of two changes of one state the second is stale', async () => {
    const kept = upload('a');
    await store.add(kept, Buffer.from('x'));
    const next = await store.change({ ...kept, marks: 'c..' });
    await expect(store.change({ ...kept, marks: '.c.' })).rejects.toThrow(Stale);
    await store.change({ ...next, marks: 'cc.' });
    expect((await store.find(kept.id, now))?.upload.marks).toBe('cc.');
  });

  test('an officer has a list of them, the newest first, as they are now', async () => {
    const [first, second] = [upload('a'), upload('b', hoursLater(1))];
    await store.add(first, Buffer.from('x'));
    await store.add(second, Buffer.from('x'));
    const changed = await store.change({ ...first, stage: 'importing' });
    expect(await store.ofOfficer(by.id, hoursLater(1))).toEqual([second, changed]);
    expect(await store.ofOfficer('somebody else', hoursLater(1))).toEqual([]);
  });
});
