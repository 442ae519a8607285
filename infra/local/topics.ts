import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import { region } from './place.ts';
import type { Fauxqs } from './queues.ts';
import type { Resources } from './resources.ts';
import { publicationOf, type TopicLog } from './topic-log.ts';
import { escapeXml, type Service, type WireCall, type WireReply } from './wire-call.ts';

const topicSchema = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.unknown().optional(),
  KmsMasterKeyId: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

const subscriptionSchema = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.coerce.string().optional(),
  FilterPolicy: z.unknown().optional(),
  FilterPolicyScope: z.string().optional(),
  RedrivePolicy: z.unknown().optional(),
});

/** The template's topics and what is subscribed to them. Operators' mail addresses are left alone. */
export function openTopics(resources: Resources, { topics, queues }: Fauxqs) {
  for (const { attributes, ref } of resources.ofType('AWS::SNS::Topic', topicSchema))
    topics.createTopic(attributes.TopicName ?? ref, {}, undefined, region);
  for (const { logicalId, properties } of resources.ofType('AWS::SNS::Subscription', subscriptionSchema)) {
    if (properties.Protocol === 'email') continue;
    if (properties.Protocol !== 'sqs')
      throw new CannotRun(`${logicalId}: nothing here is subscribed by ${properties.Protocol}`);
    if (!queues.getQueueByArn(properties.Endpoint))
      throw new CannotRun(`${logicalId}: there is no queue ${properties.Endpoint}`);
    const attributes = {
      RawMessageDelivery: properties.RawMessageDelivery ?? 'false',
      ...(properties.FilterPolicy !== undefined && { FilterPolicy: JSON.stringify(properties.FilterPolicy) }),
      ...(properties.FilterPolicyScope && { FilterPolicyScope: properties.FilterPolicyScope }),
    };
    if (!topics.subscribe(properties.TopicArn, 'sqs', properties.Endpoint, attributes))
      throw new CannotRun(`${logicalId}: there is no topic ${properties.TopicArn}`);
  }
}

/** As many as `PublishBatch` takes. */
const MOST_PUBLISHED = 10;

/** Publishes from inside the host, in order, as a service of AWS would. */
export const publisher =
  (fauxqs: Fauxqs, changed: () => void) => async (topicArn: string, messages: string[]) => {
    for (let at = 0; at < messages.length; at += MOST_PUBLISHED) {
      const form = new URLSearchParams({ Action: 'PublishBatch', Version: '2010-03-31', TopicArn: topicArn });
      for (const [place, message] of messages.slice(at, at + MOST_PUBLISHED).entries()) {
        const entry = `PublishBatchRequestEntries.member.${place + 1}`;
        form.set(`${entry}.Id`, String(place));
        form.set(`${entry}.Message`, message);
      }
      await fauxqs.pass({
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(form.toString()),
      });
      changed();
    }
  };

/** SNS behind the wire: topics are fauxqs's, texts to phones the outbox's. */
export const topicService = (
  fauxqs: Fauxqs,
  phones: (form: URLSearchParams) => WireReply,
  log: TopicLog,
  changed: () => void,
): Service => ({
  async answer(call) {
    const form = readForm(call);
    if (form.has('PhoneNumber') || form.get('Action') === 'ListPhoneNumbersOptedOut') return phones(form);
    const said = new URLSearchParams(form);
    const refusal = takeDefaultText(form);
    if (refusal) return refuseInXml(400, 'InvalidParameter', refusal);
    const reply = await fauxqs.pass({ ...call, body: Buffer.from(form.toString()) });
    const publication = reply.status === 200 && publicationOf(said);
    if (publication) log.add(publication);
    changed();
    return reply;
  },
  wishes(call) {
    const form = readForm(call);
    const action = (form.get('Action') ?? '').replace(/Batch$/, '');
    return [{ action: `sns:${action}`, resource: form.get('TopicArn') ?? form.get('PhoneNumber') ?? '*' }];
  },
  refuse: refuseInXml,
  throttle: { status: 400, code: 'Throttling' },
});

const readForm = ({ body }: WireCall) => new URLSearchParams(body.toString());

/** fauxqs hands a queue the whole object of `MessageStructure: json`; AWS hands it the text meant for queues. */
function takeDefaultText(form: URLSearchParams) {
  if (form.get('MessageStructure') !== 'json') return undefined;
  try {
    const texts = z
      .looseObject({ default: z.string(), sqs: z.string().optional() })
      .parse(JSON.parse(form.get('Message') ?? ''));
    form.set('Message', texts.sqs ?? texts.default);
    form.delete('MessageStructure');
    return undefined;
  } catch {
    return 'Invalid parameter: Message Structure - No default entry in JSON message body';
  }
}

export function refuseInXml(status: number, code: string, message: string): WireReply {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body:
      `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
  };
}
