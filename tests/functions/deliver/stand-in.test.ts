import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { beforeEach, describe, expect, test } from 'vitest';
import { deliverSlice } from '../../../functions/deliver/deliver-slice.ts';
import type { Sent } from '../../../functions/deliver/sent.ts';
import { textsOrEmails } from '../../../functions/deliver/stand-in.ts';
import type { Bulletin, BulletinEntry } from '../../../shared/bulletins/bulletin.ts';
import { edit } from '../../../shared/events/edit-event.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';
import { generatedSubscription } from '../../support/fakes/subscription-seeds.ts';

const now = new Date('2027-01-05T12:00:00Z');
const event = anEvent({ title: 'Talk about bicycles' }, 'talk');
const entry: BulletinEntry = {
  eventId: event.id,
  version: 1,
  what: 'published',
  districts: ['southend'],
  kind: event.kind,
  startsAt: '2027-01-30T10:00:00.000Z',
  isUrgent: false,
  isPressing: false,
};
const bulletin: Bulletin = { id: 'b', district: 'southend', at: now.toISOString(), entries: [entry] };

type Mail = { to: string; text: string; tags: Record<string, string>; unsubscribe: string };
let phone: Subscription;
let email: Subscription;
let answer: Sent;
let mails: Mail[];
let isMailBusy: boolean;
let ended: string[];
let notices: ReturnType<typeof fakeNoticeStore>;
let deps: Parameters<typeof textsOrEmails>[1] & Parameters<typeof deliverSlice>[2];

let claims = 0;
beforeEach(async () => {
  phone = generatedSubscription(1, { channel: 'sms', id: 'phone', pair: 'email' });
  email = generatedSubscription(2, { id: 'email', districts: [], pair: 'phone' });
  answer = { outcome: 'rejected', reason: 'budget' };
  mails = [];
  isMailBusy = false;
  ended = [];
  notices = fakeNoticeStore();
  const bulletins = fakeBulletinStore();
  await bulletins.begin(bulletin);
  const events = fakeEventStore();
  const by = { id: 'a', name: 'A' };
  await events.save(edit(undefined, event, { by, action: 'create', now, newId: () => 'c' }));
  const secret = signing('s');
  const ses = {
    send: async ({ input }: { input: { BulkEmailEntries: BulkEntry[] } }) => {
      for (const each of input.BulkEmailEntries)
        mails.push({
          to: each.Destination.ToAddresses[0] ?? '',
          text: JSON.parse(each.ReplacementEmailContent.ReplacementTemplate.ReplacementTemplateData).text,
          tags: Object.fromEntries(each.ReplacementTags.map(({ Name, Value }) => [Name, Value])),
          unsubscribe: each.ReplacementHeaders.find(({ Name }) => Name === 'List-Unsubscribe')?.Value ?? '',
        });
      return { BulkEmailEntryResults: [{ Status: 'SUCCESS', MessageId: 'm' }] };
    },
  } as unknown as SESv2Client;
  deps = {
    ses,
    template: 't',
    configurationSet: 'c',
    signing: secret,
    force: essex,
    origin: 'https://events.example',
    current: (district) => district,
    bulletins,
    events,
    notices,
    subscribers: {
      activeSubscriptions: async (ids) =>
        [phone, email].filter(({ id, status }) => ids.includes(id) && status === 'active'),
      end: async (id, reason) => void ended.push(`${id} ${reason}`),
    },
    rates: { email: { book: async () => (isMailBusy ? { askAgainAt: now } : { startsAt: now }) } },
    now: () => now,
    pause: async () => {},
    newId: () => `claim-${++claims}`,
  };
});
type BulkEntry = {
  Destination: { ToAddresses: string[] };
  ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: string } };
  ReplacementHeaders: { Name: string; Value: string }[];
  ReplacementTags: { Name: string; Value: string }[];
};

const deliver = () =>
  deliverSlice(
    {
      bulletin: 'b',
      district: 'southend',
      subscriptions: ['phone'],
      entries: [{ ...entry, place: 0 }],
    },
    textsOrEmails(async (subscriptions) => subscriptions.map(() => answer), deps),
    deps,
  );

describe('a text for which there is no money', () => {
  test('goes by e-mail to the address that stands in, once however often it is asked', async () => {
    await deliver();
    await deliver();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      to: email.address,
      text: expect.stringContaining('We could not text you this, so we sent an email.'),
      unsubscribe: expect.stringContaining('/unsubscribe/email.'),
    });
    expect(mails[0]?.text).toContain('Talk about bicycles');
  });

  test('is told: who was told so hears of a cancellation, and a bounce is the address’s', async () => {
    await deliver();
    expect(await notices.told('b', 0, ['phone'])).toEqual(new Set(['phone']));
    expect(mails[0]?.tags).toEqual({ bulletin: 'b', subscription: 'phone', standIn: 'email' });
    expect(ended).toEqual([]);
  });

  test('is counted as an e-mail, also when it is asked again', async () => {
    for (const _ of [1, 2]) expect((await deliver()).tally).toEqual({ sent: 1, failed: 0, byEmail: 1 });
  });

  test('waits where too much is being sent', async () => {
    isMailBusy = true;
    expect((await deliver()).again).toBeInstanceOf(Date);
    isMailBusy = false;
    await deliver();
    expect(mails).toHaveLength(1);
  });

  test.each<[string, { phone?: Partial<Subscription>; email?: Partial<Subscription> }]>([
    ['nobody named an address', { phone: { pair: undefined } }],
    ['its holder left', { email: { status: 'ended' } }],
    ['the address stands in for another phone now', { email: { pair: 'other' } }],
    ['its holder is told of it anyway', { email: { districts: ['southend'] } }],
  ])('goes nowhere where %s', async (_why, differs) => {
    phone = { ...phone, ...differs.phone };
    email = { ...email, ...differs.email };
    await deliver();
    expect(mails).toEqual([]);
    expect(await notices.told('b', 0, ['phone'])).toEqual(new Set());
  });

  test('goes by e-mail too where its holder is told of other events only', async () => {
    email = { ...email, districts: ['southend'], kinds: ['patrol'] };
    await deliver();
    expect(mails).toHaveLength(1);
  });
});

describe('a number that the provider refuses', () => {
  test('for good: the notice goes by e-mail, which says so, and its subscription ends', async () => {
    answer = { outcome: 'rejected', reason: 'InvalidParameter', ends: 'refused' };
    await deliver();
    expect(mails[0]?.text).toContain('Your phone does not take our texts, so we have stopped them.');
    expect(ended).toEqual(['phone refused']);
  });

  test('because its holder told the carrier to stop: that is stop', async () => {
    answer = { outcome: 'rejected', reason: 'OptedOut', ends: 'opted-out' };
    await deliver();
    expect(mails).toEqual([]);
    expect(ended).toEqual(['phone opted-out']);
  });

  test.each<Sent['outcome']>(['sent', 'unknown', 'refused'])(
    'not: a text that is %s is no e-mail',
    async (outcome) => {
      answer = { outcome };
      await deliver();
      expect(mails).toEqual([]);
    },
  );
});
