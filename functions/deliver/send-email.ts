import {
  type Attachment,
  type BulkEmailEntryResult,
  type MessageHeader,
  type SESv2Client,
  SendBulkEmailCommand,
} from '@aws-sdk/client-sesv2';
import { isStanding } from '../../shared/bulletins/bulletin.ts';
import type { CurrentDistrict } from '../../shared/bulletins/what-to-hear.ts';
import { eventFile } from '../../shared/calendars/event-file.ts';
import type { Force } from '../../shared/force/force.ts';
import { digestEmail } from '../../shared/notices/digest-email.ts';
import type { HolderLinks } from '../../shared/notices/end-of-email.ts';
import { noticeEmail } from '../../shared/notices/notice-email.ts';
import type { NoticeEntry } from '../../shared/notices/notice-entry.ts';
import { surveyEmail } from '../../shared/notices/survey-email.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SendNotices, Sent } from './sent.ts';
import { standingEmail } from './standing-words.ts';

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

/** A bulletin's notices by e-mail; of a single event with the event as a file for calendars. */
export const emailNotices =
  (deps: EmailDeps): SendNotices =>
  (subscriptions, { bulletin, ...about }) =>
    sendLetters(
      subscriptions.map((subscription) => {
        const { id, address } = subscription;
        const links = linksOf(id, deps);
        return {
          to: address,
          words: wordsFor(subscription, links, about, deps),
          headers: {
            'List-Unsubscribe': `<${links.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
          tags: { bulletin, subscription: id },
        };
      }),
      deps,
      attachmentsOf(about.entries, deps),
    );

function wordsFor(
  subscription: Subscription,
  links: HolderLinks,
  { district, occasion, entries }: Omit<Parameters<SendNotices>[1], 'bulletin'>,
  { force, origin, current }: EmailDeps,
) {
  const common = { force, origin, links };
  if (isStanding(occasion)) return standingEmail(occasion, { ...common, current, subscription, district });
  if (occasion === 'digest') return digestEmail({ ...common, districts: [current(district)], entries });
  if (occasion === 'survey') return surveyEmail({ ...common, entries });
  const isFollowed = !subscription.districts.includes(current(district));
  return noticeEmail({ ...common, district, entries, isFollowed });
}

/** A withdrawn event is nobody's to have; of what it was residents know enough. What is over needs no place in a calendar. */
function attachmentsOf([entry, ...others]: NoticeEntry[], deps: EmailDeps): Attachment[] {
  if (!entry || others.length || entry.what === 'withdrawn' || entry.what === 'survey') return [];
  return [
    {
      FileName: 'event.ics',
      ContentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      ContentDisposition: 'ATTACHMENT',
      RawContent: Buffer.from(eventFile(entry.event, deps)),
    },
  ];
}

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
