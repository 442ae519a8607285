import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { healthStore } from '../../../shared/bulletins/health-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());
const open = () => healthStore({ table: dynoxide.table, now: () => new Date('2027-01-05T12:00:00Z') });

test('each subscriber’s failure counts once, beside what was sent', async () => {
  const health = open();
  await dynoxide.table.client.send(
    new UpdateCommand({
      TableName: dynoxide.table.name,
      Key: { pk: 'BULLETIN#b', sk: 'BULLETIN' },
      UpdateExpression: 'ADD sentEmail :sent',
      ExpressionAttributeValues: { ':sent': 550 },
    }),
  );
  for (const id of ['ann', 'bob', 'ann']) await health.note('b', id, 'bounced');
  await health.note('b', 'ann', 'complained');
  expect(await health.health('b')).toEqual({ standing: 'going', sent: 550, bounced: 2, complained: 1 });
});

test('a bulletin is paused once, and what a person decides stays', async () => {
  const health = open();
  expect(await health.standing('c')).toBe('going');
  expect([await health.pause('c'), await health.pause('c')]).toEqual([true, false]);
  expect(await health.standing('c')).toBe('paused');
  await health.decide('c', 'resumed');
  expect(await health.pause('c')).toBe(false);
  expect(await health.standing('c')).toBe('resumed');
});
