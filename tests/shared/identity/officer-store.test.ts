import { afterAll, beforeAll, expect, test } from 'vitest';
import { officerStore } from '../../../shared/identity/officer-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

test('each replacement of a private calendar’s address is one more, and kept apart from the officer', async () => {
  const store = officerStore(dynoxide.table);
  const at = new Date('2027-01-04T10:00:00Z');
  expect(await store.calendarAddress('one')).toEqual({ replaced: 0 });
  await Promise.all([store.replaceCalendarAddress('one', at), store.replaceCalendarAddress('one', at)]);
  expect(await store.calendarAddress('one')).toEqual({ replaced: 2, at: at.toISOString() });
  expect(await store.find('one')).toBeUndefined();
  await store.keep({ id: 'one', districts: ['southend'], seenAt: at.toISOString() }, at);
  expect(await store.calendarAddress('one')).toEqual({ replaced: 2, at: at.toISOString() });
});
