import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SettingName } from '../shared/runtime/settings.ts';
import type { ServiceFunction } from './service-function.ts';

/** A queue of work for one function. What fails five times waits a fortnight in its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly #setting: SettingName | undefined;

  constructor(
    scope: Construct,
    id: string,
    props: { worker: ServiceFunction; setting?: SettingName; batchSize?: number; atOnce?: number },
  ) {
    super(scope, id);
    this.#setting = props.setting;
    const defaults = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...defaults, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...defaults,
      retentionPeriod: Duration.days(4),
      // AWS's advice: six times the worker's timeout, so that a throttled batch is not handed out twice.
      visibilityTimeout: Duration.seconds(6 * (props.worker.timeout?.toSeconds() ?? 30)),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    props.worker.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize ?? 10,
        maxConcurrency: props.atOnce,
        reportBatchItemFailures: true,
      }),
    );
  }

  connectSender(fn: ServiceFunction): void {
    fn.allow(['sqs:SendMessage'], this.queue.queueArn);
    if (this.#setting) fn.set(this.#setting, this.queue.queueUrl);
  }
}
