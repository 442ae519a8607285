import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../../../functions/tick/sweep.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { consentTo } from '../../../shared/subscriptions/consent.ts';
import type { AskedFor } from '../../../shared/subscriptions/subscription.ts';
import { subscriptionStore } from '../../../shared/subscriptions/subscription-store.ts';
import { standInWish } from '../../../shared/subscriptions/wish.ts';
import { dueStore } from '../../../shared/table/due-store.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeChunkStore } from '../../support/fakes/chunk-store.ts';

let dynoxide: Dynoxide;
beforeAll(async () => {
  dynoxide = await startDynoxide();
});
afterAll(() => dynoxide.stop());

const DAY = 86_400_000;
let at = new Date('2027-01-04T10:00:00Z');
let ids = 0;

test('28 days after a resident left, the minute tick erases the number and the address that stood in for it', async () => {
  const secret = signing('a secret of the tests');
  const { table } = dynoxide;
  const store = subscriptionStore({ table, signing: secret, now: () => at, newId: () => `id${ids++}` });
  const kept = async () =>
    JSON.stringify((await table.client.send(new ScanCommand({ TableName: table.name }))).Items);
  const subscribe = async (wish: AskedFor) => {
    const id = `id${ids}`;
    await store.requestConfirmation(wish, { consent: consentTo(essex, at), client: '192.0.2.1' });
    return store.confirm({ token: secret.sign('confirm', id) });
  };
  const send = async () => {};
  const tick = () =>
    sweep({
      due: dueStore(table),
      subscribers: store,
      bulletins: fakeBulletinStore(),
      chunks: fakeChunkStore(),
      notices: { lastHeard: async () => undefined },
      settle: { send },
      fanOut: { send },
      deliver: { email: { send }, sms: { send } },
      force: essex,
      now: () => at,
    });

  const phone = await subscribe({
    channel: 'sms',
    address: '+447700900001',
    districts: ['southend'],
    kinds: [],
    frequency: 'urgent',
    reminders: false,
    follows: [],
  });
  await subscribe(standInWish('ann@example.com', phone.id));
  await store.end(phone.id, 'unsubscribed');
  at = new Date(at.getTime() + 27 * DAY);
  await tick();
  for (const address of ['+447700900001', 'ann@example.com']) expect(await kept()).toContain(address);
  at = new Date(at.getTime() + DAY);
  await tick();
  for (const address of ['+447700900001', 'ann@example.com']) expect(await kept()).not.toContain(address);
});
