import { randomUUID } from 'node:crypto';
import { ask } from './ask.ts';
import { credentials } from './emulator.ts';
import { until } from './patience.ts';

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
      lacks(
        endpoint,
        { Template: { Type: 'AWS::SES::Template', Properties: { Template: { SubjectPart: 'probe' } } } },
        'made',
        /made/,
      ),
  },
  {
    name: 'Ref of AWS::SecretsManager::Secret',
    reason:
      'gives the name where AWS gives the ARN; the test asks for the attribute Id, which is the ARN on both',
    stillSo: ({ endpoint }) =>
      lacks(
        endpoint,
        { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'probe' } } },
        { Ref: 'Secret' },
        /^arn:/,
      ),
  },
  {
    name: 'Fn::GetAtt ProviderURL of AWS::Cognito::UserPool',
    reason:
      'unknown to its CloudFormation; the test brings its own OIDC issuer, as a force with Entra ID does',
    stillSo: ({ endpoint }) =>
      lacks(
        endpoint,
        { Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'probe' } } },
        { 'Fn::GetAtt': ['Pool', 'ProviderURL'] },
        /^https:/,
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

/** Whether a stack of these resources cannot be made, or gives a value unlike the one on AWS. */
async function lacks(endpoint: string, Resources: object, Value: unknown, like: RegExp): Promise<boolean> {
  const stack = { StackName: `probe-${randomUUID()}` };
  const TemplateBody = JSON.stringify({ Resources, Outputs: { Probe: { Value } } });
  const created = await cloudFormation(endpoint, { Action: 'CreateStack', ...stack, TemplateBody });
  if (created.status !== 200) return true;
  const ended = await until('the end of the probe', 10, async () => {
    const { body } = await cloudFormation(endpoint, { Action: 'DescribeStacks', ...stack });
    return /<StackStatus>\w+_(COMPLETE|FAILED)</.test(body) && body;
  });
  await cloudFormation(endpoint, { Action: 'DeleteStack', ...stack });
  const value = /<OutputValue>([^<]*)</.exec(ended)?.[1] ?? '';
  return !ended.includes('CREATE_COMPLETE') || !like.test(value);
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
