import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, type Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { ServiceFunction } from './service-function.ts';
import { WorkQueue } from './work-queue.ts';

/** Turns a bulletin of a district into chunks for those who asked to hear it. */
export class FanningOut extends Construct {
  readonly fanOut: ServiceFunction;
  readonly bulletins: WorkQueue;

  constructor(
    scope: Construct,
    id: string,
    { deployment, topics }: { deployment: Deployment; topics: Topic[] },
  ) {
    super(scope, id);
    this.fanOut = new ServiceFunction(this, 'Function', {
      name: 'fan-out',
      force: deployment.force,
      does: 'Pages the subscribers of a district and queues what each should hear',
      timeoutSeconds: 60,
    });
    this.bulletins = new WorkQueue(this, 'Bulletins', {
      worker: this.fanOut,
      setting: 'FAN_OUT_QUEUE_URL',
      // A page of subscribers is heavy enough alone.
      batchSize: 1,
      atOnce: 10,
    });
    this.#hear(topics);
  }

  connectSender(fn: ServiceFunction): void {
    this.bulletins.connectSender(fn);
  }

  /** One statement for all topics: a policy document has room for twenty. */
  #hear(topics: Topic[]): void {
    const { queue } = this.bulletins;
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': topics.map((topic) => topic.topicArn) } },
      }),
    );
    for (const topic of topics)
      new Subscription(this, topic.node.id, {
        topic,
        protocol: SubscriptionProtocol.SQS,
        endpoint: queue.queueArn,
        rawMessageDelivery: true,
      });
  }
}
