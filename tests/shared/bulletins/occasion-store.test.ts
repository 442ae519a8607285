import { afterAll, beforeAll, expect, test } from 'vitest';
import { occasionStore } from '../../../shared/bulletins/occasion-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

test('each occasion has a day up to which it was held', async () => {
  const { isHeld, markHeld } = occasionStore(dynoxide.table);
  expect(await isHeld('reminder', '2027-01-05')).toBe(false);
  await markHeld('reminder', '2027-01-05');
  await markHeld('reminder', '2027-01-06');
  for (const { isHeld: asked } of [{ isHeld }, occasionStore(dynoxide.table)]) {
    expect(await asked('reminder', '2027-01-06')).toBe(true);
    expect(await asked('reminder', '2027-01-07')).toBe(false);
    expect(await asked('digest', '2027-01-06')).toBe(false);
  }
});
