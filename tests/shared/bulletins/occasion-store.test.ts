import { afterAll, beforeAll, expect, test } from 'vitest';
import { occasionStore } from '../../../shared/bulletins/occasion-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

test('each occasion has a day up to which it was held', async () => {
  const { lastHeld, markHeld } = occasionStore(dynoxide.table);
  expect(await lastHeld('reminder')).toBeUndefined();
  await markHeld('reminder', '2027-01-05');
  await markHeld('reminder', '2027-01-06');
  expect(await lastHeld('reminder')).toBe('2027-01-06');
  expect(await lastHeld('digest')).toBeUndefined();
});
