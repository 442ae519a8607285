import { expect, test } from 'vitest';
import { bankHolidayOn, bankHolidays } from '../../../shared/events/bank-holidays.ts';
import { weekdayOf } from '../../../shared/events/rhythm.ts';

const working = (year: number) =>
  bankHolidays(year)
    .filter(({ date }) => weekdayOf(date) < 5)
    .map(({ date }) => date.slice(5));

// As gov.uk/bank-holidays has them for England and Wales.
test.each([
  [2024, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26'],
  [2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
  [2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
  [2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
  [2028, '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26'],
])('the bank holidays of %d', (year, dates) => {
  expect(working(year).join(' ')).toBe(dates);
});

test('what falls on a weekend is named, and so is the day that stands in for it', () => {
  expect(bankHolidayOn('2027-12-25')?.name).toBe('Christmas Day');
  expect(bankHolidayOn('2027-12-27')?.name).toBe('Christmas Day (substitute day)');
  expect(bankHolidayOn('2027-12-28')?.name).toBe('Boxing Day (substitute day)');
  expect(bankHolidayOn('2028-01-03')?.name).toBe('New Year’s Day (substitute day)');
  expect(bankHolidayOn('2027-12-29')).toBeUndefined();
});

test('a proclamation adds a day, or moves one', () => {
  const jubilee = {
    withdrawn: ['2022-05-30'],
    added: [
      { date: '2022-06-02', name: 'Spring bank holiday' },
      { date: '2022-06-03', name: 'Platinum Jubilee bank holiday' },
    ],
  };
  expect(bankHolidayOn('2022-06-03', jubilee)?.name).toBe('Platinum Jubilee bank holiday');
  expect(bankHolidayOn('2022-05-30', jubilee)).toBeUndefined();
  expect(bankHolidays(2023, jubilee)).toHaveLength(9);
});

test('Easter of every year is a Sunday from 22 March to 25 April', () => {
  for (let year = 1950; year <= 2150; year++) {
    const monday = bankHolidays(year).find(({ name }) => name === 'Easter Monday')?.date ?? '';
    expect(weekdayOf(monday)).toBe(0);
    expect(monday >= `${year}-03-23` && monday <= `${year}-04-26`).toBe(true);
  }
});
