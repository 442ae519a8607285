import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Submission } from '../../../shared/desk/submission.ts';
import { type SubmissionStore, submissionStore } from '../../../shared/desk/submission-store.ts';
import { Stale } from '../../../shared/runtime/errors.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeSubmissionStore } from '../../support/fakes/submission-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const sam = { id: 'sam', name: 'Sam Southend' };
const sue = { id: 'sue', name: 'Sue Supervisor' };
const submitted = (eventId: string, more: Partial<Submission> = {}): Submission => ({
  eventId,
  version: 1,
  by: sam,
  at: '2027-01-05T12:00:00.000Z',
  ...more,
});

describe.each([
  ['in memory', (): SubmissionStore => fakeSubmissionStore()],
  ['in the table', (): SubmissionStore => submissionStore(dynoxide.table)],
])('submissions %s', (_where, open) => {
  let store: SubmissionStore;
  beforeEach(async () => {
    store = open();
    for (const { eventId } of await store.all()) await store.end(eventId);
  });

  test('an event has one, until it ends', async () => {
    await store.keep(submitted('a'), undefined);
    expect(await store.find('a')).toEqual(submitted('a'));
    await store.end('a');
    expect(await store.find('a')).toBeUndefined();
  });

  test('are listed, the oldest first', async () => {
    await store.keep(submitted('a', { at: '2027-01-05T13:00:00.000Z' }), undefined);
    await store.keep(submitted('b'), undefined);
    expect((await store.all()).map(({ eventId }) => eventId)).toEqual(['b', 'a']);
  });

  test('of two who submit at once, or answer at once, the second is stale', async () => {
    await store.keep(submitted('a'), undefined);
    await expect(store.keep(submitted('a', { by: sue }), undefined)).rejects.toThrow(Stale);
    const returned = { by: sue, at: '2027-01-05T14:00:00.000Z', note: 'Which door?' };
    await store.keep(submitted('a', { returned }), submitted('a'));
    await expect(
      store.keep(submitted('a', { returned: { ...returned, note: 'No' } }), submitted('a')),
    ).rejects.toThrow(Stale);
    expect((await store.find('a'))?.returned?.note).toBe('Which door?');
    await store.keep(submitted('a', { version: 2 }), submitted('a', { returned }));
    expect(await store.find('a')).toEqual(submitted('a', { version: 2 }));
  });
});
