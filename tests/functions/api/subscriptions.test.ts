import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { subscriptionRoutes } from '../../../functions/api/subscriptions/subscription-routes.ts';
import { httpHandler } from '../../../shared/http/http-handler.ts';
import { problemResponse } from '../../../shared/http/problem.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { aDraft, anEvent } from '../../support/an-event.ts';
import { essex as force } from '../../support/essex.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';

const origin = 'https://events.example';
const secret = signing('a secret of the tests');
const address = '/api/v1/subscriptions';
const email = { channel: 'email', address: 'Ann@Example.com', districts: ['southend'] };
const text = { channel: 'sms', address: '07700 900123', districts: ['southend', 'basildon'] };

const events = {
  getAll: async (ids: string[]) =>
    new Map(
      [anEvent(), aDraft({}, 'draft')].filter(({ id }) => ids.includes(id)).map((each) => [each.id, each]),
    ),
};

let at: Date;
let store: ReturnType<typeof fakeSubscriptionStore>;
let send: (method: string, path: string, body?: unknown) => Promise<APIGatewayProxyStructuredResultV2>;
beforeEach(() => {
  at = new Date('2027-01-04T10:00:00Z');
  let count = 0;
  const now = () => at;
  store = fakeSubscriptionStore({ signing: secret, now, newId: () => `id${count++}` });
  const routes = subscriptionRoutes({ subscriptions: store, events, signing: secret, force, origin, now });
  const handler = httpHandler(routes, { onError: problemResponse });
  send = async (method, path, body) => handler(event(method, path, body), {} as Context);
});

const event = (method: string, path: string, body?: unknown): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'ANY /api/{proxy+}',
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  requestContext: {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: '' },
    requestId: '',
    routeKey: '',
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  isBase64Encoded: false,
});
const bodyOf = ({ body }: APIGatewayProxyStructuredResultV2) => JSON.parse(body ?? 'null');

const onlyConfirmation = () => {
  const [id, ...others] = store.confirmations.keys();
  expect(others).toEqual([]);
  return id ?? '';
};
async function subscribe(wish: object) {
  await send('POST', address, wish);
  const answer = await send('POST', `${address}/confirmations`, {
    token: secret.sign('confirm', onlyConfirmation()),
  });
  const { manageUrl } = bodyOf(answer);
  return { manageUrl, path: manageUrl.replace(`${origin}/subscriptions`, address) };
}

describe('POST /subscriptions', () => {
  test('is answered the same whoever asks and whatever exists', async () => {
    const first = await send('POST', address, email);
    expect(first).toMatchObject({ statusCode: 202, body: '{"status":"confirmation-sent"}' });
    await send('POST', `${address}/confirmations`, { token: secret.sign('confirm', onlyConfirmation()) });
    for (let again = 0; again < 6; again++) expect(await send('POST', address, email)).toEqual(first);
  });

  test('keeps the wording agreed to, and when', async () => {
    await send('POST', address, email);
    expect(store.confirmations.get(onlyConfirmation())?.consent).toEqual({
      version: expect.any(String),
      wording: expect.stringContaining('Essex Police'),
      at: at.toISOString(),
    });
  });

  test('names what is wrong', async () => {
    const answer = await send('POST', address, {
      ...email,
      districts: ['atlantis'],
      frequency: 'urgent',
      vip: true,
    });
    expect(answer).toMatchObject({
      statusCode: 422,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(bodyOf(answer).errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/districts/0',
      '/frequency',
      '/vip',
    ]);
    expect(store.confirmations.size).toBe(0);
  });

  test.each([
    ['{"channel":', 400],
    ['', 400],
    ['null', 422],
    ['[]', 422],
  ])('%j is %i', async (body, status) => {
    expect(await send('POST', address, body)).toMatchObject({ statusCode: status });
  });

  test('over thirty a minute from one client is too many; what is not right does not count', async () => {
    for (let count = 0; count < 40; count++) await send('POST', address, {});
    for (let count = 0; count < 30; count++)
      expect(await send('POST', address, { ...email, address: `a${count}@example.com` })).toMatchObject({
        statusCode: 202,
      });
    const answer = await send('POST', address, email);
    expect(answer).toMatchObject({ statusCode: 429 });
    expect(Number(answer.headers?.['retry-after'])).toBeGreaterThan(0);
  });
});

describe('POST /subscriptions/confirmations', () => {
  test('a token makes a link to manage it', async () => {
    const { manageUrl } = await subscribe(email);
    expect(manageUrl).toMatch(/^https:\/\/events\.example\/subscriptions\/[\w-]+\.[\w-]+$/);
  });

  test('a code does, however the number is written', async () => {
    await send('POST', address, text);
    const code = secret.code(onlyConfirmation());
    const answer = await send('POST', `${address}/confirmations`, { address: '+44 7700 900123', code });
    expect(answer).toMatchObject({ statusCode: 200 });
  });

  test('is gone when used, or unknown', async () => {
    await send('POST', address, email);
    const token = secret.sign('confirm', onlyConfirmation());
    await send('POST', `${address}/confirmations`, { token });
    for (const each of [token, 'nonsense', secret.sign('confirm', 'nobody')])
      expect(await send('POST', `${address}/confirmations`, { token: each })).toMatchObject({
        statusCode: 410,
      });
    const unknown = { address: '07700 900999', code: '123456' };
    expect(await send('POST', `${address}/confirmations`, unknown)).toMatchObject({ statusCode: 410 });
  });

  test('the fifth wrong code is one too many', async () => {
    await send('POST', address, text);
    const right = secret.code(onlyConfirmation());
    const code = right === '000000' ? '000001' : '000000';
    const statuses: unknown[] = [];
    for (const guess of [code, code, code, code, code, code, right])
      statuses.push(
        (await send('POST', `${address}/confirmations`, { address: text.address, code: guess })).statusCode,
      );
    expect(statuses).toEqual([422, 422, 422, 422, 429, 410, 410]);
  });
});

describe('the holder of the link', () => {
  test('sees the preferences and no more', async () => {
    const { path } = await subscribe({ ...email, kinds: ['talk'], reminders: true });
    const answer = await send('GET', path);
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
    expect(bodyOf(answer)).toEqual({
      channel: 'email',
      address: 'ann@example.com',
      districts: ['southend'],
      kinds: ['talk'],
      frequency: 'immediately',
      reminders: true,
      follows: [],
      status: 'active',
      confirmedAt: at.toISOString(),
    });
  });

  test('changes what is named', async () => {
    const { path } = await subscribe(email);
    const answer = await send('PATCH', path, { districts: ['harlow'], frequency: 'weekly' });
    expect(answer).toMatchObject({ statusCode: 200 });
    expect(bodyOf(await send('GET', path))).toEqual(bodyOf(answer));
    expect(bodyOf(answer)).toMatchObject({ districts: ['harlow'], frequency: 'weekly', kinds: [] });
  });

  test.each([
    [{ districts: [] }, '/districts'],
    [{ districts: ['atlantis'] }, '/districts/0'],
    [{ frequency: 'urgent' }, '/frequency'],
    [{ kinds: ['rave'] }, '/kinds/0'],
    [{ reminders: null }, '/reminders'],
    [{ address: 'bob@example.com' }, '/address'],
  ])('may not change to %j', async (body, pointer) => {
    const { path } = await subscribe(email);
    const before = await send('GET', path);
    const answer = await send('PATCH', path, body);
    expect(answer).toMatchObject({ statusCode: 422 });
    expect(bodyOf(answer).errors).toMatchObject([{ pointer }]);
    expect(await send('GET', path)).toEqual(before);
  });

  test('follows events that are public', async () => {
    const { path } = await subscribe(email);
    const answer = await send('PATCH', path, { follows: ['open-day', 'draft', 'nothing'] });
    expect(bodyOf(answer).errors).toEqual([
      { pointer: '/follows/1', message: 'is not a public event' },
      { pointer: '/follows/2', message: 'is not a public event' },
    ]);
    expect(bodyOf(await send('PATCH', path, { follows: ['open-day'] }))).toMatchObject({
      follows: ['open-day'],
    });
    expect(bodyOf(await send('PATCH', path, { follows: [] }))).toMatchObject({ follows: [] });
  });

  test('names an e-mail address for texts that cannot go, once it confirmed, and drops it', async () => {
    const { path } = await subscribe(text);
    expect(bodyOf(await send('GET', path))).toMatchObject({ hasStandIn: false });
    const asked = await send('PUT', `${path}/stand-in`, { address: 'Ann@example.com' });
    expect(asked).toMatchObject({ statusCode: 202 });
    expect(bodyOf(await send('GET', path))).toMatchObject({ hasStandIn: false });
    const token = secret.sign('confirm', onlyConfirmation());
    const confirmed = bodyOf(await send('POST', `${address}/confirmations`, { token }));
    expect(bodyOf(await send('GET', path))).toMatchObject({ hasStandIn: true });
    const own = `/api/v1${new URL(confirmed.manageUrl).pathname}`;
    expect(await send('PUT', `${own}/stand-in`, { address: 'b@example.com' })).toMatchObject({
      statusCode: 409,
    });
    expect(await send('PUT', `${path}/stand-in`, { address: '07700 900123' })).toMatchObject({
      statusCode: 422,
    });
    expect(await send('DELETE', `${path}/stand-in`)).toMatchObject({ statusCode: 204 });
    expect(bodyOf(await send('GET', path))).toMatchObject({ hasStandIn: false });
    expect(await send('GET', own)).toMatchObject({ statusCode: 410 });
  });

  test('leaves for good', async () => {
    const { path } = await subscribe(email);
    expect(await send('DELETE', path)).toMatchObject({ statusCode: 204 });
    expect(await send('DELETE', path)).toMatchObject({ statusCode: 204 });
    expect(await send('GET', path)).toMatchObject({ statusCode: 410 });
    expect(await send('PATCH', path, {})).toMatchObject({ statusCode: 410 });
    expect(store.subscriptions.size).toBe(0);
  });

  test.each(['GET', 'PATCH', 'DELETE'])('%s with another link finds nothing', async (method) => {
    const { path } = await subscribe(email);
    for (const wrong of [`${address}/nobody`, `${path}x`, `${address}/${secret.sign('confirm', 'id1')}`])
      expect(await send(method, wrong, {})).toMatchObject({ statusCode: 404 });
    expect(store.subscriptions.size).toBe(1);
  });
});
