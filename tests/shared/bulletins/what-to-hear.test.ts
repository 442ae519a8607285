import { expect, test } from 'vitest';
import { whatToHear } from '../../../shared/bulletins/what-to-hear.ts';
import type { BulletinEntry } from '../../../shared/bulletins/bulletin.ts';
import type { Subscriber } from '../../../shared/subscriptions/subscription.ts';

const entry = (members: Partial<BulletinEntry> = {}): BulletinEntry => ({
  eventId: 'e',
  version: 2,
  what: 'published',
  districts: ['southend'],
  kind: 'talk',
  startsAt: '2027-01-30T10:00:00.000Z',
  isUrgent: false,
  isPressing: false,
  ...members,
});
const resident = (members: Partial<Subscriber> = {}): Subscriber => ({
  id: 'r',
  channel: 'email',
  districts: ['southend'],
  kinds: [],
  frequency: 'immediately',
  reminders: false,
  follows: [],
  ...members,
});
const hears = (
  subscriber: Subscriber,
  entries: BulletinEntry[],
  told: number[] = [],
  district = 'southend',
) =>
  whatToHear(
    subscriber,
    { id: 'b', district, at: '', entries },
    new Map(told.map((place) => [place, new Set([subscriber.id])])),
  );

test('news goes to those who want its kind', () => {
  const news = [entry(), entry({ kind: 'patrol' })];
  expect(hears(resident(), news)).toEqual([0, 1]);
  expect(hears(resident({ kinds: ['patrol'] }), news)).toEqual([1]);
});

test('of a cancellation only those hear who were told, whatever kinds they want by now', () => {
  const off = [entry({ what: 'cancelled' }), entry({ what: 'moved' })];
  expect(hears(resident({ kinds: ['patrol'] }), off, [0])).toEqual([0]);
  expect(hears(resident(), off)).toEqual([]);
});

test('who gets the week on Thursday gets no news at once, but does hear what became of it', () => {
  const weekly = resident({ frequency: 'weekly' });
  expect(hears(weekly, [entry()])).toEqual([]);
  expect(hears(weekly, [entry({ what: 'cancelled' })], [0])).toEqual([0]);
});

test('urgent texts are for what starts within 24 hours', () => {
  const phone = resident({ channel: 'sms', frequency: 'urgent' });
  expect(hears(phone, [entry(), entry({ isUrgent: true })])).toEqual([1]);
  expect(
    hears(phone, [entry({ what: 'cancelled' }), entry({ what: 'cancelled', isUrgent: true })], [0, 1]),
  ).toEqual([1]);
  expect(hears({ ...phone, frequency: 'immediately' }, [entry(), entry({ isUrgent: true })])).toEqual([0, 1]);
});

test('who has two districts hears of a shared event from one of them', () => {
  const shared = [entry({ districts: ['southend', 'basildon', 'harlow'] })];
  const both = resident({ districts: ['southend', 'basildon'] });
  expect(hears(both, shared, [], 'southend')).toEqual([]);
  expect(hears(both, shared, [], 'basildon')).toEqual([0]);
  expect(hears(resident(), shared, [], 'southend')).toEqual([0]);
});
