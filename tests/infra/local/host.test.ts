import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBucket } from '../../../infra/local/bucket.ts';
import { type RunningHost, startHost } from '../../support/host.ts';

const entry = new URL('./tiny/start.ts', import.meta.url);
let dataDir = '';
let host: RunningHost;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiny-'));
  host = await startHost({ entry, dataDir });
});
afterAll(async () => {
  await host.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const seen = async (reply: Promise<Response>) => JSON.parse(await (await reply).text());
type Answer = Record<string, unknown> & { error?: string };
const call = async (service: string, operation: string, input: unknown): Promise<Answer> => {
  const reply = await host.post('/do', { service, operation, input });
  return (await reply.json()) as Answer;
};
const put = (pk: string, type = 'thing') =>
  call('dynamodb', 'putItem', { TableName: '$TABLE', Item: { pk: { S: pk }, type: { S: type } } });
type Note = { times: number; last: string };
async function notes(): Promise<Record<string, Note>> {
  const answer = await call('dynamodb', 'scan', { TableName: '$TABLE' });
  const items = answer.Items as { pk: { S: string }; times?: { N: string }; last?: { S: string } }[];
  return Object.fromEntries(
    items.flatMap(({ pk, times, last }) =>
      times ? [[pk.S, { times: Number(times.N), last: last?.S ?? '' }]] : [],
    ),
  );
}
const mail = (to: string, more: object = {}) =>
  call('ses', 'sendBulkEmail', {
    FromEmailAddress: 'Essex <events@essex.example>',
    ConfigurationSetName: 'set',
    DefaultContent: {
      Template: { TemplateName: 'mail', TemplateData: '{"subject":"S","html":"<p>","text":"T"}' },
    },
    BulkEmailEntries: [
      {
        Destination: { ToAddresses: [to] },
        ReplacementHeaders: [{ Name: 'List-Unsubscribe', Value: '<https://x>' }],
        ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: '{"text":"For you"}' } },
      },
    ],
    ...more,
  });

describe('a function', () => {
  test('sees the template’s environment and Lambda’s, and nothing of this machine', async () => {
    const { env } = await seen(host.get('/'));
    expect(env).toMatchObject({ BUCKET: expect.any(String), AWS_REGION: 'eu-west-2' });
    expect(env).not.toHaveProperty('PATH');
    expect(env).not.toHaveProperty('DATA_DIR');
  });

  test('is asked through the edge; the client’s address is the socket’s', async () => {
    const reply = host.get('/a%20b?x=1', { headers: { cookie: 'a=b', 'x-forwarded-for': '6.6.6.6' } });
    const { event } = await seen(reply);
    expect(event).toMatchObject({
      rawPath: '/a b',
      rawQueryString: 'x=1',
      cookies: ['a=b'],
      routeKey: '$default',
    });
    expect(event.requestContext.http.sourceIp).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(event.headers['x-forwarded-for']).toBe(event.requestContext.http.sourceIp);
  });

  test('that takes too long, or ends its process, is an error and the next call is answered', async () => {
    expect((await host.post('/', { service: 'sleep', input: 10_000 })).status).toBe(503);
    expect((await host.post('/', { service: 'exit', input: 1 })).status).toBe(500);
    expect((await host.get('/')).status).toBe(200);
  });

  test('may do only what its role allows', async () => {
    const input = { Bucket: '$BUCKET', Key: 'elsewhere/x', Body: 'x' };
    expect(await call('s3', 'putObject', input)).toMatchObject({ error: 'AccessDenied' });
    expect(await call('dynamodb', 'getItem', { TableName: '$TABLE', Key: { pk: { S: 'x' } } })).toMatchObject(
      {
        error: 'AccessDeniedException',
      },
    );
    expect(host.output()).toMatch(
      /AccessDenied: Call\w* is not allowed s3:PutObject on arn:aws:s3:::\w+\/elsewhere\/x/,
    );
  });

  test('gets no body over ten megabytes', async () => {
    const reply = await host.get('/', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(reply.status).toBe(413);
  });
});

describe('the bucket', () => {
  test('keeps headers, answers conditions, and is served by the edge', async () => {
    const object = { Bucket: '$BUCKET', Key: 'calendars/é a.ics' };
    const { ETag } = await call('s3', 'putObject', {
      ...object,
      Body: 'BEGIN',
      ContentType: 'text/calendar',
      CacheControl: 'max-age=300',
      Metadata: { a: 'b' },
      IfNoneMatch: '*',
    });
    expect(await call('s3', 'putObject', { ...object, Body: 'x', IfNoneMatch: '*' })).toMatchObject({
      error: 'PreconditionFailed',
    });
    expect(await call('s3', 'getObject', object)).toMatchObject({
      ETag,
      Body: 'BEGIN',
      CacheControl: 'max-age=300',
      ContentType: 'text/calendar',
      Metadata: { a: 'b' },
    });
    expect(await call('s3', 'headObject', { ...object, Key: 'calendars/none' })).toMatchObject({
      error: 'NotFound',
    });
    const reply = await host.get('/calendars/%C3%A9%20a.ics');
    expect([reply.status, reply.headers.get('etag'), reply.headers.get('content-type')]).toEqual([
      200,
      ETag,
      'text/calendar',
    ]);
    const again = await host.get('/calendars/%C3%A9%20a.ics', { headers: { 'if-none-match': String(ETag) } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await host.get('/calendars/%C3%A9%20a.ics', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '5']);
    expect((await host.get('/calendars/none.ics')).status).toBe(404);
    expect((await host.get('/calendars/x', { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  test('lists', async () => {
    await call('s3', 'putObject', { Bucket: '$BUCKET', Key: 'calendars/b&c', Body: 'x' });
    const { Contents } = await call('s3', 'listObjectsV2', { Bucket: '$BUCKET', Prefix: 'calendars/b' });
    expect(Contents).toMatchObject([{ Key: 'calendars/b&c', Size: 1 }]);
  });
});

describe('streams and queues', () => {
  test('bring each matching record to its function', async () => {
    await put('one');
    await put('other', 'not-a-thing');
    await call('sqs', 'sendMessage', {
      QueueUrl: '$QUEUE_URL',
      MessageBody: 'hello',
      MessageGroupId: 'southend',
    });
    await host.idle();
    const noted = await notes();
    expect(noted['stream one']?.times).toBe(1);
    expect(noted['stream other']).toBeUndefined();
    const record = JSON.parse(noted['queue hello']?.last ?? '');
    expect(record).toMatchObject({
      eventSource: 'aws:sqs',
      attributes: { ApproximateReceiveCount: '1', MessageGroupId: 'southend' },
    });
  });

  test('a topic hands a queue the default text of a structured message', async () => {
    await call('sns', 'publish', {
      TopicArn: '$TOPIC',
      MessageStructure: 'json',
      Message: '{"default":"for machines","email":"for people"}',
      MessageAttributes: { district: { DataType: 'String', StringValue: 'southend' } },
    });
    await host.idle();
    const noted = await notes();
    expect(JSON.parse(noted['queue for machines']?.last ?? '').messageAttributes.district.stringValue).toBe(
      'southend',
    );
  });

  test('a bad record is given up alone and kept in the bucket', async () => {
    await put('bad-1');
    await put('good-1');
    await host.moveClock({ advance: 'PT5M' });
    const noted = await notes();
    expect(noted['stream good-1']?.times).toBeGreaterThan(0);
    const folder = join(dataDir, 'buckets');
    const kept = readdirSync(folder)
      .filter((name) => name.endsWith('.sqlite'))
      .flatMap((name) => {
        const bucket = openBucket(join(folder, name));
        const records = bucket.list('aws/lambda').map(({ key }) => String(bucket.get(key)?.body));
        bucket.close();
        return records;
      });
    expect(kept.filter((text) => text.includes('bad-1'))).toHaveLength(1);
    expect(kept.some((text) => text.includes('good-1'))).toBe(false);
  });

  test('a message given back comes again after its timeout, and ends among the dead letters', async () => {
    await call('sqs', 'sendMessage', { QueueUrl: '$QUEUE_URL', MessageBody: 'bad message' });
    await host.moveClock({ advance: 'PT10S' });
    expect((await notes())['queue bad message']?.times).toBe(1);
    await host.moveClock({ advance: 'PT5M' });
    expect((await notes())['queue bad message']?.times).toBe(2);
    await host.idle();
  });

  test('a delayed message counts as work, and comes when the clock reaches it', async () => {
    await call('sqs', 'sendMessage', { QueueUrl: '$QUEUE_URL', MessageBody: 'later', DelaySeconds: 600 });
    const reply = await host.post('/_local/idle', { timeoutSeconds: 0.2 });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([408, 'application/problem+json']);
    await host.moveClock({ advance: 'PT10M' });
    await host.idle();
    expect((await notes())['queue later']?.times).toBe(1);
  });
});

describe('the outbox', () => {
  test('takes e-mail as SES does and tells its events', async () => {
    await mail('ann@example.org');
    await mail('bounce+x@simulator.amazonses.com');
    await host.idle();
    expect(await host.messages({ to: 'ann@example.org' })).toMatchObject([
      {
        channel: 'email',
        subject: 'S',
        html: '<p>',
        text: 'For you',
        headers: { 'List-Unsubscribe': '<https://x>' },
      },
    ]);
    const events = Object.keys(await notes())
      .filter((name) => name.startsWith('queue {"eventType"'))
      .map((name) => JSON.parse(name.slice('queue '.length)));
    const of = (to: string) =>
      events.filter(({ mail: { destination } }) => destination[0] === to).map(({ eventType }) => eventType);
    expect(of('ann@example.org').sort()).toEqual(['Delivery', 'Send']);
    expect(of('bounce+x@simulator.amazonses.com').sort()).toEqual(['Bounce', 'Send']);
    expect(await mail('a@b.example', { ConfigurationSetName: 'other' })).toMatchObject({
      error: 'NotFoundException',
    });
  });

  test('takes texts', async () => {
    await call('sns', 'publish', { PhoneNumber: '+447700900123', Message: 'Hi' });
    expect(await host.messages({ channel: 'sms', to: '+447700900123' })).toMatchObject([{ text: 'Hi' }]);
    expect(JSON.parse(await (await host.get('/_local/messages?to=+447700900123')).text())).toHaveLength(1);
    expect(await call('sns', 'publish', { PhoneNumber: '123', Message: 'Hi' })).toMatchObject({
      error: 'InvalidParameterException',
    });
  });
});

describe('faults', () => {
  test.each([
    ['throttle', 'TooManyRequestsException', 0],
    ['error', 'InternalServerError', 0],
    ['lost-reply', expect.any(String), 1],
  ] as const)('%s: the caller sees an error', async (kind, error, sent) => {
    await host.setFault({ service: 'ses', rate: 1, kind, seed: 1 });
    expect((await mail(`${kind}@example.org`)).error).toEqual(error);
    await host.setFault({ service: 'ses', rate: 0, kind, seed: 1 });
    expect(await host.messages({ to: `${kind}@example.org` })).toHaveLength(sent);
  });

  test.each(['dynamodb', 's3', 'sqs', 'sns'] as const)(
    'an SDK understands the error of %s',
    async (service) => {
      const calls = {
        dynamodb: () => put('x'),
        s3: () => call('s3', 'getObject', { Bucket: '$BUCKET', Key: 'calendars/x' }),
        sqs: () => call('sqs', 'sendMessage', { QueueUrl: '$QUEUE_URL', MessageBody: 'x' }),
        sns: () => call('sns', 'publish', { TopicArn: '$TOPIC', Message: 'x' }),
      };
      const names = {
        dynamodb: /ProvisionedThroughputExceeded/,
        s3: /SlowDown/,
        sqs: /RequestThrottled/,
        sns: /Thrott/,
      };
      await host.setFault({ service, rate: 1, kind: 'throttle', seed: 1 });
      expect((await calls[service]()).error).toMatch(names[service]);
      await host.setFault({ service, rate: 0, kind: 'throttle', seed: 1 });
      expect((await host.faults()).injected[service]).toBeGreaterThanOrEqual(1);
    },
  );
});

describe('the developer surface', () => {
  test('the clock is everybody’s, and the schedule ticks along', async () => {
    const before = (await notes()).tick?.times ?? 0;
    const { now } = await host.moveClock({ advance: 'PT1H' });
    const reply = await seen(host.get('/'));
    expect(Math.abs(Date.parse(reply.now) - Date.parse(now))).toBeLessThan(2000);
    const { tick } = await notes();
    expect((tick?.times ?? 0) - before).toBeGreaterThanOrEqual(60);
  });

  test.each([
    [{ advance: '24h' }, 422],
    [{ now: 'tomorrow' }, 422],
    [{}, 422],
    [{ now: '2020-01-01T00:00:00Z' }, 409],
  ])('%j is refused with %i', async (body, status) => {
    const reply = await host.post('/_local/clock', body);
    expect([reply.status, JSON.parse(await reply.text()).status]).toEqual([status, status]);
  });

  test('JSON that is none is 400, an unknown address 404, a wrong method 405', async () => {
    expect((await host.get('/_local/faults', { method: 'POST', body: '{' })).status).toBe(400);
    expect((await host.get('/_local/nothing')).status).toBe(404);
    expect((await host.get('/_local/idle')).status).toBe(405);
    expect((await host.get('/_local')).headers.get('content-type')).toContain('text/html');
  });

  test('a token names its persona as Cognito would', async () => {
    expect(decodeJwt(await host.token('southend-officer'))).toMatchObject({
      iss: `${host.url}/_local/oidc`,
      sub: 'southend-officer',
      token_use: 'access',
      client_id: expect.stringMatching(/^PeopleConsole/),
      'cognito:groups': ['officer', 'district:southend'],
    });
  });
});

test('a person signs in as a persona, with a code and PKCE', async () => {
  const client = String(decodeJwt(await host.token('admin')).client_id);
  const verifier = 'v'.repeat(43);
  const redirect = `${host.url}/console/callback`;
  const jar = new Map<string, string>();
  const go = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await host.get(path, { redirect: 'manual', ...init, headers: { cookie } });
    for (const [, name = '', value = ''] of reply.headers
      .getSetCookie()
      .map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? []))
      jar.set(name, value);
    return reply.headers.get('location') ?? '';
  };
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirect,
    scope: 'openid profile',
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await go(`/_local/oidc/auth?${query}`);
  expect(await (await host.get(page)).text()).toContain('value="supervisor"');
  let next = await go(page, { method: 'POST', body: new URLSearchParams({ persona: 'supervisor' }) });
  while (next.startsWith(`${host.url}/_local/`)) next = await go(next);
  const code = new URL(next).searchParams.get('code') ?? '';
  const grant = {
    grant_type: 'authorization_code',
    code,
    client_id: client,
    code_verifier: verifier,
    redirect_uri: redirect,
  };
  const tokens = await seen(
    host.get('/_local/oidc/token', { method: 'POST', body: new URLSearchParams(grant) }),
  );
  expect(decodeJwt(tokens.access_token)).toMatchObject({
    sub: 'supervisor',
    client_id: client,
    'cognito:groups': ['officer', 'supervisor'],
  });
  expect(tokens.refresh_token).toEqual(expect.any(String));
});

test('killed in the middle and started again, it has forgotten nothing that was on disk', async () => {
  for (const index of Array.from({ length: 20 }).keys()) await put(`kept-${index}`);
  const messages = await host.messages();
  const { now } = await host.clock();
  const { url } = host;
  await host.kill();
  host = await startHost({ entry, dataDir });
  expect(host.url).toBe(url);
  expect(host.readyAfterMs).toBeLessThan(5000);
  await host.idle();
  const noted = await notes();
  const kept = Object.keys(noted).filter((name) => name.startsWith('stream kept-'));
  expect(kept).toHaveLength(20);
  expect(await host.messages()).toEqual(messages);
  expect(Date.parse((await host.clock()).now)).toBeGreaterThanOrEqual(Date.parse(now));
});

test('a second host on the same data, or the same port, says so and ends', async () => {
  await expect(startHost({ entry, dataDir })).rejects.toThrow(/is in use by another Streetmeet/);
  const PORT = new URL(host.url).port;
  await expect(startHost({ entry, settings: { PORT } })).rejects.toThrow(`PORT ${PORT} is already in use`);
});

test('a resource that nothing here runs stops the start and is named', async () => {
  const settings = { TINY_EXTRA: 'AWS::Kinesis::Stream' };
  await expect(startHost({ entry, settings })).rejects.toThrow(
    'no part of this host runs Extra (AWS::Kinesis::Stream)',
  );
});
