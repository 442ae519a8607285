import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signing } from '../../../shared/runtime/signing.ts';
import { subscriptionStore } from '../../../shared/subscriptions/subscription-store.ts';
import { openTable } from '../../../shared/table/table.ts';
import { type Dynoxide, startDynoxide } from '../../support/dynoxide.ts';

let dynoxide: Dynoxide;
let wire: Server;
let lost = 0;

/** Every write is done, and its first answer is lost on the way back. */
beforeAll(async () => {
  dynoxide = await startDynoxide();
  const seen = new Set<string>();
  wire = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const target = String(request.headers['x-amz-target']);
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      ['host', 'connection', 'content-length'].includes(name)
        ? []
        : [[name, String(value)] as [string, string]],
    );
    const answer = await fetch(dynoxide.endpoint, { method: 'POST', headers, body });
    const text = await answer.text();
    const call = `${target} ${body}`;
    if (/Transact|Update/.test(target) && !seen.has(call)) {
      seen.add(call);
      lost++;
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  wire.closeAllConnections();
  wire.close();
  await dynoxide.stop();
});

test('an answer lost on the way back changes nothing for the resident', async () => {
  const address = wire.address();
  if (typeof address !== 'object' || !address) throw new Error('the wire has no port');
  const table = openTable(dynoxide.table.name, `http://127.0.0.1:${address.port}`);
  const secret = signing('a secret of the tests');
  let count = 0;
  const store = subscriptionStore({
    table,
    signing: secret,
    now: () => new Date('2027-01-04T10:00:00Z'),
    newId: () => `id${count++}`,
  });
  await store.requestConfirmation(
    {
      channel: 'email',
      address: 'ann@example.com',
      districts: ['southend'],
      kinds: [],
      frequency: 'immediately',
      reminders: false,
      follows: [],
    },
    { consent: { version: '1', wording: '', at: '' }, client: '203.0.113.7' },
  );
  expect(count).toBe(1);
  const { id } = await store.confirm({ token: secret.sign('confirm', 'id0') });
  expect(await store.changePreferences(id, { reminders: true })).toMatchObject({ reminders: true });
  await store.end(id, 'unsubscribed');
  expect(await store.find(id)).toMatchObject({ status: 'ended', reminders: true });
  expect(lost).toBeGreaterThanOrEqual(4);
});
