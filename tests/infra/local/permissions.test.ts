import { expect, test } from 'vitest';
import { allows } from '../../../infra/local/permissions.ts';
import type { Statement } from '../../../infra/local/policy-statements.ts';

const allow = (Action: string[], Resource: string[]): Statement => ({ Effect: 'Allow', Action, Resource });
const table = 'arn:aws:dynamodb:eu-west-2:000000000000:table/T';

test.each<[string, Statement[], string, string, boolean]>([
  ['the very action', [allow(['dynamodb:GetItem'], [table])], 'dynamodb:GetItem', table, true],
  ['another action', [allow(['dynamodb:GetItem'], [table])], 'dynamodb:PutItem', table, false],
  [
    'an index that only the table is granted',
    [allow(['dynamodb:Query'], [table])],
    'dynamodb:Query',
    `${table}/index/due`,
    false,
  ],
  [
    'an index by wildcard',
    [allow(['dynamodb:Query'], [`${table}/index/*`])],
    'dynamodb:Query',
    `${table}/index/due`,
    true,
  ],
  ['actions by wildcard, in any case', [allow(['DynamoDB:get*'], ['*'])], 'dynamodb:GetItem', table, true],
  [
    'one character',
    [allow(['s3:GetObject'], ['arn:aws:s3:::b/?'])],
    's3:GetObject',
    'arn:aws:s3:::b/ab',
    false,
  ],
  [
    'a dot that is no wildcard',
    [allow(['s3:GetObject'], ['arn:aws:s3:::b/a.c'])],
    's3:GetObject',
    'arn:aws:s3:::b/abc',
    false,
  ],
  [
    'a denial, which wins',
    [allow(['*'], ['*']), { Effect: 'Deny', Action: ['s3:*'], Resource: ['*'] }],
    's3:GetObject',
    'x',
    false,
  ],
])('%s', (_, statements, action, resource, expected) => {
  expect(allows(statements, { action, resource })).toBe(expected);
});

test('texts to phones may be allowed without any topic', () => {
  const texts: Statement[] = [
    { Effect: 'Allow', Action: ['sns:Publish'], NotResource: ['arn:aws:sns:*:*:*'] },
  ];
  expect(allows(texts, { action: 'sns:Publish', resource: '+447700900123' })).toBe(true);
  expect(allows(texts, { action: 'sns:Publish', resource: 'arn:aws:sns:eu-west-2:000000000000:t' })).toBe(
    false,
  );
});
