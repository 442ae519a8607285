import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { Temporal } from 'temporal-polyfill';
import { ask } from './ask.ts';
import type { Outputs } from './command-line.ts';
import type { Emulator } from './emulator.ts';
import type { Issuer } from './issuer.ts';
import { outbox } from './outbox.ts';
import { until } from './patience.ts';
import type { Tally } from './tally.ts';

/** An officer's event reaches a resident's calendar, inbox and phone, on what `cdk deploy` made. */
export async function journey(
  { check }: Tally,
  { emulator, issuer, outputs }: { emulator: Emulator; issuer: Issuer; outputs: Outputs },
) {
  const edge = new URL(outputs.Site).host;
  const api = new URL(outputs.HttpApi).host;
  const sent = outbox(emulator);
  const officer = await issuer.tokenFor('Officer One', 'officer', 'district:southend');

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const json: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await ask(emulator.url, api, `/api/v1${path}`, {
      method,
      headers: { ...json, ...headers },
      body: text,
    });
    return { ...answer, json: () => JSON.parse(answer.body) };
  };
  const asOfficer = { authorization: `Bearer ${officer}` };
  const calendar = (path: string) => ask(emulator.url, edge, `/calendars/${path}`);

  await check('anybody may read the districts', async () => {
    const answer = await call('GET', '/districts');
    assert.equal(answer.status, 200, answer.body);
    assert.ok(answer.json().items.some(({ id }: { id: string }) => id === 'southend'));
  });

  await check('the styles that a page names are at the edge, for a year', async () => {
    const page = await ask(emulator.url, api, '/southend');
    assert.equal(page.status, 200, page.body);
    const styles = /<link rel="stylesheet" href="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const answer = await ask(emulator.url, edge, styles);
    assert.equal(answer.status, 200, `${styles}: ${answer.body}`);
    assert.equal(answer.headers['content-type'], 'text/css');
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
  });

  await check('a token of another issuer is refused', async () => {
    const forged = `${officer.slice(0, -6)}AAAAAA`;
    assert.equal((await call('POST', '/events', event(), { authorization: `Bearer ${forged}` })).status, 401);
    assert.equal((await call('POST', '/events', event())).status, 401);
  });

  const residents = [
    { channel: 'email', address: 'success+deploy@simulator.amazonses.com', districts: ['southend'] },
    { channel: 'sms', address: '+447700900123', districts: ['southend'] },
  ];
  for (const wish of residents)
    await check(`a resident subscribes by ${wish.channel} and confirms`, async () => {
      const asked = await call('POST', '/subscriptions', wish);
      assert.equal(asked.status, 202, asked.body);
      const message = await until('a confirmation', 20, async () => (await sent.to(wish.address))[0]);
      const token = /\/subscribe\/confirm\/([\w.~-]+)/.exec(message)?.[1];
      const code = /\b(\d{6})\b/.exec(message)?.[1];
      const confirmed = await call(
        'POST',
        '/subscriptions/confirmations',
        token ? { token } : { address: wish.address, code },
      );
      assert.equal(confirmed.status, 200, confirmed.body);
      assert.match(confirmed.json().manageUrl, /^https:/);
    });

  const published = await check('an officer creates and publishes an event', async () => {
    const created = await call('POST', '/events', event(), asOfficer);
    assert.equal(created.status, 201, created.body);
    const { id } = created.json();
    const answer = await call(
      'POST',
      `/events/${id}/publish`,
      {},
      { ...asOfficer, 'if-match': created.headers.etag ?? '' },
    );
    assert.equal(answer.status, 200, answer.body);
    return { id: String(id), etag: answer.headers.etag ?? '' };
  });

  await check('it is in the calendar of its district, at the edge, plain and zipped', async () => {
    const plain = await until('the event in the calendar', 20, async () => {
      const answer = await calendar('southend.ics');
      return answer.status === 200 && answer.body.includes(event().title) && answer;
    });
    assert.equal(plain.headers['content-type'], 'text/calendar; charset=utf-8');
    assert.match(plain.headers['cache-control'] ?? '', /max-age=300/);
    assert.ok(plain.headers.etag);
    const zipped = await ask(emulator.url, edge, '/calendars/southend.ics', {
      headers: { 'accept-encoding': 'gzip' },
      encoding: 'latin1',
    });
    assert.equal(zipped.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(Buffer.from(zipped.body, 'latin1')).toString('utf8'), plain.body);
  });

  if (isNight())
    console.log('skipped a resident is told: it is night, and notices wait for the morning; run this by day');
  else
    for (const { channel, address } of residents)
      await check(`the resident is told by ${channel}, once`, async () => {
        const notices = async () => (await sent.to(address)).filter((text) => text.includes(event().title));
        await until('the notice', 30, async () => (await notices()).length > 0);
        assert.equal((await notices()).length, 1);
      });

  await check('cancelled, it is in the calendar as cancelled, with the same UID', async () => {
    assert.ok(published, 'nothing was published');
    const { id, etag } = published;
    const uid = uidIn((await calendar(`events/${id}.ics`)).body);
    const answer = await call(
      'POST',
      `/events/${id}/cancel`,
      { reason: 'The hall is flooded' },
      { ...asOfficer, 'if-match': etag },
    );
    assert.equal(answer.status, 200, answer.body);
    const cancelled = await until('the cancellation in the calendar', 20, async () => {
      const { body } = await calendar(`events/${id}.ics`);
      return body.includes('STATUS:CANCELLED') && body;
    });
    assert.equal(uidIn(cancelled), uid);
  });
}

const zone = 'Europe/London';
const soon = Temporal.Now.zonedDateTimeISO(zone).add({ hours: 6 }).round('hour');
const local = (time: Temporal.ZonedDateTime) => time.toPlainDateTime().toString({ smallestUnit: 'minute' });

/** Within 24 hours, so that those who asked for texts get one too. */
const event = () => ({
  title: 'Street meet at the deployed pier',
  kind: 'street-meet',
  districts: ['southend'],
  team: 'southend-cpt',
  start: local(soon),
  end: local(soon.add({ hours: 1 })),
});

function isNight(): boolean {
  const now = Temporal.Now.zonedDateTimeISO(zone);
  // A minute of margin: what is published at 20:59 settles in the night.
  return now.hour < 8 || now.add({ minutes: 1 }).hour >= 21;
}

const uidIn = (calendar: string) => /^UID:(.+)$/m.exec(calendar)?.[1]?.trim() ?? assert.fail('no UID');
