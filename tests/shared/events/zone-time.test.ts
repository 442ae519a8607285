import { expect, test } from 'vitest';
import { addDays, toInstant, toLocal, toLocalDate } from '../../../shared/events/zone-time.ts';

const london = (local: string) => toInstant(local, 'Europe/London').toISOString();

test('wall clocks are an hour ahead in summer', () => {
  expect(london('2027-01-25T10:00')).toBe('2027-01-25T10:00:00.000Z');
  expect(london('2027-06-25T10:00')).toBe('2027-06-25T09:00:00.000Z');
  expect(london('2027-06-25')).toBe('2027-06-24T23:00:00.000Z');
});

test('a time that the clocks skip moves on; one they show twice is the first', () => {
  expect(london('2027-03-28T01:30')).toBe('2027-03-28T01:30:00.000Z');
  expect(london('2027-10-31T01:30')).toBe('2027-10-31T00:30:00.000Z');
});

test('an instant reads as the clocks show it', () => {
  expect(toLocal(new Date('2027-06-25T22:59:59Z'), 'Europe/London')).toBe('2027-06-25T23:59');
  expect(toLocalDate(new Date('2027-06-25T23:30:00Z'), 'Europe/London')).toBe('2027-06-26');
});

test('a day later is the same time, whatever the clocks do', () => {
  expect(addDays('2027-03-27T18:00', 1)).toBe('2027-03-28T18:00');
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
});
