import { CannotRun } from './cannot-run.ts';
import type { Identity } from './intrinsics.ts';
import { account, arn, region } from './place.ts';
import type { Json } from './template.ts';

type Addresses = { siteHost: string; wireOrigin: string; issuer: string };
type Name = (property: string) => string;
type Identify = (name: Name, logicalId: string, addresses: Addresses) => Identity;

const plain: Identify = (_, logicalId) => ({ ref: logicalId, attributes: { Id: logicalId } });

/** The names and addresses each kind of resource has on this machine. */
const kinds: Record<string, Identify> = {
  'AWS::DynamoDB::Table': (name) => {
    const table = name('TableName');
    const tableArn = arn('dynamodb', `table/${table}`);
    return { ref: table, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/local` } };
  },
  'AWS::S3::Bucket': (name) => {
    const bucket = name('BucketName').toLowerCase();
    return {
      ref: bucket,
      attributes: {
        Arn: `arn:aws:s3:::${bucket}`,
        DomainName: `${bucket}.s3.amazonaws.com`,
        RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
      },
    };
  },
  'Custom::CDKBucketDeployment': plain,
  'AWS::SNS::Topic': (name) => {
    const topic = name('TopicName');
    return { ref: arn('sns', topic), attributes: { TopicArn: arn('sns', topic), TopicName: topic } };
  },
  'AWS::SQS::Queue': (name, _, { wireOrigin }) => {
    const queue = name('QueueName');
    const url = `${wireOrigin}/${account}/${queue}`;
    return { ref: url, attributes: { Arn: arn('sqs', queue), QueueName: queue, QueueUrl: url } };
  },
  'AWS::Lambda::Function': (name) => {
    const fn = name('FunctionName');
    return { ref: fn, attributes: { Arn: arn('lambda', `function:${fn}`) } };
  },
  'AWS::Lambda::EventSourceMapping': plain,
  'AWS::IAM::Role': (name) => {
    const role = name('RoleName');
    return { ref: role, attributes: { Arn: `arn:aws:iam::${account}:role/${role}`, RoleId: role } };
  },
  'AWS::IAM::Policy': plain,
  'AWS::IAM::ManagedPolicy': (_, logicalId) => ({
    ref: `arn:aws:iam::${account}:policy/${logicalId}`,
    attributes: {},
  }),
  'AWS::SecretsManager::Secret': (name) => {
    const secret = arn('secretsmanager', `secret:${name('Name')}-local0`);
    return { ref: secret, attributes: { Id: secret } };
  },
  'AWS::SES::ConfigurationSet': (name) => ({ ref: name('Name'), attributes: {} }),
  'AWS::SES::ConfigurationSetEventDestination': plain,
  'AWS::SES::Template': (name, logicalId) => ({
    ref: name('Template.TemplateName'),
    attributes: { Id: logicalId },
  }),
  'AWS::SES::EmailIdentity': (name) => ({ ref: name('EmailIdentity'), attributes: {} }),
  'AWS::SNS::Subscription': plain,
  'AWS::Scheduler::Schedule': (name) => ({
    ref: name('Name'),
    attributes: { Arn: arn('scheduler', `schedule/default/${name('Name')}`) },
  }),
  'AWS::ApiGatewayV2::Api': (_, logicalId) => {
    const id = logicalId.toLowerCase();
    return {
      ref: id,
      attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com` },
    };
  },
  'AWS::ApiGatewayV2::Integration': plain,
  'AWS::ApiGatewayV2::Route': plain,
  'AWS::ApiGatewayV2::Stage': (name) => ({ ref: name('StageName'), attributes: {} }),
  'AWS::CloudFront::Distribution': (_, logicalId, { siteHost }) => ({
    ref: logicalId,
    attributes: { Id: logicalId, DomainName: siteHost },
  }),
  'AWS::CloudFront::Function': (_, logicalId) => {
    const functionArn = `arn:aws:cloudfront::${account}:function/${logicalId}`;
    return {
      ref: functionArn,
      attributes: { FunctionARN: functionArn, 'FunctionMetadata.FunctionARN': functionArn },
    };
  },
  'AWS::CloudFront::CachePolicy': plain,
  'AWS::CloudFront::OriginRequestPolicy': plain,
  'AWS::CloudFront::ResponseHeadersPolicy': plain,
  'AWS::Cognito::UserPool': (_, logicalId, { issuer }) => {
    const pool = `${region}_${logicalId}`;
    return {
      ref: pool,
      attributes: {
        UserPoolId: pool,
        Arn: arn('cognito-idp', `userpool/${pool}`),
        ProviderURL: issuer,
        ProviderName: issuer.replace(/^https?:\/\//, ''),
      },
    };
  },
  'AWS::Cognito::UserPoolClient': (_, logicalId) => ({
    ref: logicalId,
    attributes: { ClientId: logicalId, Name: logicalId },
  }),
};

/** Kinds that only a left-out resource has, whose names others mention. */
const mentioned: Record<string, Identify> = {
  'AWS::Logs::LogGroup': (_, logicalId) => ({
    ref: logicalId,
    attributes: { Arn: arn('logs', `log-group:${logicalId}:*`) },
  }),
  'AWS::CloudFront::OriginAccessControl': plain,
  'AWS::Lambda::LayerVersion': plain,
  'AWS::Scheduler::ScheduleGroup': (_, logicalId) => ({
    ref: logicalId,
    attributes: { Arn: arn('scheduler', `schedule-group/${logicalId}`) },
  }),
};

export const hasPart = (type: string) => type in kinds;

/** @throws CannotRun naming a resource of a kind that has no name here */
export const identifier =
  (addresses: Addresses) =>
  (type: string, logicalId: string, property: (name: string) => Json | undefined): Identity => {
    const identify = kinds[type] ?? mentioned[type];
    if (!identify) throw new CannotRun(`${logicalId}: a ${type} has no name on one machine`);
    const name = (path: string) => {
      const [first = '', ...rest] = path.split('.');
      const value = rest.reduce<Json | undefined>(
        (at, part) => (at && typeof at === 'object' && !Array.isArray(at) ? at[part] : undefined),
        property(first),
      );
      return typeof value === 'string' ? value : logicalId;
    };
    return identify(name, logicalId, addresses);
  };
