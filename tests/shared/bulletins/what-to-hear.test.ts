import { expect, test } from 'vitest';
import type { Bulletin, BulletinEntry } from '../../../shared/bulletins/bulletin.ts';
import { whatToHear } from '../../../shared/bulletins/what-to-hear.ts';
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
const current = (district: string) => (district === 'rochford' ? 'southend' : district);
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
    current,
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

const onAgain = entry({ before: { status: 'cancelled', start: '', end: '', allDay: false } });

test('who follows an event hears all that becomes of it, whatever else they asked for', () => {
  const all = [entry(), entry({ what: 'moved' }), entry({ what: 'cancelled' }), onAgain];
  const phone = resident({ channel: 'sms', frequency: 'urgent', kinds: ['patrol'], follows: ['e'] });
  expect(hears(phone, all)).toEqual([1, 2, 3]);
  expect(hears(resident({ follows: ['another'] }), [entry({ what: 'moved' })])).toEqual([]);
});

test('who follows an event elsewhere hears of it from its first district alone', () => {
  const follower = resident({ districts: [], follows: ['e'] });
  const moved = [entry({ what: 'moved', districts: ['southend', 'basildon'] })];
  expect(hears(follower, moved, [], 'southend')).toEqual([]);
  expect(hears(follower, moved, [], 'basildon')).toEqual([0]);
  expect(hears({ ...follower, districts: ['southend'] }, moved, [], 'southend')).toEqual([0]);
});

test('reminders are for those who asked, of their kinds, and for followers', () => {
  const tomorrow = [entry({ what: 'reminder', isUrgent: true })];
  expect(hears(resident(), tomorrow)).toEqual([]);
  expect(hears(resident({ reminders: true, frequency: 'weekly' }), tomorrow)).toEqual([0]);
  expect(hears(resident({ reminders: true, kinds: ['patrol'] }), tomorrow)).toEqual([]);
  expect(hears(resident({ follows: ['e'] }), tomorrow)).toEqual([0]);
});

test('a digest is for those who get the week on Thursday, and for nobody else', () => {
  const digest: Bulletin = {
    id: 'b',
    district: 'southend',
    at: '',
    occasion: 'digest',
    entries: [entry(), entry({ what: 'upcoming' }), entry({ what: 'upcoming', kind: 'patrol' })],
  };
  const weekly = resident({ frequency: 'weekly' });
  expect(whatToHear(weekly, digest, new Map(), current)).toEqual([0, 1, 2]);
  expect(whatToHear({ ...weekly, kinds: ['patrol'] }, digest, new Map(), current)).toEqual([2]);
  expect(whatToHear(resident({ follows: ['e'], reminders: true }), digest, new Map(), current)).toEqual([]);
});

test('who has two districts hears of a shared event from one of them', () => {
  const shared = [entry({ districts: ['southend', 'basildon', 'harlow'] })];
  const both = resident({ districts: ['southend', 'basildon'] });
  expect(hears(both, shared, [], 'southend')).toEqual([]);
  expect(hears(both, shared, [], 'basildon')).toEqual([0]);
  expect(hears(resident(), shared, [], 'southend')).toEqual([0]);
});

test('whose district succeeded another hears of its events too, once', () => {
  const shared = [entry({ districts: ['southend', 'rochford'] }), entry({ districts: ['rochford'] })];
  expect(hears(resident(), shared, [], 'rochford')).toEqual([0, 1]);
  expect(hears(resident(), shared, [], 'southend')).toEqual([]);
});

test('who follows a series goes on following what it became', () => {
  const follower = resident({ districts: ['harlow'], follows: ['series'] });
  const part = { eventId: 'part', continues: ['series'] };
  expect(hears(follower, [entry({ ...part, what: 'moved' })])).toEqual([0]);
  expect(hears(follower, [entry({ eventId: 'part', what: 'moved' })])).toEqual([]);
});

test('a survey is for those who follow the event, wherever they live, by e-mail alone', () => {
  const asked = (members: Partial<Subscriber>) =>
    whatToHear(
      resident(members),
      { id: 'b', district: 'southend', at: '', occasion: 'survey', entries: [entry({ what: 'survey' })] },
      new Map(),
      current,
    );
  expect(asked({ follows: ['e'] })).toEqual([0]);
  expect(asked({ follows: ['e'], districts: ['harlow'], frequency: 'weekly' })).toEqual([0]);
  expect(asked({ reminders: true })).toEqual([]);
  expect(asked({ follows: ['e'], channel: 'sms', frequency: 'immediately' })).toEqual([]);
});
