import type { SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endOptedOut } from '../../../functions/deliver/end-opted-out.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { addressEndings } from '../../../shared/subscriptions/address-endings.ts';
import { consentTo } from '../../../shared/subscriptions/consent.ts';
import { subscriptionStore } from '../../../shared/subscriptions/subscription-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const secret = signing('a secret of the tests');
const now = () => new Date('2027-01-04T10:00:00Z');
let ids = 0;
const store = () =>
  subscriptionStore({ table: dynoxide.table, signing: secret, now, newId: () => `id${ids++}` });

async function phone(address: string) {
  const id = `id${ids}`;
  await store().requestConfirmation(
    {
      channel: 'sms',
      address,
      districts: ['southend'],
      kinds: [],
      frequency: 'urgent',
      reminders: false,
      follows: [],
    },
    { consent: consentTo({ name: 'Essex Police' }, now()), client: address },
  );
  return (await store().confirm({ token: secret.sign('confirm', id) })).id;
}

/** SNS with two numbers to a page. */
const sns = (numbers: string[]) =>
  ({
    send: async ({ input }: { input: { nextToken?: string } }) => {
      const from = Number(input.nextToken ?? 0);
      const more = from + 2 < numbers.length;
      return { phoneNumbers: numbers.slice(from, from + 2), ...(more && { nextToken: String(from + 2) }) };
    },
  }) as unknown as SNSClient;

test('numbers that opted out with the carrier have no subscription any more, page by page, and others keep theirs', async () => {
  const [ann, bob, cat] = [
    await phone('+447700900001'),
    await phone('+447700900002'),
    await phone('+447700900003'),
  ];
  const waiting: string[] = [];
  const deps = {
    sns: sns(['+447700900001', '+447700900777', '+447700900778', '+447700900003']),
    endAll: addressEndings({ table: dynoxide.table, signing: secret, now }),
    texts: {
      send: async (messages: { body: unknown }[]) =>
        void waiting.push(...messages.map(({ body }) => (body as { optOutsAfter: string }).optOutsAfter)),
    },
  };
  await endOptedOut('', deps);
  expect(await store().find(ann)).toMatchObject({ status: 'ended', endReason: 'opted-out' });
  expect(await store().find(cat)).toMatchObject({ status: 'active' });
  expect(waiting).toEqual(['2']);
  // The queue may bring a page twice.
  for (const _ of [1, 2]) await endOptedOut('2', deps);
  expect(await store().find(cat)).toMatchObject({ status: 'ended', endReason: 'opted-out' });
  expect(await store().find(bob)).toMatchObject({ status: 'active' });
  expect(waiting).toEqual(['2']);
});

test('where nobody opted out nothing happens', async () => {
  const endAll = addressEndings({ table: dynoxide.table, signing: secret, now });
  await endOptedOut('', { sns: sns([]), endAll, texts: { send: async () => expect.unreachable() } });
});
