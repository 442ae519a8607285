import { Duration } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { ServiceFunction } from './service-function.ts';

/** Once a minute: what is due, and what was never finished. */
export class Ticking extends Construct {
  readonly tick: ServiceFunction;

  constructor(scope: Construct, id: string, { deployment }: { deployment: Deployment }) {
    super(scope, id);
    this.tick = new ServiceFunction(this, 'Function', {
      name: 'tick',
      force: deployment.force,
      does: 'Sends what is due and picks up what was left',
      timeoutSeconds: 55,
    });
    new Schedule(this, 'EveryMinute', {
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      // The next minute is the retry.
      target: new LambdaInvoke(this.tick, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
    });
  }
}
