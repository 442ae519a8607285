import { randomUUID } from 'node:crypto';
import { account, arn } from './place.ts';

export type Mail = {
  id: string;
  at: string;
  from: string;
  to: string;
  subject: string;
  configurationSet?: string;
  headers: Record<string, string>;
  tags: Record<string, string>;
};

const bareAddress = (address: string) => /<([^>]+)>/.exec(address)?.[1] ?? address;
export const domainOf = (address: string) => bareAddress(address).split('@').at(-1)?.toLowerCase() ?? '';
export { bareAddress };

/**
 * What becomes of an accepted mail, in order, as SES tells an event destination. The mailbox simulator's addresses
 * do what AWS documents for them, labels included.
 */
export function mailEvents(mail: Mail): { type: string; event: object }[] {
  const at = new Date().toISOString();
  const is = (eventType: string, detail: object) => ({
    type: eventType.toLowerCase(),
    event: { eventType, mail: describe(mail), [eventType.toLowerCase()]: detail },
  });
  const send = is('Send', {});
  const delivery = is('Delivery', {
    timestamp: at,
    processingTimeMillis: 5,
    recipients: [mail.to],
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: 'localhost',
  });
  const bounce = (bounceSubType: string, status: string, why: string) =>
    is('Bounce', {
      feedbackId: randomUUID(),
      bounceType: 'Permanent',
      bounceSubType,
      bouncedRecipients: [{ emailAddress: mail.to, action: 'failed', status, diagnosticCode: why }],
      timestamp: at,
      reportingMTA: 'dns; localhost',
    });
  switch (simulated(mail.to)) {
    case 'bounce':
      return [send, bounce('General', '5.1.1', 'smtp; 550 5.1.1 user unknown')];
    case 'suppressionlist':
      return [send, bounce('Suppressed', '5.1.1', 'Amazon SES has suppressed sending to this address')];
    case 'complaint':
      return [
        send,
        delivery,
        is('Complaint', {
          feedbackId: randomUUID(),
          complaintSubType: null,
          complainedRecipients: [{ emailAddress: mail.to }],
          timestamp: at,
          userAgent: 'Amazon SES Mailbox Simulator',
          complaintFeedbackType: 'abuse',
          arrivalDate: at,
        }),
      ];
    default:
      return [send, delivery];
  }
}

export const renderingFailure = (mail: Mail, templateName: string, errorMessage: string) => ({
  type: 'renderingfailure',
  event: { eventType: 'Rendering Failure', mail: describe(mail), failure: { errorMessage, templateName } },
});

function simulated(address: string) {
  const [local = '', domain] = bareAddress(address).toLowerCase().split('@');
  return domain === 'simulator.amazonses.com' ? local.split('+')[0] : undefined;
}

function describe({ id, at, from, to, subject, configurationSet, headers, tags }: Mail) {
  const shown = { From: from, To: to, Subject: subject, 'MIME-Version': '1.0', ...headers };
  return {
    timestamp: at,
    source: from,
    sourceArn: arn('ses', `identity/${domainOf(from)}`),
    sendingAccountId: account,
    messageId: id,
    destination: [to],
    headersTruncated: false,
    headers: Object.entries(shown).map(([name, value]) => ({ name, value })),
    commonHeaders: { from: [from], to: [to], messageId: id, subject },
    tags: {
      ...(configurationSet && { 'ses:configuration-set': [configurationSet] }),
      'ses:from-domain': [domainOf(from)],
      'ses:caller-identity': ['local'],
      ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
  };
}
