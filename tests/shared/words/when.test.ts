import { expect, test } from 'vitest';
import { when, whenBriefly } from '../../../shared/words/when.ts';

const timed = (start: string, end: string, rrule?: string) => ({
  start,
  end,
  allDay: false,
  recurrence: rrule ? { rrule } : undefined,
});
const wholeDay = (start: string, end: string) => ({ start, end, allDay: true });

test.each([
  [timed('2027-01-26T18:00', '2027-01-26T19:30'), 'Tuesday 26 January 2027, 6pm to 7:30pm'],
  [timed('2027-01-26T09:05', '2027-01-26T12:00'), 'Tuesday 26 January 2027, 9:05am to midday'],
  [
    timed('2027-01-26T22:00', '2027-01-27T00:00'),
    'Tuesday 26 January 2027, 10pm to Wednesday 27 January 2027, midnight',
  ],
  [wholeDay('2027-01-29', '2027-01-30'), 'Friday 29 January 2027, all day'],
  [wholeDay('2027-01-29', '2027-02-01'), 'Friday 29 January 2027 to Sunday 31 January 2027, all day'],
  [
    timed('2027-01-26T14:00', '2027-01-26T15:30', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=12'),
    'Tuesday 26 January 2027, 2pm to 3:30pm, then every other Tuesday, 12 times in all',
  ],
  [
    timed('2027-01-28T10:00', '2027-01-28T12:00', 'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270701T090000Z'),
    'Thursday 28 January 2027, 10am to midday, then every Thursday until 1 July 2027',
  ],
])('%o is %s', (event, words) => {
  expect(when(event)).toBe(words);
});

test('a text says the day and the start', () => {
  expect(whenBriefly(timed('2027-01-26T18:00', '2027-01-26T19:30'))).toBe('Tue 26 Jan 6pm');
  expect(whenBriefly(wholeDay('2027-01-29', '2027-01-30'))).toBe('Fri 29 Jan');
});
