import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Gone } from '../../../shared/runtime/errors.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { consentTo } from '../../../shared/subscriptions/consent.ts';
import type { AskedFor } from '../../../shared/subscriptions/subscription.ts';
import {
  type SubscriptionStore,
  subscriptionStore,
} from '../../../shared/subscriptions/subscription-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const secret = signing('a secret of the tests');
const at = new Date('2027-01-04T10:00:00Z');
let count = 0;
const deps = { signing: secret, now: () => at, newId: () => `id${count++}` };

describe.each([
  ['in memory', (): SubscriptionStore => fakeSubscriptionStore(deps)],
  ['in the table', (): SubscriptionStore => subscriptionStore({ ...deps, table: dynoxide.table })],
])('an e-mail address that stands in for a phone, %s', (where, open) => {
  let store: SubscriptionStore;
  let run = 0;
  beforeEach(() => {
    store = open();
    run++;
  });

  async function confirmed(asked: AskedFor) {
    const id = `id${count}`;
    await store.requestConfirmation(asked, {
      consent: consentTo({ name: 'Essex Police' }, at),
      client: `${where}-${count}`,
    });
    return store.confirm({ token: secret.sign('confirm', id) });
  }
  const phone = (last = 0) =>
    confirmed({
      channel: 'sms',
      address: `+4477009${String(run * 10 + last + (where === 'in memory' ? 0 : 500)).padStart(5, '0')}`,
      districts: ['southend'],
      kinds: [],
      frequency: 'urgent',
      reminders: false,
      follows: [],
    });
  const email = (members: Partial<AskedFor> = {}): AskedFor => ({
    channel: 'email',
    address: `ann${run}@example.com`,
    districts: [],
    kinds: [],
    frequency: 'immediately',
    reminders: false,
    follows: [],
    ...members,
  });
  const standIn = (standsInFor: string, members: Partial<AskedFor> = {}) =>
    confirmed(email({ ...members, standsInFor }));
  const pairOf = async (id: string) => (await store.find(id))?.pair;
  const statusOf = async (id: string) => (await store.find(id))?.status;

  test('knows the phone’s subscription, and that knows it, once it is confirmed', async () => {
    const { id } = await phone();
    const instead = await standIn(id);
    expect(instead).toMatchObject({ districts: [], pair: id, status: 'active' });
    expect(await pairOf(id)).toBe(instead.id);
  });

  test('keeps what it is told of its own', async () => {
    const own = await confirmed(email({ districts: ['harlow'], reminders: true }));
    const { id } = await phone();
    expect(await standIn(id)).toMatchObject({ id: own.id, districts: ['harlow'], reminders: true, pair: id });
    await store.end(id, 'unsubscribed');
    expect(await store.find(own.id)).toMatchObject({ status: 'active', districts: ['harlow'] });
    expect(await pairOf(own.id)).toBeUndefined();
  });

  test('asked for again, for itself, still stands in; so it does when what is told to the phone changes', async () => {
    const { id } = await phone();
    const instead = await standIn(id);
    await confirmed(email({ districts: ['harlow'] }));
    await store.changePreferences(id, { reminders: true });
    expect(await pairOf(instead.id)).toBe(id);
    expect(await pairOf(id)).toBe(instead.id);
    await store.leaveDistrict(instead.id, 'harlow');
    expect(await store.find(instead.id)).toMatchObject({ status: 'active', districts: [], pair: id });
  });

  test('that was there for nothing else ends with the phone’s subscription', async () => {
    const { id } = await phone();
    const instead = await standIn(id);
    await store.end(id, 'opted-out');
    expect(await statusOf(id)).toBe('ended');
    expect(await statusOf(instead.id)).toBe('ended');
    expect(await pairOf(id)).toBeUndefined();
  });

  test('is forgotten with the phone', async () => {
    const { id } = await phone();
    const instead = await standIn(id);
    await store.end(id, 'forgotten', { erase: true });
    expect(await store.find(instead.id)).toBeUndefined();
  });

  test('leaves no trace with the phone’s subscription', async () => {
    const { id } = await phone();
    const instead = await standIn(id);
    await store.end(instead.id, 'forgotten', { erase: true });
    expect(await store.find(id)).toMatchObject({ status: 'active' });
    expect(await pairOf(id)).toBeUndefined();
  });

  test('is dropped when its holder asks for that, once or twice', async () => {
    const { id } = await phone();
    const instead = await standIn(id);
    await store.dropStandIn(id);
    await store.dropStandIn(id);
    await store.dropStandIn('nobody');
    expect(await pairOf(id)).toBeUndefined();
    expect(await statusOf(instead.id)).toBe('ended');
  });

  test('gives way to another, and stands in for one phone only', async () => {
    const { id } = await phone();
    const first = await standIn(id);
    const second = await standIn(id, { address: `bob${run}@example.com` });
    expect(await pairOf(id)).toBe(second.id);
    expect(await statusOf(first.id)).toBe('ended');
    const other = await phone(1);
    expect(await standIn(other.id, { address: `bob${run}@example.com` })).toMatchObject({ id: second.id });
    expect(await pairOf(id)).toBeUndefined();
    expect(await pairOf(other.id)).toBe(second.id);
    expect(await standIn(other.id, { address: `bob${run}@example.com` })).toMatchObject({ pair: other.id });
    expect(await statusOf(second.id)).toBe('active');
  });

  test('cannot be confirmed once the phone’s subscription has ended', async () => {
    const { id } = await phone();
    await store.end(id, 'unsubscribed');
    await expect(standIn(id)).rejects.toThrow(Gone);
  });
});

test('nothing in the table holds an address beside its own subscription, nor the id of what was forgotten', async () => {
  const { Items = [] } = await dynoxide.table.client.send(
    new ScanCommand({ TableName: dynoxide.table.name }),
  );
  const holding = (text: string) => Items.filter((item) => JSON.stringify(item).includes(text));
  for (const { type, subscription } of Items)
    if (type === 'subscription') expect(holding(subscription.address)).toHaveLength(1);
  const known = new Set(Items.filter(({ type }) => type === 'subscription').map(({ id }) => id));
  for (const { subscription } of Items) if (subscription?.pair) expect(known).toContain(subscription.pair);
});
