import { expect, test } from 'vitest';
import { faults } from '../../../infra/local/faults.ts';

const strikes = (seed: number) => {
  const some = faults();
  some.set({ service: 's3', rate: 0.3, kind: 'throttle', seed });
  return Array.from({ length: 200 }, () => some.strike('s3') === 'throttle');
};

test('the same seed breaks the same calls, another seed others', () => {
  expect(strikes(7)).toEqual(strikes(7));
  expect(strikes(7)).not.toEqual(strikes(8));
});

test('about the asked share of calls is broken, and counted', () => {
  const some = faults();
  some.set({ service: 'ses', rate: 0.5, kind: 'error', seed: 1 });
  const hit = Array.from({ length: 400 }, () => some.strike('ses')).filter(Boolean).length;
  expect(hit).toBeGreaterThan(150);
  expect(hit).toBeLessThan(250);
  expect(some.list().injected.ses).toBe(hit);
  expect(some.strike('s3')).toBeUndefined();
});

test('a rate of nothing ends it, the count stays', () => {
  const some = faults();
  some.set({ service: 'sqs', rate: 1, kind: 'lost-reply', seed: 1 });
  expect(some.strike('sqs')).toBe('lost-reply');
  some.set({ service: 'sqs', rate: 0, kind: 'error', seed: 1 });
  expect(some.strike('sqs')).toBeUndefined();
  expect(some.list()).toMatchObject({ active: [], injected: { sqs: 1 } });
});
