import { describe, expect, it } from 'vitest';
import { functionNames, ofType, type Statement, statementsOf, synthesised } from '../support/synthesised.ts';

const template = synthesised();
const actionsOf = ({ Action }: Statement) => [Action].flat();
const allowed = (name: string) => statementsOf(template, name).flatMap(actionsOf);

describe.each(functionNames)('%s', (name) => {
  it('has exact actions only', () => {
    expect(allowed(name).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('may not read the whole table', () => {
    expect(allowed(name)).not.toContain('dynamodb:Scan');
  });

  it('is bound to resources, where AWS knows any', () => {
    const unbound = statementsOf(template, name).filter(({ Resource }) => JSON.stringify(Resource) === '"*"');
    const hasNoResource = ['dynamodb:ListStreams', 'sns:ListPhoneNumbersOptedOut'];
    expect(unbound.flatMap(actionsOf).filter((action) => !hasNoResource.includes(action))).toEqual([]);
  });
});

it('only deliver writes to people, only announce publishes to districts', () => {
  const who = (action: string) => functionNames.filter((name) => allowed(name).includes(action));
  expect(who('ses:SendBulkEmail')).toEqual(['deliver']);
  expect(who('sns:Publish')).toEqual(['announce', 'deliver']);
  expect(who('sns:ListPhoneNumbersOptedOut')).toEqual(['deliver']);
  const publishing = statementsOf(template, 'deliver').filter((each) =>
    actionsOf(each).includes('sns:Publish'),
  );
  expect(publishing).toMatchObject([{ Effect: 'Allow', NotResource: 'arn:aws:sns:*:*:*' }]);
});

it('only calendars may put into the bucket that the edge serves, and only calendars', () => {
  const bucket = 'CalendarsBucketB1B029D8';
  const writers = functionNames.filter((name) =>
    statementsOf(template, name).some(
      (each) => actionsOf(each).includes('s3:PutObject') && JSON.stringify(each.Resource).includes(bucket),
    ),
  );
  expect(writers).toEqual(['calendars']);
});

it('no function of ours may read or write what pages run', () => {
  const bucket = 'WebsiteFilesBucket22CD30BE';
  expect(Object.keys(template.Resources)).toContain(bucket);
  expect(
    functionNames.filter((name) => JSON.stringify(statementsOf(template, name)).includes(bucket)),
  ).toEqual([]);
});

it('only tick reads the due-index', () => {
  const readers = functionNames.filter((name) =>
    JSON.stringify(statementsOf(template, name)).includes('/index/due'),
  );
  expect(readers).toEqual(['tick']);
});

it('every topic, queue and bucket refuses what comes without TLS', () => {
  for (const [kind, policy] of [
    ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
    ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
    ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  ] as const) {
    const strict = ofType<{ PolicyDocument: unknown }>(template, policy).filter(({ properties }) =>
      JSON.stringify(properties.PolicyDocument).includes('"aws:SecureTransport":"false"'),
    );
    expect(strict, kind).toHaveLength(ofType(template, kind).length);
  }
});
