import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editedSeries } from '../../../shared/events/edited-series.ts';
import type { EventInput } from '../../../shared/events/event-input.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import { recurrenceFaults } from '../../../shared/events/recurrence-faults.ts';
import { addDays } from '../../../shared/events/zone-time.ts';
import { anEvent } from '../../support/an-event.ts';
import { runs } from '../../support/runs.ts';

/** Thursdays, 10 to 12. */
const series = (rrule: string, more: object = {}) =>
  anEvent({ start: '2027-02-04T10:00', end: '2027-02-04T12:00', recurrence: { rrule, ...more } });
const starts = (event: EventInput) =>
  occurrences({ ...anEvent(), ...event }, new Date('2027-01-01'), new Date('2028-07-01')).map(
    ({ start, event: { status } }) => start + (status === 'cancelled' ? ' cancelled' : ''),
  );

describe('a series that starts at another time', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=TH;COUNT=3', '2027-02-05T14:00', 'FREQ=WEEKLY;BYDAY=FR;COUNT=3'],
    ['FREQ=WEEKLY;COUNT=3', '2027-02-05T14:00', 'FREQ=WEEKLY;COUNT=3'],
    ['FREQ=WEEKLY;BYDAY=SU,TH;COUNT=3', '2027-02-03T10:00', 'FREQ=WEEKLY;BYDAY=WE,SA;COUNT=3'],
    ['FREQ=MONTHLY;BYDAY=1TH', '2027-02-12T10:00', 'FREQ=MONTHLY;BYDAY=2FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=4', '2027-02-12T10:00', 'FREQ=MONTHLY;BYMONTHDAY=12'],
    // A later hour must not push the last one over its end.
    ['FREQ=WEEKLY;UNTIL=20270218T100000Z', '2027-02-04T14:00', 'FREQ=WEEKLY;UNTIL=20270218'],
    ['FREQ=WEEKLY;UNTIL=20270218T100000Z', '2027-02-05T14:00', 'FREQ=WEEKLY;UNTIL=20270219'],
  ])('of %s at %s follows %s', (rrule, start, moved) => {
    const next = editedSeries(series(rrule), { start });
    expect(next.recurrence?.rrule).toBe(moved);
    expect(recurrenceFaults(next)).toEqual([]);
    expect(next.end.slice(11)).toBe(start.slice(11) === '10:00' ? '12:00' : '16:00');
  });

  test('takes along what is left out, called off and moved', () => {
    const next = editedSeries(
      series('FREQ=WEEKLY;BYDAY=TH;COUNT=5', {
        exceptions: ['2027-02-11'],
        overrides: [
          { recurrenceId: '2027-02-18T10:00', status: 'cancelled', reason: 'Snow' },
          { recurrenceId: '2027-02-25T10:00', start: '2027-02-26T09:00' },
        ],
      }),
      { start: '2027-02-05T14:00' },
    );
    expect(starts(next)).toEqual([
      '2027-02-05T14:00',
      '2027-02-19T14:00 cancelled',
      '2027-02-26T09:00',
      '2027-03-05T14:00',
    ]);
    expect(recurrenceFaults(next)).toEqual([]);
  });

  test('takes place as often as before', () => {
    const rules = [
      'FREQ=DAILY',
      'FREQ=WEEKLY;INTERVAL=2',
      'FREQ=WEEKLY;BYDAY=MO,TH',
      'FREQ=MONTHLY;BYMONTHDAY=4',
    ];
    const ends = [';COUNT=6', ';UNTIL=20270801', ';UNTIL=20270701T090000Z'];
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.constantFrom(...ends),
        fc.integer({ min: -3, max: 10 }),
        fc.constantFrom('T08:00', 'T10:00', 'T19:30'),
        (rule, end, days, time) => {
          const before = series(rule + end);
          const start = addDays('2027-02-04', days) + time;
          const next = editedSeries(before, { start });
          expect(starts(next)).toHaveLength(starts(before).length);
          expect(starts(next)[0]).toBe(start);
        },
      ),
      { numRuns: runs(300) },
    );
  });
});

test('what only says other words keeps all its times', () => {
  const before = series('FREQ=WEEKLY;COUNT=3', { exceptions: ['2027-02-11'] });
  expect(editedSeries(before, { title: 'Other' })).toEqual({ ...before, title: 'Other' });
});

test('a rhythm of its own replaces that of the series', () => {
  const recurrence = { rrule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=2', exceptions: [], overrides: [] };
  const next = editedSeries(series('FREQ=WEEKLY;COUNT=9'), { start: '2027-02-05T10:00', recurrence });
  expect(starts(next)).toEqual(['2027-02-05T10:00', '2027-02-19T10:00']);
});
