import {
  type BulkEmailEntryResult,
  type MessageHeader,
  type SESv2Client,
  SendBulkEmailCommand,
} from '@aws-sdk/client-sesv2';
import type { Force } from '../../shared/force/force.ts';
import { noticeEmail } from '../../shared/notices/notice-email.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SendNotices, Sent } from './deliver-chunk.ts';

export type EmailDeps = {
  ses: SESv2Client;
  template: string;
  configurationSet: string;
  signing: Signing;
  force: Force;
  origin: string;
};

export type Letter = {
  to: string;
  words: { subject: string; html: string; text: string };
  headers?: Record<string, string>;
  tags: Record<string, string>;
};

/** Sends letters in one call, 50 at most; an answer for each. Words travel as the constant template's data. */
export async function sendLetters(
  letters: Letter[],
  { ses, template, configurationSet, force }: EmailDeps,
): Promise<Sent[]> {
  const result = await attempt(() =>
    ses.send(
      new SendBulkEmailCommand({
        FromEmailAddress: force.senders.email,
        ConfigurationSetName: configurationSet,
        DefaultContent: { Template: { TemplateName: template, TemplateData: '{}' } },
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
  );
  if (!('answer' in result)) return letters.map(() => result);
  const answers = result.answer.BulkEmailEntryResults ?? [];
  return letters.map((_, place) => sentOf(answers[place]));
}

/** A bulletin's notices by e-mail. */
export const emailNotices =
  (deps: EmailDeps): SendNotices =>
  (subscriptions, { bulletin, district, entries }) =>
    sendLetters(
      subscriptions.map(({ id, address, districts }) => {
        const links = linksOf(id, deps);
        return {
          to: address,
          words: noticeEmail({
            force: deps.force,
            origin: deps.origin,
            district,
            entries,
            links,
            isFollowed: !districts.includes(district),
          }),
          headers: {
            'List-Unsubscribe': `<${links.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
          tags: { bulletin, subscription: id },
        };
      }),
      deps,
    );

function linksOf(id: Subscription['id'], { signing, origin }: EmailDeps) {
  const token = signing.sign('manage', id);
  return { manage: `${origin}/subscriptions/${token}`, unsubscribe: `${origin}/unsubscribe/${token}` };
}

/** @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntryResult.html */
const outcomes: Partial<Record<NonNullable<BulkEmailEntryResult['Status']>, Outcome>> = {
  SUCCESS: 'sent',
  MESSAGE_REJECTED: 'rejected',
  INVALID_PARAMETER: 'rejected',
  FAILED: 'rejected',
};

const sentOf = (result: BulkEmailEntryResult | undefined): Sent =>
  result?.Status
    ? { outcome: outcomes[result.Status] ?? 'refused', messageId: result.MessageId }
    : { outcome: 'unknown' };

const pairs = (record: Record<string, string>) =>
  Object.entries(record).map(([Name, Value]) => ({ Name, Value }));
