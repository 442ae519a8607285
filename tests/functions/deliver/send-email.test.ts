import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, test } from 'vitest';
import { emailNotices } from '../../../functions/deliver/email-notices.ts';
import { cancelled } from '../../../shared/events/edit-event.ts';
import type { NoticeEntry } from '../../../shared/notices/notice-entry.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { generatedSubscription } from '../../support/fakes/subscription-seeds.ts';
import { eventsOf } from '../../support/feed.ts';

type Input = {
  BulkEmailEntries: { Destination: { ToAddresses: string[] } }[];
  DefaultContent: { Template: { Attachments?: { FileName: string; RawContent: Uint8Array }[] } };
};

/** SES as far as it goes here: one bad address and it refuses the whole call. */
function ses() {
  const calls: Input[] = [];
  const client = {
    send: async ({ input }: { input: Input }) => {
      calls.push(input);
      const to = input.BulkEmailEntries.flatMap(({ Destination }) => Destination.ToAddresses);
      if (to.some((address) => address.includes(' ')))
        throw Object.assign(new Error('Local address contains control or whitespace'), {
          name: 'BadRequestException',
          $metadata: { httpStatusCode: 400 },
        });
      return {
        BulkEmailEntryResults: to.map((address) =>
          address.startsWith('odd')
            ? { Status: 'INVALID_PARAMETER', Error: 'Illegal address' }
            : { Status: 'SUCCESS', MessageId: address },
        ),
      };
    },
  } as unknown as SESv2Client;
  return { client, calls };
}

const send = (addresses: string[], entries: NoticeEntry[], client: SESv2Client) =>
  emailNotices({
    ses: client,
    template: 't',
    configurationSet: 'c',
    signing: signing('s'),
    force: essex,
    origin: 'https://events.example',
    current: (district) => district,
  })(
    addresses.map((address, n) => generatedSubscription(n, { address })),
    { bulletin: 'b', district: 'southend', entries, isPressing: false },
  );

const news: NoticeEntry = { what: 'published', event: anEvent() };
const attachmentsOf = async (entries: NoticeEntry[]) => {
  const { client, calls } = ses();
  await send(['a@example.com'], entries, client);
  return calls[0]?.DefaultContent.Template.Attachments ?? [];
};

test('a bad address harms itself only, and its subscription ends', async () => {
  const { client, calls } = ses();
  const addresses = Array.from({ length: 50 }, (_, n) =>
    n === 17 ? 'a b@example.com' : `r${n}@example.com`,
  );
  const sent = await send(addresses, [news], client);
  expect(sent.map(({ outcome }) => outcome)).toEqual(
    addresses.map((_, n) => (n === 17 ? 'rejected' : 'sent')),
  );
  expect(sent[17]?.ends).toBe('refused');
  expect(calls.length).toBeLessThan(15);
});

test('an address that SES calls illegal ends its subscription', async () => {
  const { client } = ses();
  expect(await send(['odd@example.com', 'a@example.com'], [news], client)).toMatchObject([
    { outcome: 'rejected', ends: 'refused' },
    { outcome: 'sent' },
  ]);
});

test('a single event comes as a file for calendars', async () => {
  const [file, ...others] = await attachmentsOf([news]);
  expect(others).toEqual([]);
  expect(file?.FileName).toBe('event.ics');
  const text = Buffer.from(file?.RawContent ?? []).toString();
  expect(text).toContain('METHOD:PUBLISH');
  expect(eventsOf(text)).toMatchObject([{ summary: news.event.title }]);
  expect(text).toContain(`UID:${news.event.id}@`);
  expect(text).toContain('STATUS:CONFIRMED');
});

test('of a cancelled event the file takes it off the calendar', async () => {
  const event = cancelled(anEvent(), 'Flood', new Date('2027-01-05T12:00:00Z'));
  const [file] = await attachmentsOf([{ what: 'cancelled', event, before: anEvent() }]);
  const text = Buffer.from(file?.RawContent ?? []).toString();
  expect(text).toContain('STATUS:CANCELLED');
  expect(text).toContain('SEQUENCE:1');
});

test('several events, and one that is withdrawn, come without', async () => {
  expect(await attachmentsOf([news, { what: 'published', event: anEvent({}, 'other') }])).toEqual([]);
  expect(await attachmentsOf([{ what: 'withdrawn', event: anEvent(), before: anEvent() }])).toEqual([]);
});
