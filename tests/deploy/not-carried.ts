import { SESv2Client, SendBulkEmailCommand } from '@aws-sdk/client-sesv2';
import { ListPhoneNumbersOptedOutCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { rootClient } from './as-root.ts';
import { ask } from './ask.ts';
import { account, credentials } from './emulator.ts';
import { answerOf, deployedFunctions, isOfTheCdk } from './functions.ts';
import { hearsOfMail, sender } from './mail.ts';
import { denies, lacks, probed } from './probes.ts';

export type Deployed = { endpoint: string; site: string };

const { AWS_REGION: region } = credentials;

/**
 * What the emulator cannot carry, and what the test does instead. Each limit is tried: when one is gone, its check
 * fails and says so, and the test can carry more.
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
    reason: 'gives the name where AWS gives the ARN; the test asks for the attribute Id, the ARN on both',
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
    name: 'sqs:SendMessage for batches',
    reason: 'it wants an action sqs:SendMessageBatch, which AWS has not got; the test grants both',
    async stillSo({ endpoint }) {
      const made = await new SQSClient(rootClient(endpoint)).send(
        new CreateQueueCommand({ QueueName: 'probe' }),
      );
      const Resource = `arn:aws:sqs:${region}:${account}:probe`;
      const batch = { QueueUrl: made.QueueUrl, Entries: [{ Id: 'a', MessageBody: 'probe' }] };
      return denies(endpoint, { Action: 'sqs:SendMessage', Resource }, (client) =>
        new SQSClient(client).send(new SendMessageBatchCommand(batch)),
      );
    },
  },
  {
    name: 'resources of ses:SendBulkEmail',
    reason: 'it judges the call against "*" only; the test grants that',
    stillSo: ({ endpoint }) =>
      denies(
        endpoint,
        { Action: 'ses:SendBulkEmail', Resource: `arn:aws:ses:${region}:${account}:*` },
        (client) =>
          new SESv2Client(client).send(
            new SendBulkEmailCommand({
              FromEmailAddress: sender,
              DefaultContent: { Template: { TemplateName: 'streetmeet-test', TemplateData: '{}' } },
              BulkEmailEntries: [{ Destination: { ToAddresses: ['success@simulator.amazonses.com'] } }],
            }),
          ),
      ),
  },
  {
    name: 'sns:ListPhoneNumbersOptedOut',
    reason: 'unknown to its SNS; numbers that opted out are looked for on the one machine only',
    stillSo: ({ endpoint }) =>
      new SNSClient(rootClient(endpoint)).send(new ListPhoneNumbersOptedOutCommand({})).then(
        () => false,
        (error: Error) => error.name === 'InvalidAction',
      ),
  },
  {
    name: 'Custom::CDKBucketDeployment',
    reason:
      "its Python has no boto3, which the CDK's program is written for; the test copies the files itself",
    async stillSo({ endpoint }) {
      const [deployer = ''] = (await deployedFunctions(endpoint)).filter(isOfTheCdk);
      return (await answerOf(endpoint, deployer)).body.includes("No module named 'boto3'");
    },
  },
  {
    name: 'receipts of e-mails',
    reason: 'its SES keeps event destinations and sends them nothing; the receipts function is only started',
    stillSo: async ({ endpoint }) => !(await hearsOfMail(endpoint)),
  },
  {
    name: 'the edge in front of the HTTP API',
    reason: 'its CloudFront reaches no origin at an AWS host name; the test asks the HTTP API itself',
    stillSo: async ({ endpoint, site }) => (await ask(endpoint, site, '/api/v1/districts')).status === 502,
  },
  {
    name: 'OriginGroups of AWS::CloudFront::Distribution',
    reason: 'its CloudFront finds no origin for a group; the test leaves each behavior its first origin',
    stillSo: async ({ endpoint }) =>
      (
        await probed(endpoint, orElse, { 'Fn::GetAtt': ['Edge', 'DomainName'] }, (host) =>
          ask(endpoint, host, '/nothing'),
        )
      )?.status === 502,
  },
  {
    name: '404 for a calendar that does not exist',
    reason: 'its CloudFront answers 403 whether or not it may list the bucket',
    stillSo: async ({ endpoint, site }) =>
      (await ask(endpoint, site, '/calendars/nowhere.ics')).status === 403,
  },
];

/** A distribution over a group of two origins, of which neither holds anything. */
const orElse = {
  Bucket: { Type: 'AWS::S3::Bucket' },
  Edge: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: ['first', 'second'].map((Id) => ({
          Id,
          DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
          S3OriginConfig: {},
        })),
        OriginGroups: {
          Quantity: 1,
          Items: [
            {
              Id: 'both',
              FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [404] } },
              Members: { Quantity: 2, Items: [{ OriginId: 'first' }, { OriginId: 'second' }] },
            },
          ],
        },
        DefaultCacheBehavior: { TargetOriginId: 'both', ViewerProtocolPolicy: 'allow-all' },
      },
    },
  },
};
