import { describe, expect, test } from 'vitest';
import { confirmationEmail, confirmationText } from '../../../shared/notices/confirmation.ts';
import { digestEmail } from '../../../shared/notices/digest-email.ts';
import { noticeEmail } from '../../../shared/notices/notice-email.ts';
import type { NoticeEntry } from '../../../shared/notices/notice-entry.ts';
import { noticeText } from '../../../shared/notices/notice-text.ts';
import { stillSubscribedEmail, successorEmail } from '../../../shared/notices/standing-emails.ts';
import { successorText } from '../../../shared/notices/successor-text.ts';
import { surveyEmail } from '../../../shared/notices/survey-email.ts';
import { topicTexts } from '../../../shared/notices/topic-texts.ts';
import * as all from './entries.ts';
import { force, links, origin, stopLink } from './some-event.ts';

const golden = (name: string) => `../../golden/notices/${name}`;
const district = 'harlow';

const notices: Record<string, NoticeEntry[]> = {
  new: [all.newEvent],
  'all-day': [all.wholeDay],
  online: [all.online],
  moved: [all.later],
  'moved-day': [all.otherDay],
  'moved-place': [all.otherPlace],
  postponed: [all.postponed],
  cancelled: [all.cancelled],
  withdrawn: [all.withdrawn],
  reminder: [{ what: 'reminder', event: all.newEvent.event }],
  upcoming: [
    { what: 'upcoming', event: all.newEvent.event },
    { what: 'upcoming', event: all.wholeDay.event },
    all.online,
  ],
  'several-new': [all.wholeDay, all.online, all.newEvent],
  mixed: [all.wholeDay, all.online, all.later, all.cancelled],
};

describe.each(Object.entries(notices))('a notice of %s', (name, entries) => {
  test('by e-mail', async () => {
    const { subject, html, text } = noticeEmail({ force, origin, district, entries, links });
    await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(golden(`${name}.email.txt`));
    await expect(html).toMatchFileSnapshot(golden(`${name}.email.html`));
  });

  test('by text', async () => {
    const text = noticeText({ force, origin, district, entries, stopLink });
    await expect(`${text}\n`).toMatchFileSnapshot(golden(`${name}.sms.txt`));
  });

  test('on the topic', async () => {
    const { email, sms } = topicTexts({ force, origin, district, entries });
    await expect(`${sms}\n\n${email}`).toMatchFileSnapshot(golden(`${name}.topic.txt`));
  });
});

test('a confirmation', async () => {
  const { subject, html, text } = confirmationEmail({
    force,
    origin,
    wish: {
      districts: ['southend', 'castle-point', 'rochford'],
      kinds: ['street-meet', 'drop-in'],
      frequency: 'weekly',
      reminders: true,
      follows: [],
    },
    token: 'AbCdEfGhIjKlMnOp.QrStUvWxYz012345',
  });
  await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(golden('confirmation.email.txt'));
  await expect(html).toMatchFileSnapshot(golden('confirmation.email.html'));
  const texts = [['southend'], ['southend', 'castle-point'], [...force.district.keys()]].map((districts) =>
    confirmationText({ force, code: '012345', districts }),
  );
  await expect(`${texts.join('\n')}\n`).toMatchFileSnapshot(golden('confirmation.sms.txt'));
});

test('a successor by text', async () => {
  const text = successorText({ force, origin, from: 'epping-forest', to: 'brentwood', stopLink });
  expect(text.length).toBeLessThanOrEqual(160);
  await expect(`${text}\n`).toMatchFileSnapshot(golden('successor.sms.txt'));
});

test('a notice to who follows an event', () => {
  const notice = { force, origin, district, entries: [all.later], links };
  expect(noticeEmail({ ...notice, why: 'followed' }).text).toContain(
    'You follow this event. You can stop at any time.',
  );
  expect(noticeEmail(notice).text).not.toContain('You follow');
});

test('a text that could not go, by e-mail', async () => {
  const notice = { force, origin, district, entries: [all.cancelled], links };
  const { text } = noticeEmail({ ...notice, why: 'no-text' });
  await expect(text).toMatchFileSnapshot(golden('instead-of-text.email.txt'));
  expect(noticeEmail({ ...notice, why: 'phone-is-over' }).text).toContain(`go to ${origin}/subscribe`);
});

test('a confirmation of an address for texts that cannot go', async () => {
  const { subject, text } = confirmationEmail({
    force,
    origin,
    wish: {
      districts: [],
      kinds: [],
      frequency: 'immediately',
      reminders: false,
      follows: [],
      standsInFor: 'a-phone',
    },
    token: 'AbCdEfGhIjKlMnOp.QrStUvWxYz012345',
  });
  await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(
    golden('confirmation-stand-in.email.txt'),
  );
});

test('a confirmation for one event', async () => {
  const { subject, text } = confirmationEmail({
    force,
    origin,
    wish: { districts: [], kinds: [], frequency: 'immediately', reminders: false, follows: ['event-1'] },
    token: 'AbCdEfGhIjKlMnOp.QrStUvWxYz012345',
  });
  await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(golden('confirmation-event.email.txt'));
  expect(confirmationText({ force, code: '012345', districts: [] })).toBe(
    '012345 is your code for Essex Police events. It works for 24 hours. If you did not ask for it, ignore this text.',
  );
});

test.each([
  [
    'digest',
    digestEmail({
      force,
      origin,
      districts: ['harlow', 'southend'],
      entries: [all.cancelled, all.online, { what: 'reminder', event: all.wholeDay.event }],
      links,
    }),
  ],
  ['survey', surveyEmail({ force, entries: [all.over], links })],
  ['surveys', surveyEmail({ force, entries: [all.over, all.overToo], links })],
  ['still-subscribed', stillSubscribedEmail({ force, origin, districts: ['harlow', 'southend'], links })],
  ['successor', successorEmail({ force, origin, from: 'rochford', to: 'southend', links })],
])('%s', async (name, { subject, text, html }) => {
  await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(golden(`${name}.email.txt`));
  expect(html).toContain(links.unsubscribe);
});

test('a week of 95 events is not cut short by Gmail, which shows 102 KB', () => {
  const entries = Array.from({ length: 95 }, (): NoticeEntry => all.newEvent);
  const { html, text } = noticeEmail({ force, origin, district, entries, links });
  expect(html.match(/class="event"/g)).toHaveLength(96);
  expect(text.match(/^When: /gm)).toHaveLength(95);
  expect(Buffer.byteLength(html)).toBeLessThan(102_000);
});
