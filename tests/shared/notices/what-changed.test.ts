import { expect, test } from 'vitest';
import { whatChanged } from '../../../shared/notices/what-changed.ts';
import * as entries from './entries.ts';
import { known, someEvent } from './some-event.ts';

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
  expect(moved({ recurrence: { rrule: 'FREQ=WEEKLY', exceptions: [], overrides: [] } })).toBe(
    'The days on which it happens again have changed.',
  );
});

test('an event that is on again', () => {
  expect(
    whatChanged({ what: 'published', event: someEvent(), before: { ...before, status: 'cancelled' } }),
  ).toBe('This event was cancelled. It is now going ahead.');
});
