import { describe, expect, it } from 'vitest';
import { endsForGood, occurrences } from '../../../shared/events/recurrence.ts';
import { recurrenceFaults } from '../../../shared/events/recurrence-faults.ts';
import { normalRule } from '../../../shared/events/recurrence-rule.ts';
import { anEvent } from '../../support/an-event.ts';

const series = (rrule: string, more: object = {}, members: object = {}) =>
  anEvent({
    start: '2027-03-11T10:00',
    end: '2027-03-11T12:00',
    recurrence: { rrule, ...more },
    ...members,
  });
const starts = (event: ReturnType<typeof series>, from = '2027-01-01', to = '2028-01-01') =>
  occurrences(event, new Date(from), new Date(to)).map(({ start }) => start);
const faults = (rrule: string, more: object = {}, members: object = {}) =>
  recurrenceFaults(series(rrule, more, members)).map(({ pointer, message }) => `${pointer} ${message}`);

describe('occurrences', () => {
  it('are one where the event does not repeat', () => {
    expect(starts(anEvent())).toEqual(['2027-01-30T10:00']);
  });

  it('keep their hour when the clocks change', () => {
    const all = occurrences(series('FREQ=WEEKLY;COUNT=4'), new Date('2027-01-01'), new Date('2028-01-01'));
    expect(all.map(({ startsAt }) => startsAt.toISOString().slice(0, 16))).toEqual([
      '2027-03-11T10:00',
      '2027-03-18T10:00',
      '2027-03-25T10:00',
      '2027-04-01T09:00',
    ]);
  });

  it.each([
    ['FREQ=WEEKLY;INTERVAL=2;UNTIL=20270422T090000Z', ['03-11', '03-25', '04-08', '04-22']],
    ['FREQ=WEEKLY;INTERVAL=2;UNTIL=20270422T085959Z', ['03-11', '03-25', '04-08']],
    ['FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4', ['03-11', '03-16', '03-18', '03-23']],
    ['FREQ=MONTHLY;BYDAY=2TH;COUNT=3', ['03-11', '04-08', '05-13']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=9;COUNT=3', ['03-11', '04-13', '05-13']],
  ])('follow %s', (rrule, days) => {
    expect(starts(series(rrule))).toEqual(days.map((day) => `2027-${day}T10:00`));
  });

  it('leave out exceptions, which may be given as dates, and show overrides as they are then', () => {
    const event = series('FREQ=WEEKLY;COUNT=4', {
      exceptions: ['2027-03-18'],
      overrides: [
        { recurrenceId: '2027-03-25T10:00', start: '2027-03-26T14:00', title: 'On Friday' },
        { recurrenceId: '2027-04-01T10:00', status: 'cancelled', reason: 'Easter' },
      ],
    });
    const all = occurrences(event, new Date('2027-01-01'), new Date('2028-01-01'));
    expect(
      all.map(({ start, end, recurrenceId, event: { title, status } }) => ({
        start,
        end,
        recurrenceId,
        title,
        status,
      })),
    ).toEqual([
      {
        start: '2027-03-11T10:00',
        end: '2027-03-11T12:00',
        recurrenceId: '2027-03-11T10:00',
        title: event.title,
        status: 'published',
      },
      {
        start: '2027-03-26T14:00',
        end: '2027-03-26T16:00',
        recurrenceId: '2027-03-25T10:00',
        title: 'On Friday',
        status: 'published',
      },
      {
        start: '2027-04-01T10:00',
        end: '2027-04-01T12:00',
        recurrenceId: '2027-04-01T10:00',
        title: event.title,
        status: 'cancelled',
      },
    ]);
  });

  it('are those that touch the time asked for', () => {
    const event = series('FREQ=DAILY;COUNT=5');
    expect(starts(event, '2027-03-12T11:59Z', '2027-03-14T10:00Z')).toEqual([
      '2027-03-12T10:00',
      '2027-03-13T10:00',
    ]);
  });

  it('go on for ever where the rule does', () => {
    const event = series('FREQ=WEEKLY');
    expect(starts(event, '2036-01-01', '2036-02-01')).toHaveLength(5);
    expect(endsForGood(event)).toBeUndefined();
  });

  it('end for good with the last, moved ones included', () => {
    const overrides = [{ recurrenceId: '2027-03-11T10:00', start: '2027-06-01T10:00' }];
    expect(endsForGood(series('FREQ=WEEKLY;COUNT=2', { overrides }))?.toISOString()).toBe(
      '2027-06-01T11:00:00.000Z',
    );
  });
});

describe('UNTIL', () => {
  const zoned = { allDay: false, timeZone: 'Europe/London' };
  it.each([
    ['20270422T090000Z', zoned, '20270422T090000Z'],
    ['20270422', zoned, '20270422T225959Z'],
    ['20270422T100000', zoned, '20270422T090000Z'],
    ['20270422', { ...zoned, allDay: true }, '20270422'],
    ['20270421T230000Z', { ...zoned, allDay: true }, '20270422'],
  ])('%s becomes what RFC 5545 asks for', (until, event, normal) => {
    expect(normalRule(`FREQ=DAILY;UNTIL=${until}`, event)).toBe(`FREQ=DAILY;UNTIL=${normal}`);
  });
});

describe('a recurrence is refused that', () => {
  it.each([
    ['yields nothing', 'FREQ=WEEKLY;UNTIL=20270101', 'yields no occurrence'],
    ['never finds its day', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'yields no occurrence'],
    ['does not make its own start', 'FREQ=WEEKLY;BYDAY=MO', 'its first occurrence is 2027-03-15T10:00'],
    ['yields more than 500', 'FREQ=DAILY', 'more than 500'],
    ['repeats within a day', 'FREQ=HOURLY;COUNT=3', 'FREQ must be one of'],
    ['counts and ends', 'FREQ=DAILY;COUNT=3;UNTIL=20280101', 'cannot be given together'],
    ['counts nothing', 'FREQ=DAILY;COUNT=0', 'COUNT must be'],
    ['never goes on', 'FREQ=DAILY;COUNT=2;INTERVAL=0', 'INTERVAL must be'],
    ['has parts we do not know', 'FREQ=DAILY;COUNT=2;BYHOUR=9', 'BYHOUR is not supported'],
    ['has a part twice', 'FREQ=DAILY;COUNT=2;COUNT=3', 'COUNT is given twice'],
    ['names no weekday', 'FREQ=WEEKLY;COUNT=2;BYDAY=XX', 'cannot be understood'],
    ['ends at no date', 'FREQ=WEEKLY;UNTIL=20271340', 'cannot be understood'],
  ])('%s', (_, rrule, message) => {
    expect(faults(rrule)).toEqual([expect.stringContaining(message)]);
    expect(faults(rrule)[0]).toMatch(/^\/recurrence\/rrule /);
  });

  it('excepts every occurrence', () => {
    const exceptions = ['2027-03-11', '2027-03-18'];
    expect(faults('FREQ=WEEKLY;COUNT=2', { exceptions })).toEqual([
      expect.stringContaining('each one is excepted'),
    ]);
  });

  it('starts at an hour that the clocks leave out or show twice', () => {
    for (const day of ['2027-03-28', '2027-10-31'])
      expect(faults('FREQ=WEEKLY;COUNT=2', {}, { start: `${day}T01:30`, end: `${day}T02:30` })).toEqual([
        expect.stringContaining('an hour that the clocks leave out or show twice'),
      ]);
  });

  it('excepts or changes what is no occurrence, or the same one twice', () => {
    const overrides = [
      { recurrenceId: '2027-03-18T10:00', title: 'One' },
      { recurrenceId: '2027-03-18T10:00', title: 'Two' },
      { recurrenceId: '2027-03-19T10:00', title: 'Three' },
      { recurrenceId: '2027-03-25', title: 'Four' },
      { recurrenceId: '2027-03-25T10:00', end: '2027-03-25T09:00' },
    ];
    expect(faults('FREQ=WEEKLY;COUNT=3', { exceptions: ['2027-03-12'], overrides })).toEqual([
      '/recurrence/exceptions/0 is not a start of this event',
      '/recurrence/overrides/1/recurrenceId is changed twice',
      '/recurrence/overrides/2/recurrenceId is not a start of this event',
      '/recurrence/overrides/3/recurrenceId must have a time',
      '/recurrence/overrides/4/end must be after the start',
    ]);
  });
});

it('the rules of the sample week are accepted', () => {
  expect(faults('FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=12')).toEqual([]);
  expect(faults('FREQ=WEEKLY;BYDAY=TH;UNTIL=20270701T090000Z')).toEqual([]);
});
