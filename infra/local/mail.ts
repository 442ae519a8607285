import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import { bareAddress, domainOf, type Mail, mailEvents, renderingFailure } from './mail-events.ts';
import {
  type MailAttachments,
  type MailTemplate,
  recipients,
  sendBulkEmail,
  sendEmail,
  toRecord,
} from './mail-request.ts';
import { fillIn, isBeyondUs, RenderingFailed } from './mail-template.ts';
import type { Outbox } from './outbox.ts';
import type { Wish } from './permissions.ts';
import { account, region } from './place.ts';
import type { Resources } from './resources.ts';
import { jsonReply, refuseInJson, type Service, type WireCall } from './wire-call.ts';
import type { WorkSource } from './work.ts';

const templateSchema = z.strictObject({
  Template: z.strictObject({
    TemplateName: z.string().optional(),
    SubjectPart: z.string().default(''),
    TextPart: z.string().default(''),
    HtmlPart: z.string().default(''),
  }),
});

const destinationSchema = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: z.literal(true),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.strictObject({ TopicARN: z.string() }),
  }),
});

const setSchema = z.strictObject({
  Name: z.string().optional(),
  DeliveryOptions: z.unknown().optional(),
  ReputationOptions: z.unknown().optional(),
  SendingOptions: z.strictObject({ SendingEnabled: z.literal(true) }).optional(),
  SuppressionOptions: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

export type MailDeps = {
  outbox: Outbox;
  /** Publishes messages on a topic, in order. */
  publish: (topicArn: string, messages: string[]) => Promise<void>;
  changed: () => void;
};

type Parts = { subject: string; text: string; html: string };
type MailEvent = { type: string; event: object };

/** SESv2 behind the wire: what is accepted goes to the outbox, and its events to the configuration set's topics. */
export function mailService(
  resources: Resources,
  { outbox, publish, changed }: MailDeps,
): Service & WorkSource {
  const sets = new Set(resources.ofType('AWS::SES::ConfigurationSet', setSchema).map(({ ref }) => ref));
  const destinations = resources
    .ofType('AWS::SES::ConfigurationSetEventDestination', destinationSchema)
    .map(({ properties }) => properties);
  const templates = new Map<string, Parts>();
  for (const { ref, logicalId, properties } of resources.ofType('AWS::SES::Template', templateSchema)) {
    const { SubjectPart, TextPart, HtmlPart } = properties.Template;
    if ([SubjectPart, TextPart, HtmlPart].some(isBeyondUs))
      throw new CannotRun(`${logicalId}: only {{name}} and {{{name}}} are filled in on one machine`);
    templates.set(ref, { subject: SubjectPart, text: TextPart, html: HtmlPart });
  }
  let untold: { set: string | undefined; events: MailEvent[] }[] = [];
  let isTelling = false;

  /** Events come after the answer, as those of SES do; those of one call together. */
  function tellSoon(set: string | undefined, events: MailEvent[]) {
    untold.push({ set, events });
    if (isTelling) return;
    isTelling = true;
    setTimeout(tellAll, 2);
  }

  async function tellAll() {
    while (untold.length > 0) {
      const now = untold;
      untold = [];
      for (const { ConfigurationSetName, EventDestination } of destinations) {
        const wanted = new Set(EventDestination.MatchingEventTypes.map((name) => name.toLowerCase()));
        const events = now.flatMap(({ set, events }) => (set === ConfigurationSetName ? events : []));
        await publish(
          EventDestination.SnsDestination.TopicARN,
          events.filter(({ type }) => wanted.has(type)).map(({ event }) => JSON.stringify(event)),
        );
      }
    }
    isTelling = false;
    changed();
  }

  function accept(
    mail: Omit<Mail, 'id' | 'at' | 'subject'>,
    parts: () => Parts,
    attachments: MailAttachments,
    template = '',
  ) {
    const id = randomUUID();
    const whole: Mail = { ...mail, id, at: new Date().toISOString(), subject: '' };
    try {
      const { subject, text, html } = parts();
      outbox.send({
        id,
        channel: 'email',
        to: bareAddress(mail.to),
        from: mail.from,
        subject,
        text,
        ...(html && { html }),
        ...(Object.keys(mail.headers).length > 0 && { headers: mail.headers }),
        ...(attachments.length > 0 && { attachments: attachments.map(readable) }),
      });
      tellSoon(mail.configurationSet, mailEvents({ ...whole, to: bareAddress(mail.to), subject }));
    } catch (error) {
      if (!(error instanceof RenderingFailed)) throw error;
      tellSoon(mail.configurationSet, [renderingFailure(whole, template, error.message)]);
    }
    return id;
  }

  function partsOf({ TemplateName, TemplateContent }: MailTemplate): Parts {
    if (TemplateContent)
      return {
        subject: TemplateContent.Subject ?? '',
        text: TemplateContent.Text ?? '',
        html: TemplateContent.Html ?? '',
      };
    const found = templates.get(TemplateName ?? '');
    if (!found) throw new Refused('NotFoundException', `Template ${TemplateName} does not exist`);
    return found;
  }

  function checkSet(name: string | undefined) {
    if (name !== undefined && !sets.has(name))
      throw new Refused('NotFoundException', `Configuration set <${name}> does not exist.`);
  }

  function one(call: WireCall) {
    const request = sendEmail.parse(JSON.parse(call.body.toString()));
    checkSet(request.ConfigurationSetName);
    const { Simple, Template } = request.Content;
    const content = Simple ?? Template;
    if (!content) throw new Refused('BadRequestException', 'Content needs Simple or Template');
    const own = Template && partsOf(Template);
    const parts = () =>
      Simple
        ? {
            subject: Simple.Subject.Data,
            text: Simple.Body.Text?.Data ?? '',
            html: Simple.Body.Html?.Data ?? '',
          }
        : fillParts(own, readWords(Template?.TemplateData));
    const [id] = recipients(request.Destination).map((to) =>
      accept(
        {
          from: request.FromEmailAddress,
          to,
          configurationSet: request.ConfigurationSetName,
          headers: { ...replyTo(request.ReplyToAddresses), ...toRecord(content.Headers) },
          tags: toRecord(request.EmailTags),
        },
        parts,
        content.Attachments,
        Template?.TemplateName,
      ),
    );
    if (!id) throw new Refused('BadRequestException', 'Missing final recipient');
    return { MessageId: id };
  }

  function bulk(call: WireCall) {
    const request = sendBulkEmail.parse(JSON.parse(call.body.toString()));
    checkSet(request.ConfigurationSetName);
    const { Template } = request.DefaultContent;
    const own = partsOf(Template);
    const usual = readWords(Template.TemplateData);
    return {
      BulkEmailEntryResults: request.BulkEmailEntries.map((entry) => {
        const words = readWords(entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData);
        const [id] = recipients(entry.Destination).map((to) =>
          accept(
            {
              from: request.FromEmailAddress,
              to,
              configurationSet: request.ConfigurationSetName,
              headers: {
                ...replyTo(request.ReplyToAddresses),
                ...toRecord(Template.Headers),
                ...toRecord(entry.ReplacementHeaders),
              },
              tags: { ...toRecord(request.DefaultEmailTags), ...toRecord(entry.ReplacementTags) },
            },
            () => fillParts(own, { ...usual, ...words }),
            Template.Attachments,
            Template.TemplateName,
          ),
        );
        return id
          ? { Status: 'SUCCESS', MessageId: id }
          : { Status: 'INVALID_PARAMETER', Error: 'Missing final recipient' };
      }),
    };
  }

  const refuse = refuseInJson('', 'application/json');
  return {
    answer(call) {
      const operation = operations[`${call.method} ${call.path}`];
      if (!operation)
        return refuse(501, 'NotImplemented', `${call.method} ${call.path} has no part on one machine`);
      try {
        return jsonReply(operation === 'SendEmail' ? one(call) : bulk(call));
      } catch (error) {
        if (error instanceof Refused)
          return refuse(error.code === 'NotFoundException' ? 404 : 400, error.code, error.message);
        if (error instanceof z.ZodError || error instanceof SyntaxError)
          return refuse(400, 'BadRequestException', error.message);
        throw error;
      }
    },
    wishes: (call) => wishes(call),
    refuse,
    throttle: { status: 429, code: 'TooManyRequestsException' },
    busy: () => (isTelling ? 1 : 0),
  };
}

const operations: Record<string, string> = {
  'POST /v2/email/outbound-emails': 'SendEmail',
  'POST /v2/email/outbound-bulk-emails': 'SendBulkEmail',
};

class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Sender, configuration set and template are each authorised. */
function wishes(call: WireCall): Wish[] {
  const action = `ses:${operations[`${call.method} ${call.path}`] ?? call.path}`;
  const body = z
    .looseObject({
      FromEmailAddress: z.string().default(''),
      ConfigurationSetName: z.string().optional(),
      Content: z
        .looseObject({ Template: z.looseObject({ TemplateName: z.string().optional() }).optional() })
        .optional(),
      DefaultContent: z
        .looseObject({ Template: z.looseObject({ TemplateName: z.string().optional() }) })
        .optional(),
    })
    .catch({ FromEmailAddress: '' })
    .parse(JSON.parse(call.body.toString() || '{}'));
  const template = (body.Content ?? body.DefaultContent)?.Template?.TemplateName;
  return [
    `identity/${domainOf(body.FromEmailAddress)}`,
    body.ConfigurationSetName && `configuration-set/${body.ConfigurationSetName}`,
    template && `template/${template}`,
  ].flatMap((resource) =>
    resource ? [{ action, resource: `arn:aws:ses:${region}:${account}:${resource}` }] : [],
  );
}

const fillParts = (parts: Parts | undefined, words: Record<string, unknown>): Parts => ({
  subject: fillIn(parts?.subject ?? '', words),
  text: fillIn(parts?.text ?? '', words),
  html: fillIn(parts?.html ?? '', words),
});

const readWords = (data = '{}') => z.record(z.string(), z.unknown()).parse(JSON.parse(data));

const replyTo = (addresses: string[]): Record<string, string> =>
  addresses.length > 0 ? { 'Reply-To': addresses.join(', ') } : {};

function readable({ FileName, ContentType, RawContent }: MailAttachments[number]) {
  const isText = ContentType.startsWith('text/');
  return {
    fileName: FileName,
    contentType: ContentType,
    content: isText ? Buffer.from(RawContent, 'base64').toString() : RawContent,
  };
}
