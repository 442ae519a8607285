import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signing } from '../../../shared/runtime/signing.ts';
import { consentTo } from '../../../shared/subscriptions/consent.ts';
import type { Wish } from '../../../shared/subscriptions/subscription.ts';
import { subscriptionStore } from '../../../shared/subscriptions/subscription-store.ts';
import { dueShards } from '../../../shared/table/due.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const secret = signing('a secret of the tests');
const client = '203.0.113.7';
let at = new Date('2027-01-04T10:00:00Z');
let count = 0;

const open = () =>
  subscriptionStore({ table: dynoxide.table, signing: secret, now: () => at, newId: () => `id${count++}` });
const everything = async () =>
  (await dynoxide.table.client.send(new ScanCommand({ TableName: dynoxide.table.name }))).Items ?? [];

const wish: Wish = {
  channel: 'email',
  address: 'ann@example.com',
  districts: ['southend'],
  kinds: [],
  frequency: 'immediately',
  reminders: true,
  follows: ['event1'],
};

async function ask() {
  const known = count;
  await open().requestConfirmation(wish, { consent: consentTo({ name: 'Essex Police' }, at), client });
  return `id${known}`;
}

test('nothing kept confirms a wish, and no network address is kept', async () => {
  const id = await ask();
  const kept = JSON.stringify(await everything());
  expect(kept).not.toContain(client);
  expect(kept).not.toContain(secret.code(id));
  expect(kept).not.toContain(secret.sign('confirm', id));
});

test('an address is kept in one place only, and nowhere once it is forgotten', async () => {
  const holding = async () =>
    (await everything())
      .filter((item) => JSON.stringify(item).includes(wish.address))
      .map(({ type }) => type);
  const id = await ask();
  expect(await holding()).toEqual(['confirmation']);
  const subscription = await open().confirm({ token: secret.sign('confirm', id) });
  expect(await holding()).toEqual(['subscription']);
  await ask();
  await open().end(subscription.id, 'forgotten', { erase: true });
  expect(await holding()).toEqual([]);
  expect((await everything()).filter((item) => JSON.stringify(item).includes(subscription.id))).toEqual([]);
});

test('what is left after an end goes by itself or is due to be erased', async () => {
  const id = await ask();
  const subscription = await open().confirm({ token: secret.sign('confirm', id) });
  await open().end(subscription.id, 'unsubscribed');
  const left = await everything();
  const due = left.filter(({ dueAt, dueShard }) => dueAt && dueShards.includes(dueShard));
  expect(due).toMatchObject([
    {
      type: 'subscription',
      id: subscription.id,
      dueAt: new Date(at.getTime() + 28 * 86_400_000).toISOString(),
    },
  ]);
  expect(left.filter((item) => !due.includes(item) && !item.expiresAt)).toEqual([]);
  at = new Date(at.getTime() + 28 * 86_400_000);
  await open().eraseEnded(subscription.id);
  expect(JSON.stringify(await everything())).not.toContain(wish.address);
});

test('an active subscription and what points to it never expire', async () => {
  const id = await ask();
  const subscription = await open().confirm({ token: secret.sign('confirm', id) });
  await ask();
  const pointing = (await everything()).filter((item) => JSON.stringify(item).includes(subscription.id));
  expect(pointing.map(({ type }) => type).sort()).toEqual([
    'address',
    'subscriber',
    'subscriber',
    'subscription',
  ]);
  expect(pointing.filter(({ expiresAt }) => expiresAt)).toEqual([]);
});

test('a confirmation is due to be looked at until it was sent', async () => {
  const due = async (id: string) => (await everything()).find((item) => item.id === id)?.dueAt;
  at = new Date(at.getTime() + 86_400_000);
  const id = await ask();
  expect(await due(id)).toBe(new Date(at.getTime() + 2 * 60_000).toISOString());
  await open().confirmationSent(id);
  await open().confirmationSent('nobody');
  expect(await due(id)).toBeUndefined();
  expect(await open().openConfirmation(id)).toBeDefined();
  expect((await everything()).some((item) => item.pk.includes('nobody'))).toBe(false);
});

test('nothing kept opens a subscription: its link is made again with the secret each time', async () => {
  const { id } = await open().confirm({ token: secret.sign('confirm', await ask()) });
  const kept = JSON.stringify(await everything());
  expect(kept).toContain(id);
  const [, signature = ''] = secret.sign('manage', id).split('.');
  expect(signature.length).toBeGreaterThan(10);
  expect(kept).not.toContain(signature);
  await open().end(id, 'forgotten', { erase: true });
});
