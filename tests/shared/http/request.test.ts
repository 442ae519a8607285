import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BodyTooLarge, Unreadable } from '../../../shared/http/problem.ts';
import { accept, toRequest } from '../../../shared/http/request.ts';
import type { Invalid } from '../../../shared/runtime/errors.ts';

const event = (members: Partial<APIGatewayProxyEventV2> = {}) =>
  ({
    rawPath: '/',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: { http: { method: 'GET', path: '/', sourceIp: '203.0.113.9' } },
    ...members,
  }) as APIGatewayProxyEventV2;

describe('where the client is', () => {
  const proof = 'said by the edge';
  const viewer = (address: string) => ({
    headers: { 'streetmeet-edge': proof, 'cloudfront-viewer-address': address },
  });

  test('is what the edge says, behind the edge', () => {
    expect(toRequest(event(viewer('198.51.100.1:46532')), proof).clientAddress).toBe('198.51.100.1');
    expect(toRequest(event(viewer('2001:db8::1:46532')), proof).clientAddress).toBe('2001:db8::1');
  });

  test('is the socket’s, whatever anybody else says', () => {
    const forged = { headers: { ...viewer('198.51.100.1:1').headers, 'streetmeet-edge': 'a guess' } };
    expect(toRequest(event(forged), proof).clientAddress).toBe('203.0.113.9');
    expect(toRequest(event({ headers: { 'x-forwarded-for': '198.51.100.1' } }), proof).clientAddress).toBe(
      '203.0.113.9',
    );
    expect(toRequest(event(viewer('198.51.100.1:1'))).clientAddress).toBe('203.0.113.9');
  });
});

test('a body that is too large, or no JSON, is said to be', () => {
  expect(() => toRequest(event({ body: '"x"' })).bytes(2)).toThrow(BodyTooLarge);
  expect(() => toRequest(event({ body: '{' })).json()).toThrow(Unreadable);
  expect(toRequest(event({ body: 'eyJhIjoxfQ==', isBase64Encoded: true })).json()).toEqual({ a: 1 });
});

test('what is not accepted is said with a JSON pointer', () => {
  const schema = z.strictObject({ 'a/b': z.strictObject({ c: z.number() }), d: z.enum(['x', 'y']) });
  try {
    accept(schema, { 'a/b': { c: 'one', e: 1 }, d: 'z' });
    expect.unreachable();
  } catch (error) {
    expect((error as Invalid).faults).toEqual(
      expect.arrayContaining([
        { pointer: '/a~1b/c', message: expect.any(String) },
        { pointer: '/a~1b/e', message: 'is not a known member' },
        { pointer: '/d', message: 'must be one of "x", "y"' },
      ]),
    );
  }
});
