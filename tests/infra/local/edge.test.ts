import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pathMatcher } from '../../../infra/local/edge.ts';
import { forward } from '../../../infra/local/edge-forwarding.ts';
import { originTargets } from '../../../infra/local/edge-origins.ts';
import type { Forwarding } from '../../../infra/local/edge-policies.ts';
import { toEvent, toReply } from '../../../infra/local/http-api-event.ts';
import { chooseRoute, readRoute } from '../../../infra/local/http-api-routes.ts';
import type { HttpRequest, Origin } from '../../../infra/local/http-message.ts';
import { viewerFunction } from '../../../infra/local/viewer-function.ts';
import { viewerResponse } from '../../../infra/local/viewer-response.ts';

const request = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path: '/a',
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  clientAddress: '127.0.0.1',
  ...more,
});
const nothing: Forwarding = {
  cookies: { CookieBehavior: 'none', Cookies: [] },
  headers: { HeaderBehavior: 'none', Headers: [] },
  queries: { QueryStringBehavior: 'none', QueryStrings: [] },
  acceptEncoding: false,
};

test('path patterns match as CloudFront’s do', () => {
  expect(pathMatcher('/calendars/*')('/calendars/a/b.ics')).toBe(true);
  expect(pathMatcher('calendars/*')('/calendars/a.ics')).toBe(true);
  expect(pathMatcher('/calendars/*')('/calendarsx')).toBe(false);
  expect(pathMatcher('/a?.ics')('/ab.ics')).toBe(true);
  expect(pathMatcher('*')('/anything')).toBe(true);
});

test('an origin sees only what the policies let through', () => {
  const asked = request({
    query: 'a=1&b=2',
    headers: {
      authorization: 'x',
      cookie: 's=1; t=2',
      host: 'h',
      'x-forwarded-for': '6.6.6.6',
      'accept-encoding': 'gzip, br',
    },
  });
  expect(forward(asked, [nothing])).toMatchObject({
    query: '',
    headers: { 'x-forwarded-for': '127.0.0.1', 'user-agent': 'Amazon CloudFront' },
  });
  expect(forward(asked, [nothing]).headers).not.toHaveProperty('authorization');
  const some: Forwarding = {
    cookies: { CookieBehavior: 'whitelist', Cookies: ['t'] },
    headers: { HeaderBehavior: 'whitelist', Headers: ['authorization'] },
    queries: { QueryStringBehavior: 'whitelist', QueryStrings: ['b'] },
    acceptEncoding: true,
  };
  expect(forward(asked, [nothing, some])).toMatchObject({
    query: 'b=2',
    headers: { authorization: 'x', cookie: 't=2', 'accept-encoding': 'gzip', 'x-forwarded-for': '127.0.0.1' },
  });
});

test('the most exact route is taken', () => {
  const routes = ['$default', 'ANY /api/{proxy+}', 'GET /api/{id}', 'GET /api/me'].map((key) =>
    readRoute(key, 'R'),
  );
  const key = (method: string, path: string) => chooseRoute(routes, method, path)?.route.key;
  expect(key('GET', '/api/me')).toBe('GET /api/me');
  expect(key('GET', '/api/7')).toBe('GET /api/{id}');
  expect(key('POST', '/api/me')).toBe('ANY /api/{proxy+}');
  expect(key('GET', '/api')).toBe('$default');
  expect(key('GET', '/api/')).toBe('$default');
  expect(chooseRoute(routes, 'GET', '/api/a/b c')?.parameters).toEqual({ proxy: 'a/b c' });
});

test('a request is the event that API Gateway would make', () => {
  const event = toEvent(
    request({
      method: 'POST',
      query: 'a=1&a=2',
      headers: { cookie: 's=1; t=2', 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'u' },
      body: Buffer.from('a=b'),
    }),
    { key: '$default', parameters: {} },
    { id: 'api', domain: 'd', stage: '$default' },
  );
  expect(event).toMatchObject({
    version: '2.0',
    rawPath: '/a',
    rawQueryString: 'a=1&a=2',
    cookies: ['s=1', 't=2'],
    queryStringParameters: { a: '1,2' },
    requestContext: { http: { method: 'POST', sourceIp: '127.0.0.1', userAgent: 'u' } },
    body: Buffer.from('a=b').toString('base64'),
    isBase64Encoded: true,
  });
  expect(event.headers).not.toHaveProperty('cookie');
});

test('a function’s answer becomes a reply, cookies and base64 included', () => {
  const reply = toReply({
    statusCode: 201,
    headers: { 'X-A': '1' },
    cookies: ['a=1', 'b=2'],
    body: 'aGk=',
    isBase64Encoded: true,
  });
  expect(reply).toMatchObject({ status: 201, headers: { 'x-a': '1', 'set-cookie': ['a=1', 'b=2'] } });
  expect(reply.body.toString()).toBe('hi');
  expect(toReply({ hello: 1 })).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json' },
  });
  expect(() => toReply({ statusCode: 'x' })).toThrow();
});

test('a viewer function rewrites the request, or answers itself', async () => {
  const gzip = viewerFunction("function handler(event) { event.request.uri += '.gz'; return event.request }");
  expect(await gzip(request({ path: '/c.ics', query: 'q=1&q=2', headers: { cookie: 'a=b' } }))).toMatchObject(
    {
      request: { path: '/c.ics.gz', query: 'q=1&q=2', headers: { cookie: 'a=b' } },
    },
  );
  const gone = viewerFunction(
    "async function handler() { return { statusCode: 410, headers: { a: { value: 'b' } } } }",
  );
  expect(await gone(request())).toMatchObject({ reply: { status: 410, headers: { a: 'b' } } });
});

const askAgain = viewerResponse(
  readFileSync(new URL('../../../infra/ask-again.js', import.meta.url), 'utf8'),
);

test.each([
  ['a page that the edge may keep', 'public, max-age=60, stale-while-revalidate=300', 'no-cache'],
  ['a page of one person', 'no-store', 'no-store'],
  ['a file', 'public, max-age=31536000, immutable', 'public, max-age=31536000, immutable'],
])('%s tells a browser %s → %s', async (_what, kept, told) => {
  const headers = { 'cache-control': kept, etag: 'W/"a"', 'set-cookie': ['a=1', 'b=2'] };
  const body = Buffer.from('page');
  expect(await askAgain({ status: 200, headers, body })).toEqual({
    status: 200,
    headers: { ...headers, 'cache-control': told },
    body,
  });
});

test('an answer without a word on keeping, and an error, stay as they are', async () => {
  const body = Buffer.alloc(0);
  expect(await askAgain({ status: 204, headers: {}, body })).toEqual({ status: 204, headers: {}, body });
  const error = { status: 500, headers: { 'cache-control': 'stale-while-revalidate=1' }, body };
  expect(await askAgain(error)).toEqual(error);
});

test('a group of origins asks the second where the first has nothing', async () => {
  const answering =
    (status: number): Origin =>
    async (asked) => ({
      status,
      headers: { seen: asked.headers.proof ?? '' },
      body: Buffer.from(asked.path),
    });
  const group = (status: number) =>
    originTargets(
      {
        Origins: [origin('bucket'), { ...origin('api'), OriginCustomHeaders: [proof] }],
        OriginGroups: { Items: [{ Id: 'both', FailoverCriteria: on404, Members: members }] },
      },
      new Map([
        ['bucket', answering(status)],
        ['api', answering(200)],
      ]),
      'Distribution',
    )('both')(request());
  const origin = (Id: string) => ({ Id, DomainName: Id, OriginPath: '', OriginCustomHeaders: [] });
  const proof = { HeaderName: 'proof', HeaderValue: 'edge' };
  const on404 = { StatusCodes: { Items: [404], Quantity: 1 } };
  const members = {
    Items: [{ OriginId: 'bucket' }, { OriginId: 'api' }] as [Member, Member],
    Quantity: 2 as const,
  };
  expect(await group(404)).toMatchObject({ status: 200, headers: { seen: 'edge' } });
  expect(await group(304)).toMatchObject({ status: 304, headers: { seen: '' } });
  expect(await group(503)).toMatchObject({ status: 503 });
});

type Member = { OriginId: string };
