import { describe, expect, test } from 'vitest';
import {
  cancelled,
  completed,
  edit,
  postponed,
  published,
  revised,
} from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { Conflict } from '../../../shared/runtime/errors.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';

const now = new Date('2027-01-05T09:00:00Z');
const after = new Date('2027-01-30T12:00:00Z');

describe('what an event may become', () => {
  test.each<[string, (event: Event) => Event, Record<Event['status'], boolean>]>([
    [
      'published',
      (event) => published(event, now),
      { draft: true, published: false, postponed: true, cancelled: false, completed: false },
    ],
    [
      'cancelled',
      (event) => cancelled(event, 'Flood', now),
      { draft: false, published: true, postponed: true, cancelled: false, completed: false },
    ],
    [
      'postponed',
      (event) => postponed(event, 'Flood', now),
      { draft: false, published: true, postponed: false, cancelled: false, completed: false },
    ],
    [
      'completed',
      (event) => completed(event, 4, after),
      { draft: false, published: true, postponed: false, cancelled: false, completed: false },
    ],
    [
      'edited',
      (event) => revised(event, inputOf(), now),
      { draft: true, published: true, postponed: true, cancelled: false, completed: true },
    ],
  ])('%s', (_name, become, allowed) => {
    for (const [status, isAllowed] of Object.entries(allowed)) {
      const event = { ...anEvent(), status: status as Event['status'] };
      if (isAllowed) expect(become(event).version).toBe(event.version + 1);
      else expect(() => become(event), status).toThrow(Conflict);
    }
  });

  test('completed only after it started', () => {
    expect(() => completed(anEvent(), 4, now)).toThrow('not started');
    expect(completed(anEvent(), 4, after)).toMatchObject({ status: 'completed', attendance: 4 });
  });
});

describe('the sequence, which tells calendars that it matters', () => {
  const event = anEvent();
  const sequenceAfter = (members: Record<string, unknown>) => revised(event, inputOf(members), now).sequence;

  test('rises for a new start, end, venue, status', () => {
    expect(sequenceAfter({ start: '2027-01-30T11:00' })).toBe(1);
    expect(sequenceAfter({ end: '2027-01-30T16:00' })).toBe(1);
    expect(sequenceAfter({ venue: { name: 'The pier' } })).toBe(1);
    expect(cancelled(event, 'Flood', now).sequence).toBe(1);
    expect(published(postponed(event, 'Flood', now), now).sequence).toBe(2);
  });

  test('stays for words, for the access facts of a venue and for the first publication', () => {
    expect(sequenceAfter({ title: 'Another', description: 'More', capacity: 3 })).toBe(0);
    expect(sequenceAfter({ venue: { ...event.venue, access: ['bsl'] } })).toBe(0);
    expect(published(aDraft(), now).sequence).toBe(0);
  });
});

test('an edit replaces every writable member and keeps the others', () => {
  const event = anEvent({ capacity: 30, bookingUrl: 'https://book.example/1', externalId: 'A' });
  const next = revised(event, inputOf({ title: 'Other' }), now);
  expect(next).toMatchObject({
    id: event.id,
    title: 'Other',
    status: 'published',
    publishedAt: event.publishedAt,
  });
  expect(next).not.toHaveProperty('capacity');
  expect(next).not.toHaveProperty('bookingUrl');
  expect(next).not.toHaveProperty('externalId');
});

test('the reason for a postponement goes when it is on again', () => {
  expect(published(postponed(anEvent(), 'Flood', now), now)).not.toHaveProperty('reason');
});

test('a version says which members changed, from what to what', () => {
  const event = anEvent();
  const { version } = edit(event, revised(event, inputOf({ title: 'Other' }), now), {
    by: { id: 'a', name: 'A' },
    action: 'edit',
    now,
    newId: () => 'id',
  });
  expect(version.changes).toEqual([{ field: 'title', before: event.title, after: 'Other' }]);
});

test('why an event moved is kept with the move: a typo mended later keeps it, the next move drops it', () => {
  const later = { start: '2027-01-30T11:00', end: '2027-01-30T16:00' };
  const moved = revised(anEvent(), inputOf(later), now, 'The hall is booked until eleven');
  expect(moved.reason).toBe('The hall is booked until eleven');
  const mended = revised(moved, inputOf({ ...later, title: 'Open day' }), now);
  expect(mended.reason).toBe('The hall is booked until eleven');
  expect(revised(mended, inputOf(), now)).not.toHaveProperty('reason');
});

test('a reason is for what residents know: a draft has none', () => {
  expect(revised(aDraft(), inputOf({ start: '2027-01-30T09:00' }), now, 'No reason')).not.toHaveProperty(
    'reason',
  );
});
