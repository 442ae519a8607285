import { Stack } from 'aws-cdk-lib';
import {
  CfnTemplate,
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Force } from '../shared/force/force.ts';
import type { Deployment } from './deployment.ts';
import type { ServiceFunction } from './service-function.ts';

/** SES: whom we send as, the constant template, and the events that tell what became of each e-mail. */
export class Mail extends Construct {
  readonly #template: CfnTemplate;
  readonly #templateName: string;
  readonly #configurationSet: ConfigurationSet;
  readonly #senders: string[];

  constructor(
    scope: Construct,
    id: string,
    { deployment, force, receipts }: { deployment: Deployment; force: Force; receipts: Queue },
  ) {
    super(scope, id);
    this.#configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const events = new Topic(this, 'Events', { enforceSSL: true });
    events.addSubscription(new SqsSubscription(receipts, { rawMessageDelivery: true }));
    this.#configurationSet.addEventDestination('Receipts', {
      destination: EventDestination.snsTopic(events),
      // Neither opens nor clicks: we do not track.
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });

    this.#templateName = `streetmeet-${deployment.env}`;
    this.#template = new CfnTemplate(this, 'Template', {
      template: {
        templateName: this.#templateName,
        subjectPart: '{{subject}}',
        htmlPart: '{{{html}}}',
        textPart: '{{{text}}}',
      },
    });

    const { address, domain } = sender(force);
    this.#senders = [address, domain];
    if (deployment.emailIdentity) {
      this.#senders.push(deployment.emailIdentity);
      new EmailIdentity(this, 'Identity', {
        identity: deployment.emailIdentity.includes('@')
          ? Identity.email(deployment.emailIdentity)
          : Identity.domain(deployment.emailIdentity),
        configurationSet: this.#configurationSet,
      });
    }
  }

  connectSender(fn: ServiceFunction): void {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    fn.node.addDependency(this.#template);
    fn.set('EMAIL_TEMPLATE', this.#templateName)
      .set('EMAIL_CONFIGURATION_SET', this.#configurationSet.configurationSetName)
      .allow(
        ['ses:SendBulkEmail', 'ses:SendEmail'],
        ...[...new Set(this.#senders)].map((identity) => arn('identity', identity)),
        arn('configuration-set', this.#configurationSet.configurationSetName),
        arn('template', this.#templateName),
      );
  }
}

/** `Essex Police events <events@essex.example>` sends as that address, and as its domain where that is what SES knows. */
function sender(force: Force) {
  const address = /<([^<>]+)>/.exec(force.senders.email)?.[1] ?? force.senders.email;
  return { address, domain: address.slice(address.indexOf('@') + 1) };
}
