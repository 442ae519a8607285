import type { SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { sendText } from '../../../functions/deliver/send-text.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { essex } from '../../support/essex.ts';

const answered = (name: string, message: string) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });

function phone({ error, money = true }: { error?: Error; money?: boolean } = {}) {
  const published: string[] = [];
  const spent: number[] = [];
  const sns = {
    send: async ({ input }: { input: { PhoneNumber: string } }) => {
      if (error) throw error;
      published.push(input.PhoneNumber);
      return { MessageId: 'm' };
    },
  } as unknown as SNSClient;
  const budget = {
    reserve: async (pence: number) => {
      if (money) spent.push(pence);
      return money;
    },
    giveBack: async (pence: number) => {
      spent.push(-pence);
    },
  };
  const deps = {
    sns,
    budget,
    force: essex,
    signing: signing('s'),
    origin: 'https://x',
    current: (district: string) => district,
  };
  const send = () => sendText('+447700900001', 'Hello', { isPressing: false }, deps);
  return { send, published, spent: () => spent.reduce((sum, pence) => sum + pence, 0) };
}

test('a text is paid for', async () => {
  const { send, published, spent } = phone();
  expect(await send()).toEqual({ outcome: 'sent', messageId: 'm' });
  expect(published).toHaveLength(1);
  expect(spent()).toBe(essex.senders.textPence);
});

test('a text for which there is no money is not sent', async () => {
  const { send, published } = phone({ money: false });
  expect(await send()).toEqual({ outcome: 'rejected', reason: 'budget' });
  expect(published).toEqual([]);
});

test.each([
  ['OptedOut', 'The number opted out', 'opted-out'],
  ['OptedOutException', 'x', 'opted-out'],
  ['InvalidParameter', 'Invalid parameter: Phone number is opted out', 'opted-out'],
  ['InvalidParameter', 'Invalid parameter: PhoneNumber Reason: +44 is not valid to publish to', 'refused'],
  ['InvalidParameter', 'Invalid parameter: Message Reason: must have 1 to 1600 characters', undefined],
  ['InternalError', 'Phone number is opted out', undefined],
])('of a number of which SNS says %s: %s, the subscription ends: %3$s', async (name, says, ends) => {
  const { send, spent } = phone({ error: answered(name, says) });
  expect((await send()).ends).toBe(ends);
  expect(spent()).toBe(0);
});

test('a text of which nobody knows whether it went is paid for', async () => {
  const { send, spent } = phone({ error: new Error('socket hang up') });
  expect(await send()).toMatchObject({ outcome: 'unknown' });
  expect(spent()).toBe(essex.senders.textPence);
});
