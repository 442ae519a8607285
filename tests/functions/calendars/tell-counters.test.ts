import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { tellCounters } from '../../../functions/calendars/tell-counters.ts';
import type { CountMessage } from '../../../shared/reports/count-message.ts';
import { anEvent } from '../../support/an-event.ts';
import { streamRecord } from '../../support/stream-record.ts';

const record = (
  item: Record<string, unknown>,
  image: 'NewImage' | 'OldImage' = 'NewImage',
): DynamoDBRecord => ({
  eventName: image === 'NewImage' ? 'MODIFY' : 'REMOVE',
  dynamodb: { [image]: marshall(item) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] },
});

test('what changed is passed on by its id alone, once a batch, a hundred in a message', async () => {
  const sent: CountMessage[] = [];
  const counts = {
    send: async (messages: { body: CountMessage }[]) => void sent.push(...messages.map(({ body }) => body)),
  };
  const events = Array.from({ length: 120 }, (_, place) => anEvent({}, `event-${place}`));
  const subscription = { id: 'sub', address: 'resident@example.com' };
  await tellCounters(
    [
      ...[...events, ...events].map((event) => streamRecord(event)),
      record({ type: 'bulletin', bulletin: { id: 'b1' }, sentEmail: 5 }),
      record({ type: 'subscription', subscription }),
      record({ type: 'subscription', subscription: { ...subscription, id: 'erased' } }, 'OldImage'),
      record({ type: 'notice', notice: { id: 'x' } }),
    ],
    { counts },
  );
  expect(sent.map((message) => ('events' in message ? message.events.length : message))).toEqual([
    100,
    20,
    { bulletins: ['b1'] },
    { subscriptions: ['sub', 'erased'] },
  ]);
  expect(JSON.stringify(sent)).not.toContain('resident@');
});

test('a queue that takes nothing holds up no calendar', async () => {
  const counts = { send: () => Promise.reject(new Error('the queue is away')) };
  await expect(tellCounters([streamRecord(anEvent())], { counts })).resolves.toBeUndefined();
});
