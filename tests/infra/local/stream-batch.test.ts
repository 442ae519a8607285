import { expect, test } from 'vitest';
import { bringThrough } from '../../../infra/local/stream-batch.ts';
import type { StreamRecord } from '../../../infra/local/stream-reader.ts';

const record = (number: number): StreamRecord => ({
  eventName: 'INSERT',
  awsRegion: 'eu-west-2',
  eventSourceARN: 'arn',
  dynamodb: { SequenceNumber: String(number), ApproximateCreationDateTime: 0 },
});
const numbers = (records: StreamRecord[]) => records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));

async function run(invoke: (batch: number[]) => unknown, rules = {}) {
  const seen: number[][] = [];
  const given: number[][] = [];
  const done: number[] = [];
  await bringThrough(
    [1, 2, 3, 4].map(record),
    { bisect: true, reportsItems: true, maximumRetries: 2, ...rules },
    {
      invoke: async (records) => {
        seen.push(numbers(records));
        return invoke(numbers(records));
      },
      done: (upTo) => done.push(Number(upTo.dynamodb.SequenceNumber)),
      giveUp: async (records) => void given.push(numbers(records)),
      pause: async () => true,
    },
  );
  return { seen, given, done };
}

test('what passes is done with at once', async () => {
  expect(await run(() => undefined)).toEqual({ seen: [[1, 2, 3, 4]], given: [], done: [4] });
});

test('from the first record given back on, everything comes again', async () => {
  let isFirst = true;
  const { seen, done } = await run(() => {
    const failures = isFirst ? ['3', '4'] : [];
    isFirst = false;
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  });
  expect(seen).toEqual([
    [1, 2, 3, 4],
    [3, 4],
  ]);
  expect(done).toEqual([2, 4]);
});

test('a bad record ends alone and harms only itself', async () => {
  const { given, done } = await run((batch) => {
    if (batch.includes(3)) throw new Error('bad');
    return undefined;
  });
  expect(given).toEqual([[3]]);
  expect(done).toEqual([2, 3, 4]);
});

test('without halving the whole batch is given up after its retries', async () => {
  const { seen, given } = await run(
    () => {
      throw new Error('bad');
    },
    { bisect: false },
  );
  expect(seen).toHaveLength(3);
  expect(given).toEqual([[1, 2, 3, 4]]);
});
