import type { Force } from '../force/force.ts';
import { contactLines } from './contact-lines.ts';
import { renderEmail } from './email.ts';
import { groupsOf, subjectOf } from './notice-email.ts';
import { countOf, districtName, type NoticeEntry } from './notice-entry.ts';
import { noticeText } from './notice-text.ts';

/** What a bulletin says to a mailbox or a phone subscribed to the district's topic itself (a press office). */
export function topicTexts(bulletin: {
  force: Force;
  origin: string;
  district: string;
  entries: NoticeEntry[];
}): { email: string; sms: string } {
  const { force, origin, district, entries } = bulletin;
  const place = districtName(force, district);
  const { text } = renderEmail({
    subject: subjectOf(entries, place),
    heading: countOf(entries, place),
    groups: groupsOf(entries, origin),
    more: [{ text: `All police events in ${place}`, href: `${origin}/${district}` }],
    contact: { heading: `How to contact ${force.name}`, lines: contactLines(force) },
    footer: {
      paragraphs: [`You get this because this address is subscribed to the topic of ${place}.`],
      links: [],
    },
  });
  return { email: text, sms: noticeText(bulletin) };
}
