import type { Outbox } from './outbox.ts';
import { refuseInXml } from './topics.ts';
import type { WireReply } from './wire-call.ts';

/** A number of Ofcom's drama range whose holder told AWS to stop: nothing can be sent to it. */
const optedOut = '+447700900999';
/** One whose holder tells AWS so after a first text, which may be the code that they confirm with. */
const optsOut = '+447700900998';

/** SNS `Publish` to a phone number. */
export const textSender =
  (outbox: Outbox) =>
  (form: URLSearchParams): WireReply => {
    const to = form.get('PhoneNumber') ?? '';
    const text = form.get('Message') ?? '';
    if (!/^\+[1-9]\d{6,14}$/.test(to))
      return refuseInXml(
        400,
        'InvalidParameter',
        `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`,
      );
    if (text === '' || text.length > 1600)
      return refuseInXml(
        400,
        'InvalidParameter',
        'Invalid parameter: Message Reason: must have 1 to 1600 characters',
      );
    if (to === optedOut || (to === optsOut && outbox.list({ to }).length > 0))
      return refuseInXml(400, 'OptedOut', `Invalid parameter: PhoneNumber Reason: ${to} is opted out`);
    const id = outbox.send({ channel: 'sms', to, from: senderId(form) ?? 'NOTICE', text });
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body:
        '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
        `<MessageId>${id}</MessageId></PublishResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></PublishResponse>`,
    };
  };

function senderId(form: URLSearchParams) {
  for (const [name, value] of form) {
    if (!name.endsWith('.Name') || value !== 'AWS.SNS.SMS.SenderID') continue;
    return form.get(name.replace(/\.Name$/, '.Value.StringValue')) ?? undefined;
  }
  return undefined;
}
