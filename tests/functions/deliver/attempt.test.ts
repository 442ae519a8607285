import { expect, test } from 'vitest';
import { attempt } from '../../../functions/deliver/attempt.ts';

const answered = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
const trying = async (...errors: Error[]) => {
  let calls = 0;
  const result = await attempt(
    async () => {
      const error = errors[calls++];
      if (error) throw error;
      return 'taken';
    },
    { pause: async () => {} },
  );
  return { result, calls };
};

test.each([
  ['an error of its own', answered('InternalServiceErrorException', 500), 'refused'],
  ['a final no', answered('MessageRejected', 400), 'rejected'],
  ['that the number opted out', answered('OptedOut', 400), 'rejected'],
  ['that we may not', answered('AccessDeniedException', 403), 'refused'],
  ['nothing', Object.assign(new Error('socket hang up'), { $metadata: {} }), 'unknown'],
  ['nothing, as nobody was there', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'refused'],
  ['nothing in time', Object.assign(new Error('timeout'), { name: 'TimeoutError' }), 'unknown'],
])('when the provider says %s, it is asked once', async (_name, error, outcome) => {
  expect(await trying(error)).toMatchObject({ result: { outcome }, calls: 1 });
});

test('when it is too fast, it is asked three times', async () => {
  const slow = answered('TooManyRequestsException', 429);
  expect(await trying(slow, slow)).toEqual({ result: { answer: 'taken' }, calls: 3 });
  expect(await trying(slow, slow, slow, slow)).toMatchObject({ result: { outcome: 'refused' }, calls: 3 });
});

test('that our own sender is not verified is no final no', async () => {
  const error = Object.assign(answered('MessageRejected', 400), {
    message: 'Email address is not verified. The following identities failed the check',
  });
  expect(await trying(error)).toMatchObject({ result: { outcome: 'refused' }, calls: 1 });
});
