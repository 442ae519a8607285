import { Aws, Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { MetricName } from '../shared/runtime/metric.ts';
import type { Announcing } from './announcing.ts';
import type { Calendars } from './calendars.ts';
import type { Counting } from './counting.ts';
import type { Delivering } from './delivering.ts';
import type { Deployment } from './deployment.ts';
import type { FanningOut } from './fanning-out.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Store } from './store.ts';
import type { Ticking } from './ticking.ts';
import type { Website } from './website.ts';
import type { WorkQueue } from './work-queue.ts';

type Watched = {
  deployment: Deployment;
  store: Store;
  website: Website;
  calendars: Calendars;
  announcing: Announcing;
  fanningOut: FanningOut;
  delivering: Delivering;
  counting: Counting;
  ticking: Ticking;
};

/** Wakes somebody up. Each alarm says who is hurt. */
export class Alarms extends Construct {
  readonly #operators: Topic;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { store, website, calendars, announcing, fanningOut, delivering, counting, ticking } = watched;
    this.#operators = new Topic(this, 'Operators', { enforceSSL: true });
    // A topic with a policy of its own has no longer the one that lets the account's alarms publish.
    this.#operators.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.#operators.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (watched.deployment.alarmEmail)
      this.#operators.addSubscription(new EmailSubscription(watched.deployment.alarmEmail));

    this.#deadLetters('Refresh', calendars.refresh, 'Calendars stay old: a rebuild failed for good');
    this.#deadLetters(
      'Settle',
      announcing.settle,
      'Residents are not being told: a district could not settle',
    );
    this.#deadLetters(
      'Bulletins',
      fanningOut.bulletins,
      'Residents are not being told: a bulletin reached nobody',
    );
    this.#deadLetters('Email', delivering.email, 'Residents are not being told: e-mails cannot be sent');
    this.#deadLetters('Sms', delivering.sms, 'Residents are not being told: texts cannot be sent');
    this.#deadLetters(
      'UrgentEmail',
      delivering.urgentEmail,
      'Residents stand before closed doors: cancellations cannot be sent by e-mail',
    );
    this.#deadLetters(
      'UrgentSms',
      delivering.urgentSms,
      'Residents stand before closed doors: cancellations cannot be sent by text',
    );
    this.#deadLetters(
      'Receipts',
      delivering.receiptQueue,
      'We may write to people who bounced or complained',
    );

    this.#deadLetters('Counts', counting.counts, 'Officers see old figures: something cannot be counted');

    this.#late(
      'Calendars',
      calendars.render,
      'Residents see old calendars: changes wait for over five minutes',
    );
    this.#late('Announce', announcing.announce, 'Residents hear late: changes wait for over five minutes');

    for (const { name, mappingId } of store.readers) this.#givenUp(name, mappingId);

    this.#counted(
      'TextBudgetUsedUp',
      delivering.deliver,
      'Residents get no texts until next month but for urgent cancellations: the text budget is used up',
    );
    this.#counted(
      'BulletinsPaused',
      delivering.receipts,
      'Residents wait: a bulletin bounces or annoys too much and is paused. See npm run bulletin',
    );

    this.#counted(
      'EventSetAside',
      calendars.render,
      'An event is missing from calendars: what an officer wrote makes no calendar entry',
    );
    this.#counted(
      'CalendarRefused',
      calendars.render,
      'Residents see an old calendar: the new one breaks a rule and was not published',
    );

    this.#failing('Api', website.api, 'Officers and residents get errors from the API');
    this.#failing('Console', website.console, 'Officers get an error instead of a page of the console');
    this.#failing('Site', website.site, 'Residents get an error instead of a page');
    this.#stopped('Tick', ticking.tick, 'Reminders and stuck work wait: the minute tick has stopped');
  }

  #deadLetters(id: string, work: WorkQueue, hurt: string): void {
    this.#alarm(`${id}DeadLetters`, hurt, {
      metric: work.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      evaluationPeriods: 1,
    });
  }

  #late(id: string, fn: ServiceFunction, hurt: string): void {
    this.#alarm(`${id}Late`, hurt, {
      metric: fn.metric('IteratorAge', { period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      threshold: Duration.minutes(5).toMilliseconds(),
      evaluationPeriods: 3,
    });
  }

  #givenUp(id: string, mappingId: string): void {
    this.#alarm(
      `${id}GivenUp`,
      'Residents miss a change: a record failed for good and is kept with the failed records',
      {
        metric: new Metric({
          namespace: 'AWS/Lambda',
          metricName: 'OnFailureDestinationDeliveredEventCount',
          dimensionsMap: { EventSourceMappingUUID: mappingId },
          period: Duration.minutes(1),
          statistic: Stats.SUM,
        }),
        threshold: 1,
        evaluationPeriods: 1,
      },
    );
  }

  #counted(metricName: MetricName, fn: ServiceFunction, hurt: string): void {
    this.#alarm(metricName, hurt, {
      metric: new Metric({
        namespace: 'Streetmeet',
        metricName,
        dimensionsMap: { FunctionName: fn.functionName },
        period: Duration.minutes(1),
        statistic: Stats.SUM,
      }),
      threshold: 1,
      evaluationPeriods: 1,
    });
  }

  #failing(id: string, fn: ServiceFunction, hurt: string): void {
    this.#alarm(`${id}Failing`, hurt, {
      metric: fn.metricErrors({ period: Duration.minutes(5) }),
      threshold: 5,
      evaluationPeriods: 1,
    });
  }

  #stopped(id: string, fn: ServiceFunction, hurt: string): void {
    this.#alarm(`${id}Stopped`, hurt, {
      metric: fn.metricInvocations({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  #alarm(id: string, hurt: string, props: AlarmProps): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: hurt,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    });
    alarm.addAlarmAction(new SnsAction(this.#operators));
  }
}
