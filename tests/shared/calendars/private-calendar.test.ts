import { expect, it } from 'vitest';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { privateCalendar } from '../../../shared/calendars/private-calendar.ts';
import { aDraft, anEvent } from '../../support/an-event.ts';
import { setting } from '../../support/calendar-fixtures.ts';

const at = (place: number) => `01jgv${String(place).padStart(21, '0')}`;
const now = new Date('2027-01-06T12:00Z');

it("an officer's own calendar has drafts, marked, and every audience, and is lint clean", () => {
  const events = [
    aDraft({ title: 'Plan' }, at(1)),
    anEvent({ title: 'Partners meet', audience: 'partners' }, at(2)),
    anEvent({ title: 'Long ago', start: '2026-01-30T10:00', end: '2026-01-30T12:00' }, at(3)),
  ];
  const text = privateCalendar({ events, name: 'Southend officer', token: 'abc.DEF_1' }, setting, now);
  expect(lintCalendar(text)).toEqual([]);
  expect(text).toMatch(/SUMMARY:DRAFT: Plan\r\n/);
  expect(text).toContain('STATUS:TENTATIVE');
  expect(text).toMatch(/SUMMARY:Partners meet\r\n/);
  expect(text).toContain('CLASS:PRIVATE');
  expect(text).not.toContain('Long ago');
  expect(text.replaceAll('\r\n ', '')).toContain('/calendars/private/abc.DEF_1.ics');
});
