import {
  type Attachment,
  type BulkEmailEntryResult,
  type MessageHeader,
  type SESv2Client,
  SendBulkEmailCommand,
} from '@aws-sdk/client-sesv2';
import type { CurrentDistrict } from '../../shared/bulletins/what-to-hear.ts';
import type { Force } from '../../shared/force/force.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import { attempt } from './attempt.ts';
import type { Outcome, Sent } from './sent.ts';

export type EmailDeps = {
  ses: SESv2Client;
  template: string;
  configurationSet: string;
  signing: Signing;
  force: Force;
  origin: string;
  /** How to wait before a provider that finds us too fast is asked again. */
  pause?: (milliseconds: number) => Promise<void>;
  /** The district that stands for one today. */
  current: CurrentDistrict;
};

export type Letter = {
  to: string;
  words: { subject: string; html: string; text: string };
  headers?: Record<string, string>;
  tags: Record<string, string>;
};

/**
 * Sends letters in one call, 50 at most, with the same attachments; an answer for each. Words travel as the constant
 * template's data.
 */
export async function sendLetters(
  letters: Letter[],
  deps: EmailDeps,
  attachments: Attachment[] = [],
): Promise<Sent[]> {
  const { ses, template, configurationSet, force } = deps;
  const result = await attempt(
    () =>
      ses.send(
        new SendBulkEmailCommand({
          FromEmailAddress: force.senders.email,
          ConfigurationSetName: configurationSet,
          DefaultContent: {
            Template: {
              TemplateName: template,
              TemplateData: '{}',
              ...(attachments.length && { Attachments: attachments }),
            },
          },
          BulkEmailEntries: letters.map(({ to, words, headers = {}, tags }) => ({
            Destination: { ToAddresses: [to] },
            ReplacementEmailContent: {
              ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(words) },
            },
            ReplacementHeaders: pairs(headers) as MessageHeader[],
            ReplacementTags: pairs(tags),
          })),
        }),
      ),
    deps,
  );
  if ('answer' in result) {
    const answers = result.answer.BulkEmailEntryResults ?? [];
    return letters.map((_, place) => sentOf(answers[place]));
  }
  const { outcome, reason, says = '' } = result;
  if (outcome !== 'rejected' || letters.length === 1)
    return letters.map(() => ({ outcome, reason, ends: outcome === 'rejected' ? endOf(says) : undefined }));
  // SES refuses the whole call for one bad address: it shall harm itself only.
  const half = Math.ceil(letters.length / 2);
  return [
    ...(await sendLetters(letters.slice(0, half), deps, attachments)),
    ...(await sendLetters(letters.slice(half), deps, attachments)),
  ];
}

/** @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntryResult.html */
const outcomes: Partial<Record<NonNullable<BulkEmailEntryResult['Status']>, Outcome>> = {
  SUCCESS: 'sent',
  MESSAGE_REJECTED: 'rejected',
  INVALID_PARAMETER: 'rejected',
  FAILED: 'rejected',
};

function sentOf(result: BulkEmailEntryResult | undefined): Sent {
  if (!result?.Status) return { outcome: 'unknown' };
  const outcome = outcomes[result.Status] ?? 'refused';
  if (outcome === 'sent') return { outcome, messageId: result.MessageId };
  const isInvalid = result.Status === 'INVALID_PARAMETER';
  return { outcome, reason: result.Status, ends: isInvalid ? endOf(result.Error ?? '') : undefined };
}

/** SES says of an address itself that it is not one: no letter will ever go there. */
const endOf = (says: string) =>
  /(illegal|invalid|malformed|missing).*(address|domain|recipient)|(local|domain|address).*(illegal|invalid|malformed|contains|starts|ends)/i.test(
    says,
  )
    ? 'refused'
    : undefined;

const pairs = (record: Record<string, string>) =>
  Object.entries(record).map(([Name, Value]) => ({ Name, Value }));
