// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how CloudFormation writes substitutions
import { expect, test } from 'vitest';
import { CannotRun } from '../../../infra/local/cannot-run.ts';
import { resolveTemplate, type World } from '../../../infra/local/intrinsics.ts';
import { type Json, templateSchema } from '../../../infra/local/template.ts';

const world: World = {
  parameters: { Scheme: 'http' },
  pseudo: { 'AWS::Region': 'eu-west-2' },
  identify: (_, logicalId, property) => ({
    ref: String(property('Name') ?? logicalId),
    attributes: { Arn: `arn:${property('Name') ?? logicalId}`, 'Deep.Arn': 'deep' },
  }),
  isLeftOut: (type) => type === 'Left::Out',
};

function resolve(value: Json, more: object = {}) {
  const template = templateSchema.parse({
    Parameters: {
      Scheme: { Type: 'String', Default: 'https' },
      Size: { Type: 'Number', Default: 3 },
      Bootstrap: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' },
    },
    Conditions: {
      IsHttp: { 'Fn::Equals': [{ Ref: 'Scheme' }, 'http'] },
      IsNot: { 'Fn::Not': [{ Condition: 'IsHttp' }] },
      Either: {
        'Fn::Or': [{ Condition: 'IsNot' }, { 'Fn::And': [{ Condition: 'IsHttp' }, { Condition: 'IsHttp' }] }],
      },
    },
    Mappings: { M: { a: { b: 'mapped' } } },
    Resources: {
      Subject: { Type: 'A::B::C', Properties: { value } },
      Other: { Type: 'A::B::C', Properties: { Name: { 'Fn::Join': ['-', ['other', { Ref: 'Scheme' }]] } } },
      Conditional: { Type: 'A::B::C', Condition: 'IsNot' },
      Ignored: { Type: 'Left::Out', Properties: { value: { 'Fn::Nonsense': 1 } } },
      ...more,
    },
  });
  const resources = resolveTemplate(template, world);
  return { resources, value: resources.find(({ logicalId }) => logicalId === 'Subject')?.properties.value };
}

test.each<[string, Json, Json]>([
  ['a parameter given', { Ref: 'Scheme' }, 'http'],
  ['a parameter by default', { Ref: 'Size' }, 3],
  ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-2'],
  ['a resource, named by its own properties', { Ref: 'Other' }, 'other-http'],
  ['an attribute', { 'Fn::GetAtt': ['Other', 'Arn'] }, 'arn:other-http'],
  ['an attribute of an attribute', { 'Fn::GetAtt': ['Other', 'Deep.Arn'] }, 'deep'],
  ['an attribute, written with a dot', { 'Fn::GetAtt': 'Other.Arn' }, 'arn:other-http'],
  ['a join', { 'Fn::Join': ['', ['a', { Ref: 'Size' }]] }, 'a3'],
  ['a substitution', { 'Fn::Sub': '${Scheme}://${Other.Arn}/${!kept}' }, 'http://arn:other-http/${kept}'],
  ['a substitution with its own words', { 'Fn::Sub': ['${x}', { x: { Ref: 'Size' } }] }, '3'],
  ['a choice', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
  ['a condition that holds', { 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
  ['a condition that does not', { 'Fn::If': ['IsNot', 'yes', 'no'] }, 'no'],
  ['a mapping', { 'Fn::FindInMap': ['M', 'a', 'b'] }, 'mapped'],
  ['base64', { 'Fn::Base64': 'a' }, 'YQ=='],
  ['nothing, which takes the property away', { kept: 1, gone: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
  ['a policy’s Condition, which is no function', { Condition: { Bool: {} } }, { Condition: { Bool: {} } }],
])('works out %s', (_, written, expected) => {
  expect(resolve(written).value).toEqual(expected);
});

test.each<[string, Json, string]>([
  ['a reference to nothing', { Ref: 'Nobody' }, 'Subject.value: nothing in the template is called Nobody'],
  ['an unknown attribute', { 'Fn::GetAtt': ['Other', 'Colour'] }, 'Other (A::B::C) has no attribute Colour'],
  ['an unknown function', { deep: [{ 'Fn::ImportValue': 'x' }] }, 'Subject.value.deep[0]: Fn::ImportValue'],
  ['an unknown pseudo parameter', { Ref: 'AWS::NotificationARNs' }, 'AWS::NotificationARNs is not known'],
  ['a parameter from SSM', { Ref: 'Bootstrap' }, 'Bootstrap has no value'],
  ['a dynamic reference', '{{resolve:ssm:x}}', 'dynamic reference'],
])('stops at %s and says where', (_, written, message) => {
  expect(() => resolve(written)).toThrow(CannotRun);
  expect(() => resolve(written)).toThrow(message);
});

test('leaves out resources whose condition does not hold, and never reads those no part runs', () => {
  expect(resolve('x').resources.map(({ logicalId }) => logicalId)).toEqual(['Subject', 'Other']);
});

test('stops at a resource that is named after itself', () => {
  expect(() => resolve('x', { Loop: { Type: 'A::B::C', Properties: { Name: { Ref: 'Loop' } } } })).toThrow(
    'Loop is named after itself',
  );
});
