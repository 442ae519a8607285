import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isOdd } from '../../../shared/events/odd-hours.ts';
import { recurrenceFaults } from '../../../shared/events/recurrence-faults.ts';
import { type Repetition, repeats, repetitionOf, ruleOf } from '../../../shared/events/repetition.ts';
import { weekdayOf } from '../../../shared/events/rhythm.ts';
import { seriesDates } from '../../../shared/events/series-dates.ts';
import { addDays } from '../../../shared/events/zone-time.ts';
import { repeats as inWords } from '../../../shared/words/repeats.ts';
import { anEvent } from '../../support/an-event.ts';
import { runs } from '../../support/runs.ts';

const timeZone = 'Europe/London';

const anyStart = fc
  .tuple(fc.integer({ min: 0, max: 4 * 365 }), fc.constantFrom('', 'T00:00', 'T01:30', 'T10:00', 'T23:45'))
  .map(([days, time]) => addDays('2026-01-01', days) + time);
const anyEnd = (start: string) =>
  fc.option(
    fc.oneof(
      fc.integer({ min: 1, max: 60 }).map((after) => ({ after })),
      fc.integer({ min: 0, max: 400 }).map((days) => ({ on: addDays(start.slice(0, 10), days) })),
    ),
    { nil: undefined },
  );
/** What a form can say of an event, its own weekday always ticked. */
const anyForm = anyStart.chain((start) =>
  fc.record({
    start: fc.constant(start),
    repetition: fc.record({
      repeat: fc.constantFrom(...repeats),
      on: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
      ends: anyEnd(start),
    }),
  }),
);
const isWeekly = ({ repeat }: Repetition) => repeat === 'weekly' || repeat === 'fortnightly';

describe('a form of how an event repeats', () => {
  it('is the same form again when it is read from its rule', () => {
    fc.assert(
      fc.property(anyForm, ({ start, repetition }) => {
        const isFifth = Number(start.slice(8, 10)) > 28;
        const written = {
          ...repetition,
          repeat:
            isFifth && repetition.repeat === 'monthly-on-weekday'
              ? 'monthly-on-last-weekday'
              : repetition.repeat,
          on: isWeekly(repetition) ? (repetition.on.length ? repetition.on : [weekdayOf(start)]) : [],
        };
        expect(repetitionOf(ruleOf(repetition, start), { start, timeZone })).toEqual(written);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('always has words of its own', () => {
    fc.assert(
      fc.property(anyForm, ({ start, repetition }) => {
        const words = inWords(ruleOf(repetition, start), { start, timeZone });
        expect(words).toMatch(/^every (?:other )?[A-Za-z]/);
        expect(words).not.toMatch(/undefined|NaN|Invalid/);
        if (repetition.ends && 'after' in repetition.ends)
          expect(words).toContain(`, ${repetition.ends.after} time`);
        if (repetition.ends && 'on' in repetition.ends)
          expect(words).toContain(` until ${Number(repetition.ends.on.slice(8))} `);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('makes a rule that is accepted, where the start is one of its days', () => {
    fc.assert(
      fc.property(anyForm, ({ start, repetition }) => {
        const on = [...new Set([...repetition.on, weekdayOf(start)])];
        const isLast = addDays(start.slice(0, 10), 7).slice(5, 7) !== start.slice(5, 7);
        fc.pre(repetition.repeat !== 'monthly-on-last-weekday' || isLast);
        // Without an end there may be more than 500, and at night a change of clocks is in the way.
        fc.pre(repetition.ends !== undefined && !isOdd(start, timeZone));
        const rrule = ruleOf({ ...repetition, on }, start);
        const end = addDays(start, 1);
        const event = { start, end, timeZone, allDay: start.length === 10 };
        expect(recurrenceFaults({ ...event, recurrence: { rrule, exceptions: [], overrides: [] } })).toEqual(
          [],
        );
      }),
      { numRuns: runs(300) },
    );
  });
});

test.each([
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270720', 'every other Tuesday until 20 July 2027'],
  ['FREQ=WEEKLY;BYDAY=TU,TH;COUNT=12', 'every Tuesday and Thursday, 12 times in all'],
  ['FREQ=WEEKLY', 'every Tuesday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
  ['FREQ=WEEKLY;INTERVAL=3;COUNT=1', 'every 3 weeks on Tuesday, 1 time in all'],
  ['FREQ=DAILY;INTERVAL=2', 'every other day'],
  ['FREQ=MONTHLY;BYMONTHDAY=22', 'every month on the 22nd'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'every month on the second Tuesday'],
  ['FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR', 'every 3 months on the last Friday'],
  ['FREQ=YEARLY', 'every year'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3', 'again on other days, 3 times in all'],
  // The last day is one on which it still starts.
  ['FREQ=DAILY;UNTIL=20270719T170000Z', 'every day until 19 July 2027'],
  ['FREQ=DAILY;UNTIL=20270719T165959Z', 'every day until 18 July 2027'],
  ['FREQ=DAILY;UNTIL=20270719T235959Z', 'every day until 19 July 2027'],
])('%s is said "%s"', (rrule, words) => {
  expect(inWords(rrule, { start: '2027-01-26T18:00', timeZone })).toBe(words);
});

test.each(['FREQ=YEARLY', 'FREQ=WEEKLY;INTERVAL=3', 'FREQ=MONTHLY;BYMONTHDAY=3', 'FREQ=MONTHLY;BYDAY=3MO'])(
  '%s is more than the form can say of a fourth Tuesday',
  (rrule) => {
    expect(repetitionOf(rrule, { start: '2027-01-26T18:00', timeZone })).toBeUndefined();
  },
);

test('an officer sees the dates that a rule makes, and which are bank holidays', () => {
  const weekly = anEvent({
    start: '2027-03-15T10:00',
    end: '2027-03-15T12:00',
    recurrence: {
      rrule: ruleOf({ repeat: 'weekly', on: [], ends: { on: '2027-04-12' } }, '2027-03-15T10:00'),
      exceptions: ['2027-04-05T10:00'],
      overrides: [{ recurrenceId: '2027-03-22T10:00', status: 'cancelled' }],
    },
  });
  expect(
    seriesDates(weekly).map(({ start, isCancelled, bankHoliday }) =>
      [start, isCancelled && 'cancelled', bankHoliday].filter(Boolean).join(' '),
    ),
  ).toEqual([
    '2027-03-15T10:00',
    '2027-03-22T10:00 cancelled',
    '2027-03-29T10:00 Easter Monday',
    '2027-04-12T10:00',
  ]);
  expect(seriesDates(anEvent())).toMatchObject([{ start: '2027-01-30T10:00' }]);
});
