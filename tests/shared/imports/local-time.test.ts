import { describe, expect, test } from 'vitest';
import { localTimeIn } from '../../../shared/imports/local-time.ts';

describe('a time in a cell', () => {
  test.each([
    ['2027-01-25T10:00', '2027-01-25T10:00'],
    ['2027-01-25 10:00', '2027-01-25T10:00'],
    ['25/01/2027 10:00', '2027-01-25T10:00'],
    ['25/1/2027 9:30', '2027-01-25T09:30'],
    ['25/01/2027 10:00:00', '2027-01-25T10:00'],
    ['25.01.2027, 10.00', '2027-01-25T10:00'],
    ['25-01-2027', '2027-01-25'],
    ['25/01/2027', '2027-01-25'],
    ['02/02/2027', '2027-02-02'],
  ])('%s is %s, without a doubt', (cell, value) => {
    expect(localTimeIn(cell)).toEqual({ value, warning: undefined });
  });

  test('has the day first; what could be read otherwise says how it was read', () => {
    expect(localTimeIn('01/02/2027 10:00')).toEqual({
      value: '2027-02-01T10:00',
      warning: 'is read as 1 February 2027',
    });
  });

  test.each([
    ['01/25/2027', 'has no month 25: write the day first, 25/01/2027'],
    ['1/2/27', 'must have its year in full, such as 1/2/2027'],
    ['31/02/2027', 'is a day that no calendar has'],
    ['2027-02-30T10:00', 'is a day that no calendar has'],
  ])('%s is not guessed: it %s', (cell, fault) => {
    expect(localTimeIn(cell)).toEqual({ value: cell, fault });
  });

  test('in no such form is left for the schema to refuse', () => {
    expect(localTimeIn('next Monday')).toEqual({ value: 'next Monday' });
    expect(localTimeIn('2027-01-25T10:00+01:00')).toEqual({ value: '2027-01-25T10:00+01:00' });
  });
});
