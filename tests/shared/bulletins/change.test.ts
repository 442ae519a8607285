import { describe, expect, test } from 'vitest';
import { changesBetween, isMaterial, momentOf, whatHappened } from '../../../shared/bulletins/change.ts';
import { cancelled, postponed, published, revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';

const now = new Date('2027-01-05T09:00:00Z');
let id = 0;
const between = (previous: Event | undefined, event: Event, at = now) =>
  changesBetween(previous, event, { now: at, newId: () => `c${id++}` });

const event = anEvent({ districts: ['southend', 'basildon'] });
const become = (members: Record<string, unknown>) =>
  revised(event, inputOf({ districts: ['southend', 'basildon'], ...members }), now);

describe('what an edit means to residents', () => {
  const what = (before: Event, after: Event) => whatHappened(momentOf(before), momentOf(after));

  test.each<[string, Event, Event, string | undefined]>([
    ['a publication', aDraft(), anEvent(), 'published'],
    [
      'a publication for partners',
      aDraft({ audience: 'partners' }),
      anEvent({ audience: 'partners' }),
      undefined,
    ],
    ['a new time', event, become({ start: '2027-01-30T11:00' }), 'moved'],
    ['a new venue', event, become({ venue: { name: 'The pier' } }), 'moved'],
    ['a typo', event, become({ title: 'Southend police station open day' }), undefined],
    ['a cancellation', event, cancelled(event, 'Flood', now), 'cancelled'],
    ['a postponement', event, postponed(event, 'Flood', now), 'postponed'],
    [
      'a new date after a postponement',
      postponed(event, 'Flood', now),
      published(
        { ...postponed(event, 'Flood', now), start: '2027-01-31T10:00', end: '2027-01-31T15:00' },
        now,
      ),
      'moved',
    ],
    [
      'on again at the old time',
      postponed(event, 'Flood', now),
      published(postponed(event, 'Flood', now), now),
      'moved',
    ],
    ['no longer for the public', event, become({ audience: 'internal' }), 'withdrawn'],
    ['a draft edited', aDraft(), revised(aDraft(), inputOf({ start: '2027-01-30T11:00' }), now), undefined],
    [
      'withdrawn after it was cancelled',
      cancelled(event, 'Flood', now),
      { ...cancelled(event, 'Flood', now), audience: 'internal' },
      undefined,
    ],
  ])('%s: %4$s', (_name, before, after, expected) => {
    expect(what(before, after)).toBe(expected);
  });
});

test('a change is recorded for every district the event is in', () => {
  const changes = between(event, cancelled(event, 'Flood', now));
  expect(changes.map(({ district }) => district)).toEqual(['southend', 'basildon']);
  expect(changes[0]).toMatchObject({ districts: ['southend', 'basildon'], before: { status: 'published' } });
});

test('a district that is added hears news; one that is left hears only what matters', () => {
  const here = anEvent({ districts: ['southend'] });
  const added = between(here, revised(here, inputOf({ districts: ['southend', 'harlow'] }), now));
  expect(added).toMatchObject([{ district: 'harlow', before: undefined }]);
  const moved = between(
    here,
    revised(here, inputOf({ districts: ['harlow'], start: '2027-01-30T11:00' }), now),
  );
  expect(moved.map(({ district, before }) => [district, before !== undefined])).toEqual([
    ['southend', true],
    ['harlow', false],
  ]);
  expect(between(here, revised(here, inputOf({ districts: ['harlow'] }), now))).toMatchObject([
    { district: 'harlow' },
  ]);
});

test('the earlier of the old and the new start says how urgent it is', () => {
  expect(between(event, become({ start: '2027-01-29T10:00', end: '2027-01-29T11:00' }))[0]?.startsAt).toBe(
    '2027-01-29T10:00:00.000Z',
  );
  expect(between(event, become({ start: '2027-01-31T10:00', end: '2027-01-31T11:00' }))[0]?.startsAt).toBe(
    '2027-01-30T10:00:00.000Z',
  );
});

test('what is over is no news', () => {
  expect(between(undefined, anEvent(), new Date('2027-02-01T09:00:00Z'))).toEqual([]);
});

describe('what repeats', () => {
  const weekly = anEvent({
    start: '2026-12-01T18:00',
    end: '2026-12-01T19:00',
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=8', exceptions: [], overrides: [] },
  });
  const off = cancelled(weekly, 'Flood', now);

  test('is as urgent as its next time, however long ago it began', () => {
    expect(between(weekly, off)[0]?.startsAt).toBe('2027-01-05T18:00:00.000Z');
    expect(between(weekly, off, new Date('2027-01-06T09:00:00Z'))[0]?.startsAt).toBe(
      '2027-01-12T18:00:00.000Z',
    );
  });

  test('is news for as long as it goes on', () => {
    const later = { ...weekly, venue: undefined };
    expect(between(weekly, later)).toHaveLength(1);
    expect(between(weekly, later, new Date('2027-01-19T19:00:00Z'))).toEqual([]);
  });

  test('is taken from residents where it is no longer for them, though no time of it differs', () => {
    expect(between(weekly, { ...weekly, audience: 'internal' })).toMatchObject([
      { before: { status: 'published' }, startsAt: '2027-01-05T18:00:00.000Z' },
    ]);
  });

  describe('and changes on single days', () => {
    type Recurrence = NonNullable<Event['recurrence']>;
    const having = (more: Partial<Recurrence>) => ({
      ...weekly,
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=8', exceptions: [], overrides: [], ...more },
    });
    const fourth = '2026-12-22T18:00';
    const seventh = '2027-01-12T18:00';

    test('is as urgent as those days', () => {
      expect(between(weekly, having({ exceptions: [seventh] }))[0]?.startsAt).toBe(
        '2027-01-12T18:00:00.000Z',
      );
      const sooner = { recurrenceId: seventh, start: '2027-01-06T10:00' };
      expect(between(weekly, having({ overrides: [sooner] }))[0]?.startsAt).toBe('2027-01-06T10:00:00.000Z');
    });

    test('is no news where those days are over, or are only called something else', () => {
      expect(between(weekly, having({ exceptions: [fourth] }))).toEqual([]);
      const renamed = having({ overrides: [{ recurrenceId: seventh, title: 'With the dog unit' }] });
      expect(between(weekly, renamed)).toEqual([]);
      expect(isMaterial(weekly, renamed)).toBe(false);
    });

    test('is news to a district that joins, whatever it was', () => {
      const joined = { ...having({ exceptions: [fourth] }), districts: ['southend', 'harlow'] };
      expect(between(weekly, joined).map(({ district }) => district)).toEqual(['harlow']);
    });
  });
});
