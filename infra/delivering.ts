import { CfnParameter, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Force } from '../shared/force/force.ts';
import type { Deployment } from './deployment.ts';
import { Mail } from './mail.ts';
import { ServiceFunction } from './service-function.ts';
import { WorkQueue } from './work-queue.ts';

/** The last step: two queues for each channel, who sends from them, and who hears how it went. */
export class Delivering extends Construct {
  readonly deliver: ServiceFunction;
  readonly email: WorkQueue;
  readonly sms: WorkQueue;
  /** What overtakes announcements: cancellations, moves, and confirmations that somebody waits for. */
  readonly urgentEmail: WorkQueue;
  readonly urgentSms: WorkQueue;
  readonly receipts: ServiceFunction;
  readonly receiptQueue: WorkQueue;
  readonly #textBudget: string;

  constructor(scope: Construct, id: string, { deployment, force }: { deployment: Deployment; force: Force }) {
    super(scope, id);
    this.deliver = new ServiceFunction(this, 'Function', {
      name: 'deliver',
      force: deployment.force,
      does: 'Claims, sends and records notices by e-mail and text',
      timeoutSeconds: 60,
    });
    const chunk = { worker: this.deliver, batchSize: 1 };
    // Two senders at a time, the least a mapping allows: the rates below are caps for all of them together.
    this.email = new WorkQueue(this, 'Email', { ...chunk, setting: 'EMAIL_QUEUE_URL', atOnce: 2 });
    this.urgentEmail = new WorkQueue(this, 'UrgentEmail', {
      ...chunk,
      setting: 'EMAIL_URGENT_QUEUE_URL',
      atOnce: 2,
    });
    this.sms = new WorkQueue(this, 'Sms', { ...chunk, setting: 'SMS_QUEUE_URL', atOnce: 2 });
    this.urgentSms = new WorkQueue(this, 'UrgentSms', {
      ...chunk,
      setting: 'SMS_URGENT_QUEUE_URL',
      atOnce: 2,
    });
    this.#textBudget = this.#number(
      'SmsMonthlyBudgetPence',
      deployment.smsMonthlyBudgetPence,
      'Then texts are refused',
      0,
    );
    this.deliver
      .set('EMAIL_RATE', this.#number('EmailRate', deployment.emailRate, 'E-mails a second, all workers'))
      .set('SMS_RATE', this.#number('SmsRate', deployment.smsRate, 'Texts a second, all workers'));
    this.connectTextBudget(this.deliver);

    // A phone number has no ARN. AWS's way to say "numbers but no topic" is everything that is not a topic
    // (SNS developer guide, "Identity-based policies: publish SMS").
    this.deliver.addToRolePolicy(
      new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }),
    );

    // Which numbers opted out; the list is the account's, and has no resource in IAM. The next page waits in the queue.
    this.deliver.allow(['sns:ListPhoneNumbersOptedOut'], '*');
    this.sms.connectSender(this.deliver);

    this.receipts = new ServiceFunction(this, 'ReceiptsFunction', {
      name: 'receipts',
      force: deployment.force,
      does: 'Records what became of each e-mail; ends subscriptions that bounce or complain',
      timeoutSeconds: 30,
      memoryMegabytes: 256,
    });
    this.receiptQueue = new WorkQueue(this, 'Receipts', { worker: this.receipts, atOnce: 5 });

    const mail = new Mail(this, 'Mail', { deployment, force, receipts: this.receiptQueue.queue });
    mail.connectSender(this.deliver);
  }

  connectSender(fn: ServiceFunction): void {
    for (const queue of [this.email, this.urgentEmail, this.sms, this.urgentSms]) queue.connectSender(fn);
  }

  /** Who knows what texts may cost in a month. */
  connectTextBudget(fn: ServiceFunction): void {
    fn.set('SMS_MONTHLY_BUDGET_PENCE', this.#textBudget);
  }

  #number(id: string, usual: number, description: string, minValue = 1): string {
    const parameter = new CfnParameter(Stack.of(this), id, {
      type: 'Number',
      default: usual,
      minValue,
      description,
    });
    return parameter.valueAsString;
  }
}
