import { fileURLToPath } from 'node:url';
import { App, CfnResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AllowedMethods, CachePolicy, Distribution, OriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import {
  DynamoEventSource,
  S3OnFailureDestination,
  SqsEventSource,
} from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination, CfnTemplate } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as esbuild from 'esbuild';

/**
 * A CDK app with one of everything that Streetmeet uses, for the one-machine host's own tests. `node app.ts <folder>`
 * builds and synthesises it there; TINY_EXTRA adds a resource of that type.
 */
const [folder = ''] = process.argv.slice(2);
const code = `${folder}-code`;
await esbuild.build({
  entryPoints: ['call', 'note'].map((name) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))),
  outdir: code,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'error',
});

const app = new App({ outdir: folder, analyticsReporting: false });
const stack = new Stack(app, 'tiny');
const fn = (id: string, file: string) =>
  new LambdaFunction(stack, id, {
    code: Code.fromAsset(code),
    handler: `${file}.handler`,
    runtime: Runtime.NODEJS_24_X,
    timeout: Duration.seconds(4),
  });

const table = new Table(stack, 'Table', {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  stream: StreamViewType.NEW_AND_OLD_IMAGES,
  billingMode: undefined,
});
(table.node.defaultChild as CfnResource).addPropertyOverride('BillingMode', 'PAY_PER_REQUEST');
(table.node.defaultChild as CfnResource).addPropertyDeletionOverride('ProvisionedThroughput');
const bucket = new Bucket(stack, 'Bucket');
const dead = new Queue(stack, 'Dead');
const queue = new Queue(stack, 'Queue', {
  visibilityTimeout: Duration.seconds(30),
  deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
});
const topic = new Topic(stack, 'Topic');
topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));

const call = fn('Call', 'call');
const note = fn('Note', 'note');
for (const each of [call, note]) {
  each.addEnvironment('TABLE', table.tableName);
  each.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Scan'],
      resources: [table.tableArn],
    }),
  );
}
call.addEnvironment('BUCKET', bucket.bucketName);
call.addEnvironment('QUEUE_URL', queue.queueUrl);
call.addEnvironment('TOPIC', topic.topicArn);
call.addToRolePolicy(
  new PolicyStatement({
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [bucket.arnForObjects('calendars/*')],
  }),
);
call.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
call.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
call.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish', 'ses:*'], resources: ['*'] }));
note.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true, batchSize: 5 }));
note.addEventSource(
  new DynamoEventSource(table, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { NewImage: { type: { S: FilterRule.isEqual('thing') } } },
      }),
    ],
    bisectBatchOnError: true,
    retryAttempts: 2,
    onFailure: new S3OnFailureDestination(bucket),
  }),
);
new Schedule(stack, 'Tick', {
  schedule: ScheduleExpression.rate(Duration.minutes(1)),
  target: new LambdaInvoke(note, {}),
});

const set = new CfnConfigurationSet(stack, 'Set', { name: 'set' });
new CfnTemplate(stack, 'Mail', {
  template: {
    templateName: 'mail',
    subjectPart: '{{subject}}',
    htmlPart: '{{{html}}}',
    textPart: '{{{text}}}',
  },
});
new CfnConfigurationSetEventDestination(stack, 'Events', {
  configurationSetName: set.ref,
  eventDestination: {
    enabled: true,
    matchingEventTypes: ['send', 'bounce', 'delivery'],
    snsDestination: { topicArn: topic.topicArn },
  },
});

const api = new HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('Integration', call) });
const pages = new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)));
const site = new Distribution(stack, 'Site', {
  defaultBehavior: {
    origin: pages,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  },
  additionalBehaviors: { '/calendars/*': { origin: S3BucketOrigin.withOriginAccessControl(bucket) } },
});
const people = new UserPool(stack, 'People');
people.addClient('Console', {
  generateSecret: false,
  oAuth: {
    flows: { authorizationCodeGrant: true },
    callbackUrls: [`http://${site.distributionDomainName}/console/callback`],
  },
});
if (process.env.TINY_EXTRA) new CfnResource(stack, 'Extra', { type: process.env.TINY_EXTRA });
app.synth();
