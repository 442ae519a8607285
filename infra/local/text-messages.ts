import type { Outbox } from './outbox.ts';
import { refuseInXml } from './topics.ts';
import type { WireReply } from './wire-call.ts';

/** A number of Ofcom's drama range whose holder told AWS to stop: nothing can be sent to it. */
const optedOut = '+447700900999';
/** One whose holder tells AWS so after a first text, which may be the code that they confirm with. */
const optsOut = '+447700900998';

/** One that after a first text is nobody's any more. */
const gone = '+447700900997';

const xmlns = 'http://sns.amazonaws.com/doc/2010-03-31/';
const metadata = '<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata>';
const hasOptedOut = (number: string, outbox: Outbox) =>
  number === optedOut || (number === optsOut && outbox.list({ to: number }).length > 0);

/** What SNS does with phone numbers. */
export const textService =
  (outbox: Outbox) =>
  (form: URLSearchParams): WireReply =>
    form.get('Action') === 'ListPhoneNumbersOptedOut' ? listOptedOut(outbox) : publish(form, outbox);

/** All that are, on the first page. */
function listOptedOut(outbox: Outbox): WireReply {
  const members = [optedOut, optsOut]
    .filter((number) => hasOptedOut(number, outbox))
    .map((number) => `<member>${number}</member>`);
  return inXml(
    `<ListPhoneNumbersOptedOutResponse xmlns="${xmlns}"><ListPhoneNumbersOptedOutResult><phoneNumbers>${members.join('')}` +
      `</phoneNumbers></ListPhoneNumbersOptedOutResult>${metadata}</ListPhoneNumbersOptedOutResponse>`,
  );
}

const inXml = (body: string): WireReply => ({ status: 200, headers: { 'content-type': 'text/xml' }, body });

function publish(form: URLSearchParams, outbox: Outbox): WireReply {
  const to = form.get('PhoneNumber') ?? '';
  const text = form.get('Message') ?? '';
  if (!/^\+[1-9]\d{6,14}$/.test(to) || (to === gone && outbox.list({ to }).length > 0))
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
  if (hasOptedOut(to, outbox))
    return refuseInXml(400, 'OptedOut', `Invalid parameter: PhoneNumber Reason: ${to} is opted out`);
  const id = outbox.send({ channel: 'sms', to, from: senderId(form) ?? 'NOTICE', text });
  return inXml(
    `<PublishResponse xmlns="${xmlns}"><PublishResult><MessageId>${id}</MessageId></PublishResult>` +
      `${metadata}</PublishResponse>`,
  );
}

function senderId(form: URLSearchParams) {
  for (const [name, value] of form) {
    if (!name.endsWith('.Name') || value !== 'AWS.SNS.SMS.SenderID') continue;
    return form.get(name.replace(/\.Name$/, '.Value.StringValue')) ?? undefined;
  }
  return undefined;
}
