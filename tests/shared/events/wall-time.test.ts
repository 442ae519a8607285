import { expect, test } from 'vitest';
import { asUtc, fromUtc } from '../../../shared/events/wall-time.ts';

test.each(['2027-01-25', '2028-02-29T00:00', '2027-01-25T23:59:59'])(
  '%s is a wall time, once and again',
  (local) => {
    for (const _ of ['first', 'again']) expect(fromUtc(asUtc(local) ?? 0, local.length)).toBe(local);
  },
);

test.each([
  '2027-02-29',
  '2027-06-31T10:00',
  '2027-01-25T24:00',
  '2027/01/25',
  '25-01-2027',
  '2027-01-25 10:00',
  '2027-01-25T10:00Z',
  '0999-01-01',
  '9001-01-01',
  '',
])('"%s" is none, or of another age', (local) => {
  for (const _ of ['first', 'again']) expect(asUtc(local)).toBeUndefined();
});
