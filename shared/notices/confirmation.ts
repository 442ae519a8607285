import type { Force } from '../force/force.ts';
import type { AskedFor } from '../subscriptions/subscription.ts';
import { english } from '../words/english.ts';
import { listed } from '../words/listed.ts';
import { contactLines } from './contact-lines.ts';
import { renderEmail } from './email.ts';
import { SEGMENT, septets, toGsm7 } from './gsm7.ts';
import { districtName } from './notice-entry.ts';

type Asked = Pick<AskedFor, 'districts' | 'kinds' | 'frequency' | 'reminders' | 'follows' | 'standsInFor'>;

const often = {
  immediately: 'as soon as there is news',
  weekly: 'once a week, on Thursday',
  urgent: 'only when it cannot wait',
};

/** Asks the holder of an e-mail address whether they want what was asked for in their name. */
export function confirmationEmail({
  force,
  origin,
  wish,
  token,
}: {
  force: Force;
  origin: string;
  wish: Asked;
  token: string;
}) {
  return renderEmail({
    subject: wish.standsInFor
      ? `Confirm your email address for ${force.name}`
      : `Confirm that you want news of events from ${force.name}`,
    heading: 'Confirm your email address',
    paragraphs: [
      ...askedLines(force, wish),
      'If you want this, follow the link and press the button. The link works for 24 hours.',
    ],
    action: { text: 'Confirm your email address', href: `${origin}/subscribe/confirm/${token}` },
    contact: { heading: `How to contact ${force.name}`, lines: contactLines(force) },
    footer: {
      paragraphs: ['If this was not you, ignore this email. You will hear nothing more from us.'],
      links: [],
    },
  });
}

/** The six digits that prove whose phone it is, as a text of one GSM-7 segment. */
export function confirmationText({
  force,
  code,
  districts,
}: {
  force: Force;
  code: string;
  districts: string[];
}): string {
  const words = (where: string) =>
    toGsm7(
      `${code} is your code for ${force.name} events${where}. It works for 24 hours. If you did not ask for it, ignore this text.`,
    );
  const ways = [
    ...(districts.length
      ? [` in ${listed(districts.map((id) => districtName(force, id)))}`, ` in ${districts.length} districts`]
      : []),
    '',
  ].map(words);
  return (
    ways.find((text) => septets(text) <= SEGMENT) ??
    `${code} is your code. If you did not ask, ignore this text.`
  );
}

const askedLines = (force: Force, wish: Asked) =>
  wish.standsInFor
    ? [
        `Someone, we think you, gets texts from ${force.name} about events.`,
        'They asked us to write to this address when a text cannot be sent.',
      ]
    : [`Someone, we think you, asked ${force.name} for news of events.`, ...wishLines(force, wish)];

function wishLines(force: Force, { districts, kinds, frequency, reminders, follows }: Asked): string[] {
  if (!districts.length)
    return [
      follows.length === 1
        ? 'What: changes to one event, and a reminder at 6pm the day before'
        : `What: changes to ${follows.length} events, and a reminder at 6pm the day before each`,
    ];
  return [
    `Where: ${listed(districts.map((id) => districtName(force, id)))}`,
    `What: ${kinds.length ? listed(kinds.map((kind) => english.kinds[kind])) : 'all kinds of event'}`,
    `How often: ${often[frequency]}${reminders ? ', and a reminder at 6pm the day before' : ''}`,
  ];
}
