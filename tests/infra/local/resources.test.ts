import { expect, test } from 'vitest';
import { z } from 'zod';
import { readResources } from '../../../infra/local/resources.ts';
import { templateSchema } from '../../../infra/local/template.ts';

const read = (Resources: object) =>
  readResources(templateSchema.parse({ Resources }), {
    stackName: 'tiny',
    parameters: {},
    siteHost: 'localhost:1',
    wireOrigin: 'http://127.0.0.1:2',
    issuer: 'http://localhost:1/oidc',
  });

test('a type that no part runs stops the start and is named', () => {
  expect(() => read({ Cache: { Type: 'AWS::ElastiCache::CacheCluster' } })).toThrow(
    'no part of this host runs Cache (AWS::ElastiCache::CacheCluster)',
  );
});

test('a property that the part does not know is named', () => {
  const resources = read({ Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } });
  expect(() => resources.ofType('AWS::SQS::Queue', z.strictObject({}))).toThrow(
    'Queue (AWS::SQS::Queue): FifoQueue has no part on one machine',
  );
});

test('a queue is addressed on the wire', () => {
  const [queue] = read({ Queue: { Type: 'AWS::SQS::Queue' } }).ofType('AWS::SQS::Queue', z.strictObject({}));
  expect(queue?.ref).toBe('http://127.0.0.1:2/000000000000/Queue');
});
