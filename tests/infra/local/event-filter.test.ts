import { expect, test } from 'vitest';
import { passes, readPattern } from '../../../infra/local/event-filter.ts';
import type { Json } from '../../../infra/local/template.ts';

const image = (type: string): Json => ({
  eventName: 'INSERT',
  dynamodb: { NewImage: { type: { S: type } } },
});
const onType = (...rules: Json[]): Json => ({ dynamodb: { NewImage: { type: { S: rules } } } });

test.each<[string, Json, Json, boolean]>([
  ['one of a list', onType('change', 'confirmation'), image('change'), true],
  ['none of a list', onType('change', 'confirmation'), image('event'), false],
  ['a missing image', onType('change'), { eventName: 'REMOVE', dynamodb: {} }, false],
  ['a prefix', onType({ prefix: 'ch' }), image('change'), true],
  ['another prefix', onType({ prefix: 'ch' }), image('event'), false],
  ['a suffix', onType({ suffix: 'ge' }), image('change'), true],
  ['something that exists', onType({ exists: true }), image('x'), true],
  ['something that must not exist', { dynamodb: { OldImage: [{ exists: false }] } }, image('x'), true],
  ['anything but', onType({ 'anything-but': ['event'] }), image('change'), true],
  ['just that', onType({ 'anything-but': ['event'] }), image('event'), false],
  ['anything but a prefix', onType({ 'anything-but': { prefix: 'ev' } }), image('event'), false],
  ['either branch', { $or: [{ eventName: ['MODIFY'] }, onType('event')] }, image('event'), true],
  [
    'two conditions, one unmet',
    { eventName: ['MODIFY'], ...(onType('event') as object) },
    image('event'),
    false,
  ],
])('%s', (_, pattern, record, expected) => {
  expect(passes(pattern, record)).toBe(expected);
});

test('an operator that cannot be judged stops the start', () => {
  expect(() => readPattern('{"a":[{"numeric":[">",1]}]}', 'Mapping')).toThrow(
    'Mapping: filter {"a":[{"numeric":[">",1]}]}: the operator numeric is not known',
  );
});
