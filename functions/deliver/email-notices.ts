import type { Attachment } from '@aws-sdk/client-sesv2';
import { isStanding } from '../../shared/bulletins/bulletin.ts';
import { eventFile } from '../../shared/calendars/event-file.ts';
import { digestEmail } from '../../shared/notices/digest-email.ts';
import { noticeEmail, type Why } from '../../shared/notices/notice-email.ts';
import type { NoticeEntry } from '../../shared/notices/notice-entry.ts';
import { surveyEmail } from '../../shared/notices/survey-email.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { type EmailDeps, sendLetters } from './send-email.ts';
import type { SendNotices } from './sent.ts';
import { standingEmail } from './standing-words.ts';

/** The text subscription whose notice goes by e-mail, and whether its phone will never take a text. */
export type InsteadOf = { subscription: string; isOver: boolean };

/** A bulletin's notices by e-mail; of a single event with the event as a file for calendars. */
export const emailNotices =
  (deps: EmailDeps, insteadOf?: InsteadOf): SendNotices =>
  (subscriptions, { bulletin, ...about }) =>
    sendLetters(
      subscriptions.map((subscription) => {
        const { id, address } = subscription;
        const links = linksOf(id, deps);
        return {
          to: address,
          words: wordsFor(subscription, about, { ...deps, links, insteadOf }),
          headers: {
            'List-Unsubscribe': `<${links.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
          tags: {
            bulletin,
            subscription: insteadOf?.subscription ?? id,
            ...(insteadOf && { standIn: id }),
          },
        };
      }),
      deps,
      attachmentsOf(about.entries, deps),
    );

function wordsFor(
  subscription: Subscription,
  { district, occasion, entries }: Omit<Parameters<SendNotices>[1], 'bulletin'>,
  {
    force,
    origin,
    current,
    links,
    insteadOf,
  }: EmailDeps & { links: ReturnType<typeof linksOf>; insteadOf?: InsteadOf },
) {
  const common = { force, origin, links };
  if (isStanding(occasion)) return standingEmail(occasion, { ...common, current, subscription, district });
  if (occasion === 'digest') return digestEmail({ ...common, districts: [current(district)], entries });
  if (occasion === 'survey') return surveyEmail({ ...common, entries });
  const hasDistrict = subscription.districts.includes(current(district));
  return noticeEmail({ ...common, district, entries, why: whyOf(insteadOf, hasDistrict) });
}

function whyOf(insteadOf: InsteadOf | undefined, hasDistrict: boolean): Why {
  if (insteadOf) return insteadOf.isOver ? 'phone-is-over' : 'no-text';
  return hasDistrict ? 'asked' : 'followed';
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
