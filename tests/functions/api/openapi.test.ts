import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { apiUnderTest } from './api-under-test.ts';
import { documentOf } from './as-documented.ts';

const api = apiUnderTest();
const { document, faultsIn } = documentOf(api.routes);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the document of the API', () => {
  test('is OpenAPI 3.1, as somebody else’s validator reads it', async () => {
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
  });

  test('has an operation for each route and a route for each operation', () => {
    const routes = api.routes.map(({ method, path }) => `${method} ${path}`);
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(routes.sort());
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('points only at what is there', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to = '']) => to);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs)
      expect(
        ref.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document),
        ref,
      ).toBeDefined();
  });

  test.each(operations)('has examples that its own schemas accept: $method $path', ({ operation }) => {
    const media = [operation.requestBody, ...Object.values(operation.responses)].flatMap((one) =>
      Object.entries(one?.content ?? {}),
    );
    for (const [type, { schema, example }] of media) {
      if (!type.includes('json')) continue;
      expect(example, `${operation.operationId} has no example`).toBeDefined();
      expect(faultsIn(schema, example)).toEqual([]);
    }
  });

  test('has examples that the API itself accepts', async () => {
    const example = document.paths['/api/v1/events']?.post?.requestBody?.content['application/json']?.example;
    expect((await api.supervisor('POST', '/events', { body: example })).status).toBe(201);
  });

  test('names nobody’s force but its own', () => {
    expect(document.components.schemas).toHaveProperty('EventInput.properties.districts');
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: { title: 'Streetmeet: events of Essex Police' },
    });
  });
});

test('is served to anybody, may be kept for an hour, and is not sent twice', async () => {
  const answer = await api.anybody('GET', '/openapi.json');
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' },
  });
  expect(answer.body).toEqual(document);
  const headers = { 'if-none-match': String(answer.headers.etag) };
  expect((await api.anybody('GET', '/openapi.json', { headers })).status).toBe(304);
});

describe('a method', () => {
  test('that an address has not got is 405 with those it has', async () => {
    const answer = await api.anybody('DELETE', '/events/x');
    expect(answer).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, PUT, OPTIONS', 'content-type': 'application/problem+json' },
      body: { title: 'Not that way', status: 405 },
    });
    expect((await api.anybody('PUT', '/districts')).status).toBe(405);
    expect((await api.anybody('GET', '/subscriptions/confirmations')).status).toBe(405);
    expect((await api.anybody('DELETE', '/nowhere')).status).toBe(404);
  });

  test('OPTIONS says which there are, HEAD answers as GET', async () => {
    expect(await api.anybody('OPTIONS', '/subscriptions')).toMatchObject({
      status: 204,
      headers: { allow: 'POST, OPTIONS' },
    });
    expect((await api.anybody('HEAD', '/districts')).status).toBe(200);
    expect((await api.anybody('HEAD', '/events/none')).status).toBe(404);
  });
});
