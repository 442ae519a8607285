import { ArnFormat, CfnParameter, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Force } from '../shared/force/force.ts';
import type { Deployment } from './deployment.ts';
import { ServiceFunction } from './service-function.ts';
import type { RecordFilter } from './store.ts';
import { WorkQueue } from './work-queue.ts';

/** Gathers what changed in a district for the settle window, and publishes it on the district's topic. */
export class Announcing extends Construct {
  readonly topics: Topic[];
  readonly announce: ServiceFunction;
  readonly settle: WorkQueue;

  constructor(scope: Construct, id: string, { deployment, force }: { deployment: Deployment; force: Force }) {
    super(scope, id);
    const prefix = `streetmeet-${deployment.env}-`;
    // The exception to "no physical names": a council subscribes its own queue to this address from its own
    // account, so it must be known beforehand and stay the same for ever.
    this.topics = force.districts.map(
      (district) =>
        new Topic(this, `Topic-${district.id}`, {
          topicName: prefix + district.id,
          displayName: `${force.name}: ${district.name}`,
          enforceSSL: true,
        }),
    );

    this.announce = new ServiceFunction(this, 'Function', {
      name: 'announce',
      force: deployment.force,
      does: 'Gathers the changes of a district into one bulletin and publishes it',
      timeoutSeconds: 30,
    });
    this.settle = new WorkQueue(this, 'Settle', {
      worker: this.announce,
      setting: 'SETTLE_QUEUE_URL',
      atOnce: 10,
    });

    const settleSeconds = new CfnParameter(Stack.of(this), 'SettleSeconds', {
      type: 'Number',
      default: 120,
      minValue: 0,
      // A queue can delay a message for 15 minutes at most.
      maxValue: 900,
      description: 'Quiet seconds after a change before its district is told',
    });
    this.announce
      .set('SETTLE_SECONDS', settleSeconds.valueAsString)
      .set(
        'TOPIC_PREFIX',
        Stack.of(this).formatArn({ service: 'sns', resource: prefix, arnFormat: ArnFormat.NO_RESOURCE_NAME }),
      )
      .allow(['sns:Publish'], ...this.topics.map((topic) => topic.topicArn));
  }

  readonly wantedRecords: RecordFilter[] = [
    { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['change', 'confirmation'] } } } },
  ];

  connectSettler(fn: ServiceFunction): void {
    this.settle.connectSender(fn);
  }
}
