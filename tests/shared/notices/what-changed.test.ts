import { describe, expect, test } from 'vitest';
import type { Event } from '../../../shared/events/event.ts';
import { addDays } from '../../../shared/events/zone-time.ts';
import { noticeEmail } from '../../../shared/notices/notice-email.ts';
import { noticeText } from '../../../shared/notices/notice-text.ts';
import { whatChanged } from '../../../shared/notices/what-changed.ts';
import * as entries from './entries.ts';
import { force, known, links, origin, someEvent } from './some-event.ts';

const before = known(someEvent());
const moved = (members: Parameters<typeof someEvent>[0], was = before) =>
  whatChanged({ what: 'moved', event: someEvent(members), before: was });

test.each([
  [entries.newEvent, undefined],
  [entries.later, 'This event has moved from 18:00 to 19:00 on Tuesday 26 January 2027.'],
  [
    entries.otherDay,
    'This event has moved from Tuesday 26 January 2027, 18:00 to Wednesday 27 January 2027, 19:00.',
  ],
  [entries.otherPlace, 'The place has moved from Harvey Centre to Town Hall.'],
  [entries.cancelled, 'This event has been cancelled. Reason: The hall has no heating.'],
  [entries.postponed, 'This event has been postponed. Reason: Snow. We will tell you the new date.'],
])('%#: what changed is said in whole sentences', (entry, words) => {
  expect(whatChanged(entry)).toBe(words);
});

test('an event that left the public is cancelled, and no more is said', () => {
  expect(whatChanged(entries.withdrawn)).toBe('This event has been cancelled.');
});

test('a move may say why', () => {
  expect(moved({ start: '2027-01-26T19:00', end: '2027-01-26T20:30', reason: 'The hall opens late' })).toBe(
    'This event has moved from 18:00 to 19:00 on Tuesday 26 January 2027. Reason: The hall opens late.',
  );
});

test('the same time on another day is said to be the same', () => {
  expect(moved({ start: '2027-01-27T18:00', end: '2027-01-27T19:30' })).toBe(
    'This event has moved from Tuesday 26 January 2027 to Wednesday 27 January 2027, still at 18:00.',
  );
});

test('a new end alone', () => {
  expect(moved({ end: '2027-01-26T20:00' })).toBe('The end has moved from 19:30 to 20:00.');
  expect(moved({ end: '2027-01-27T01:00' })).toBe('It now ends on Wednesday 27 January 2027 at 01:00.');
});

test('a new date after a postponement', () => {
  expect(
    moved({ start: '2027-02-02T18:00', end: '2027-02-02T19:30' }, { ...before, status: 'postponed' }),
  ).toBe(
    'This event was postponed. It is now going ahead. This event has moved from Tuesday 26 January 2027 to Tuesday 2 February 2027, still at 18:00.',
  );
});

test('all-day events move by date', () => {
  const wholeDay = { allDay: true, start: '2027-01-29', end: '2027-01-30' };
  const was = known(someEvent(wholeDay));
  expect(moved({ ...wholeDay, start: '2027-01-30', end: '2027-01-31' }, was)).toBe(
    'This event has moved from Friday 29 January 2027 to Saturday 30 January 2027.',
  );
  expect(moved({ ...wholeDay, end: '2027-02-01' }, was)).toBe('It now ends on Sunday 31 January 2027.');
});

test('a place that goes, comes, or has another address', () => {
  expect(moved({ venue: undefined })).toBe('It is no longer at Harvey Centre.');
  expect(moved({}, { ...before, venue: undefined })).toBe('It is now at Harvey Centre.');
  const venue = { name: 'Harvey Centre', address: 'Market Square, Harlow', postcode: '', access: [] };
  expect(moved({ venue })).toBe('The address has changed.');
});

test('other days of a series', () => {
  const weekly = { rrule: 'FREQ=WEEKLY', exceptions: [], overrides: [] };
  expect(moved({ recurrence: weekly })).toBe('It now happens every Tuesday.');
  const was = known(someEvent({ recurrence: weekly }));
  expect(moved({}, was)).toBe('It no longer happens again.');
  const later = { start: '2027-01-27T19:00', end: '2027-01-27T20:30' };
  expect(moved({ ...later, recurrence: weekly }, was)).toBe(
    'This event has moved from Tuesday 26 January 2027, 18:00 to Wednesday 27 January 2027, 19:00. It now happens every Wednesday.',
  );
});

describe('of single times of a series', () => {
  type Recurrence = NonNullable<Event['recurrence']>;
  const weekly = (more: Partial<Recurrence> = {}) => ({
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=9', exceptions: [], overrides: [], ...more },
  });
  const second = '2027-02-02T18:00';
  const changed = (...overrides: Recurrence['overrides']) => weekly({ overrides });
  const was = known(someEvent(weekly()));

  test.each<[string, Partial<Event>, string]>([
    [
      'one that is cancelled',
      changed({ recurrenceId: second, status: 'cancelled', reason: 'Snow' }),
      'It is cancelled on Tuesday 2 February 2027, 6pm to 7:30pm. Reason: Snow.',
    ],
    [
      'one that is left out',
      weekly({ exceptions: [second] }),
      'It is cancelled on Tuesday 2 February 2027, 6pm to 7:30pm.',
    ],
    [
      'one that is moved',
      changed({ recurrenceId: second, start: '2027-02-03T10:00' }),
      'One time has moved from Tuesday 2 February 2027, 18:00 to Wednesday 3 February 2027, 10:00.',
    ],
    [
      'one that is moved for a reason',
      changed({ recurrenceId: second, start: '2027-02-02T19:00', reason: 'The hall is let' }),
      'One time has moved from 18:00 to 19:00 on Tuesday 2 February 2027. Reason: The hall is let.',
    ],
    [
      'one that is elsewhere',
      changed({ recurrenceId: second, venue: { name: 'Town Hall', address: '', postcode: '', access: [] } }),
      'Tuesday 2 February 2027: The place has moved from Harvey Centre to Town Hall.',
    ],
    [
      'one that is longer',
      changed({ recurrenceId: second, end: '2027-02-02T20:00' }),
      'It now ends at another time: Tuesday 2 February 2027, 6pm to 8pm.',
    ],
  ])('%s', (_name, members, words) => {
    expect(moved(members, was)).toBe(words);
  });

  test('one that is on again', () => {
    expect(moved(weekly(), known(someEvent(weekly({ exceptions: [second] }))))).toBe(
      'It is on again on Tuesday 2 February 2027, 6pm to 7:30pm.',
    );
  });

  test('a single one is in the subject and in the text', () => {
    const off = changed({ recurrenceId: second, status: 'cancelled' });
    const notice = {
      force,
      origin,
      district: 'harlow',
      entries: [{ what: 'moved' as const, event: someEvent(off), before: was }],
    };
    expect(noticeEmail({ ...notice, links }).subject).toMatch(
      /^Cancelled: Coffee with a copper.*, Tue 2 Feb 6pm$/,
    );
    expect(noticeEmail({ ...notice, links }).text).toContain('1 police event changed in Harlow');
    expect(noticeText(notice)).toMatch(/^CANCELLED: Coffee with a copper.*, Tue 2 Feb 6pm\. http/);
    const at = changed({ recurrenceId: second, start: '2027-02-02T19:00' });
    const later = { ...notice, entries: [{ what: 'moved' as const, event: someEvent(at), before: was }] };
    expect(noticeEmail({ ...later, links }).subject).toMatch(
      /^Changed: Coffee with a copper.*, Tue 2 Feb 6pm$/,
    );
    expect(noticeText(later)).toContain(' has moved from 18:00 to 19:00 on Tue 2 Feb.');
  });

  test('many are counted', () => {
    const exceptions = Array.from({ length: 12 }, (_, week) => addDays(second, 7 * week));
    expect(moved(weekly({ exceptions }), was)).toMatch(/2 more days have changed\.$/);
  });
});

test('an event that is on again', () => {
  expect(
    whatChanged({ what: 'published', event: someEvent(), before: { ...before, status: 'cancelled' } }),
  ).toBe('This event was cancelled. It is now going ahead.');
});
