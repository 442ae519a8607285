import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventInput } from '../../../shared/events/event-input.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import { splitSeries } from '../../../shared/events/split-series.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import { anEvent } from '../../support/an-event.ts';
import { runs } from '../../support/runs.ts';

const series = (rrule: string, members: Record<string, unknown> = {}) =>
  anEvent({ start: '2027-01-28T10:00', end: '2027-01-28T12:00', recurrence: { rrule }, ...members });
const times = (event: EventInput) =>
  occurrences({ ...anEvent(), ...event }, new Date('2027-01-01'), new Date('2028-07-01')).map(
    ({ start, end, event: then }) => `${start} to ${end} ${then.title} ${then.status}`,
  );

describe('this and following', () => {
  test('ends the first the time before, and begins the second then', () => {
    const [first, second] = splitSeries(
      series('FREQ=WEEKLY;COUNT=6', { externalId: 'A' }),
      '2027-02-11T10:00',
    );
    expect(first.recurrence?.rrule).toBe('FREQ=WEEKLY;UNTIL=20270204T100000Z');
    expect(second).toMatchObject({
      start: '2027-02-11T10:00',
      end: '2027-02-11T12:00',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    });
    expect(first.externalId).toBe('A');
    expect(second.externalId).toBeUndefined();
  });

  test('writes UNTIL in UTC also in summer, and as a date for whole days', () => {
    expect(splitSeries(series('FREQ=WEEKLY'), '2027-06-17T10:00')[0].recurrence?.rrule).toBe(
      'FREQ=WEEKLY;UNTIL=20270610T090000Z',
    );
    const days = series('FREQ=DAILY', { allDay: true, start: '2027-01-28', end: '2027-01-29' });
    expect(splitSeries(days, '2027-02-01')[0].recurrence?.rrule).toBe('FREQ=DAILY;UNTIL=20270131');
  });

  test.each([
    ['a time that is none of its starts', '2027-02-11T11:00'],
    ['its first', '2027-01-28T10:00'],
    ['a time before it', '2027-01-21T10:00'],
    ['a time after its last', '2027-12-30T10:00'],
  ])('is refused for %s', (_name, from) => {
    expect(() => splitSeries(series('FREQ=WEEKLY;COUNT=6'), from)).toThrow(Invalid);
  });

  test('is refused where nothing repeats', () => {
    expect(() => splitSeries(anEvent(), '2027-02-11T10:00')).toThrow(Invalid);
  });

  test('together take place exactly when the series did', () => {
    const rules = fc.constantFrom(
      'FREQ=WEEKLY;COUNT=20',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=20',
      'FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-1;COUNT=14',
      'FREQ=DAILY;UNTIL=20270410T090000Z',
      'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270701T090000Z',
    );
    fc.assert(
      fc.property(rules, fc.nat(), fc.nat(), fc.nat(), (rrule, at, left, changed) => {
        const plain = occurrences(series(rrule), new Date('2027-01-01'), new Date('2028-07-01'));
        const startOf = (place: number) => plain[place % plain.length]?.start ?? '';
        const whole = series(rrule, {
          recurrence: {
            rrule,
            exceptions: [startOf(left)],
            overrides: [{ recurrenceId: startOf(changed), title: 'Changed' }],
          },
        });
        const from = startOf(1 + (at % (plain.length - 1)));
        const [first, second] = splitSeries(whole, from);
        expect([...times(first), ...times(second)]).toEqual(times(whole));
      }),
      { numRuns: runs(300) },
    );
  });
});
