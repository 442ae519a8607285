import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import { credentials } from './emulator.ts';

export type Deployed = { endpoint: string; site: string };

/**
 * What the emulator cannot carry, and why that does not let a fault of ours through. Each limit is tried: when
 * one is gone, the check fails and says so, and the test can carry more.
 */
export const notCarried: {
  name: string;
  reason: string;
  stillSo: (deployed: Deployed) => Promise<boolean>;
}[] = [
  {
    name: 'AWS::SES::Template',
    reason: 'unknown to its CloudFormation; the test leaves it out and makes the template by a call',
    stillSo: ({ endpoint }) =>
      refuses(endpoint, { Template: { Type: 'AWS::SES::Template', Properties: {} } }),
  },
  {
    name: 'Fn::GetAtt ProviderURL of AWS::Cognito::UserPool',
    reason:
      'unknown to its CloudFormation; the test brings its own OIDC issuer, as a force with Entra ID does',
    stillSo: ({ endpoint }) =>
      refuses(
        endpoint,
        { Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'probe' } } },
        { Issuer: { Value: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } } },
      ),
  },
  {
    name: 'the edge in front of the HTTP API',
    reason: 'its CloudFront reaches no origin at an AWS host name; the test asks the HTTP API itself',
    stillSo: async ({ endpoint, site }) => (await ask(endpoint, site, '/api/v1/districts')).status === 502,
  },
  {
    name: '404 for a calendar that does not exist',
    reason: 'its CloudFront answers 403 whether or not it may list the bucket',
    stillSo: async ({ endpoint, site }) =>
      (await ask(endpoint, site, '/calendars/nowhere.ics')).status === 403,
  },
  {
    name: 'receipts of e-mails',
    reason: 'its SES accepts event destinations and sends them nothing',
    stillSo: async () => true,
  },
];

/** The resource types to leave out of the template. */
export const typesNotCarried = ['AWS::SES::Template'];

/** Whether CloudFormation refuses a stack of these resources, or rolls it back. */
async function refuses(endpoint: string, Resources: object, Outputs?: object): Promise<boolean> {
  const created = await cloudFormation(endpoint, {
    Action: 'CreateStack',
    StackName: 'probe',
    TemplateBody: JSON.stringify({ Resources, Outputs }),
  });
  if (created.status !== 200) return true;
  try {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const { body } = await cloudFormation(endpoint, { Action: 'DescribeStacks', StackName: 'probe' });
      const status = /<StackStatus>(\w+)<\/StackStatus>/.exec(body)?.[1] ?? '';
      if (status === 'CREATE_COMPLETE') return !/<OutputValue>https:/.test(body) && Outputs !== undefined;
      if (/FAILED|ROLLBACK/.test(status)) return true;
      await sleep(100);
    }
    return assert.fail('the probe stack did not settle');
  } finally {
    await cloudFormation(endpoint, { Action: 'DeleteStack', StackName: 'probe' });
    await sleep(500);
  }
}

function cloudFormation(endpoint: string, parameters: Record<string, string>) {
  const scope = `${credentials.AWS_ACCESS_KEY_ID}/20200101/${credentials.AWS_REGION}/cloudformation/aws4_request`;
  return ask(endpoint, `cloudformation.${credentials.AWS_REGION}.amazonaws.com`, '/', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      // The emulator knows its root by the key alone.
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ ...parameters, Version: '2010-05-15' }).toString(),
  });
}
