import { z } from 'zod';

const nameValue = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]);
const destination = z.strictObject({
  ToAddresses: z.array(z.string()).default([]),
  CcAddresses: z.array(z.string()).default([]),
  BccAddresses: z.array(z.string()).default([]),
});
const content = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const attachments = z
  .array(
    z.object({
      RawContent: z.string(),
      FileName: z.string(),
      ContentType: z.string().default('application/octet-stream'),
    }),
  )
  .default([]);
const template = z.strictObject({
  TemplateName: z.string().optional(),
  TemplateArn: z.string().optional(),
  TemplateContent: z
    .strictObject({
      Subject: z.string().optional(),
      Text: z.string().optional(),
      Html: z.string().optional(),
    })
    .optional(),
  TemplateData: z.string().default('{}'),
  Headers: nameValue,
  Attachments: attachments,
});
const common = {
  FromEmailAddress: z.string(),
  FromEmailAddressIdentityArn: z.string().optional(),
  ReplyToAddresses: z.array(z.string()).default([]),
  FeedbackForwardingEmailAddress: z.string().optional(),
  ConfigurationSetName: z.string().optional(),
};

/** SESv2 `SendEmail`. */
export const sendEmail = z.strictObject({
  ...common,
  Destination: destination,
  EmailTags: nameValue,
  Content: z.strictObject({
    Simple: z
      .strictObject({
        Subject: content,
        Body: z.strictObject({ Text: content.optional(), Html: content.optional() }),
        Headers: nameValue,
        Attachments: attachments,
      })
      .optional(),
    Template: template.optional(),
  }),
});

/** SESv2 `SendBulkEmail`: at most 50 entries. */
export const sendBulkEmail = z.strictObject({
  ...common,
  DefaultEmailTags: nameValue,
  DefaultContent: z.strictObject({ Template: template }),
  BulkEmailEntries: z
    .array(
      z.strictObject({
        Destination: destination,
        ReplacementTags: nameValue,
        ReplacementHeaders: nameValue,
        ReplacementEmailContent: z
          .strictObject({
            ReplacementTemplate: z
              .strictObject({ ReplacementTemplateData: z.string().default('{}') })
              .optional(),
          })
          .optional(),
      }),
    )
    .min(1)
    .max(50),
});

export type MailTemplate = z.infer<typeof template>;
export type MailAttachments = z.infer<typeof attachments>;

export const toRecord = (pairs: z.infer<typeof nameValue>) =>
  Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));

export const recipients = ({ ToAddresses, CcAddresses, BccAddresses }: z.infer<typeof destination>) => [
  ...ToAddresses,
  ...CcAddresses,
  ...BccAddresses,
];
