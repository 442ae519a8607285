import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { published } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import { toInstant } from '../../../shared/events/zone-time.ts';
import { aDraft } from '../../support/an-event.ts';
import { anyLife, calendarWith } from '../../support/any-life.ts';
import {
  nodeIcalEvents,
  nodeIcalTimes,
  shownByIcalJs,
  shownByNodeIcal,
} from '../../support/read-calendar.ts';
import { runs } from '../../support/runs.ts';

const from = new Date('2025-12-01T00:00Z');
const to = new Date('2031-06-01T00:00Z');

type Time = { start: string; title: string };

/** What lists and pages show. */
function modelled(event: Event): Time[] {
  return occurrences(event, from, to)
    .map(({ start, startsAt, event: { allDay, title, status } }) => ({
      start: allDay ? start : startsAt.toISOString(),
      title: `${status === 'cancelled' ? 'CANCELLED: ' : status === 'postponed' ? 'POSTPONED: ' : ''}${title}`,
    }))
    .filter(({ start }) => new Date(start) >= from && new Date(start) < to);
}
const inOrder = (times: Time[]) => times.map(({ start, title }) => `${start} ${title}`).sort();

function expectAlike(event: Event) {
  const calendar = calendarWith(event);
  const ours = inOrder(modelled(event));
  expect(inOrder(shownByIcalJs(calendar, from, to))).toEqual(ours);
  expect(inOrder(shownByNodeIcal(calendar, from, to))).toEqual(ours);
}

const seriesOf = (start: string, end: string, recurrence: object) =>
  published(aDraft({ title: 'First', start, end, recurrence }), new Date('2026-01-01T00:00Z'));

describe('ical.js and node-ical show the same times as the lists', () => {
  it('of any series, whatever is done to it', () => {
    fc.assert(
      fc.property(anyLife({ isSeries: true, maxSteps: 5 }), (life) => expectAlike(life.at(-1) as Event)),
      { numRuns: runs(2000) },
    );
  });

  it('where a counted series has an exception at an hour that the clocks leave out', () => {
    // COUNT counts what EXDATE takes away, but some apps do not count an hour that is not there: found by chance.
    const rrule = 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28;COUNT=9';
    expectAlike(
      seriesOf('2026-12-28T01:00', '2026-12-28T01:05', { rrule, exceptions: ['2027-03-28T01:00'] }),
    );
  });

  it.each([
    ['excepted', { exceptions: ['2028-10-29T01:00'] }],
    ['moved', { overrides: [{ recurrenceId: '2028-10-29T01:00', start: '2028-10-30T01:00' }] }],
    ['renamed', { overrides: [{ recurrenceId: '2028-10-29T01:00', title: 'Other' }] }],
  ])('where the occurrence in the hour that exists twice is %s', (_name, changed) => {
    const rrule = 'FREQ=MONTHLY;BYMONTHDAY=29;COUNT=4';
    expectAlike(seriesOf('2028-08-29T01:00', '2028-08-29T01:05', { rrule, ...changed }));
  });
});

describe("node-ical's own mistake", () => {
  const within = (...lines: string[]) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//X//Y//EN',
      'BEGIN:VEVENT',
      'UID:a@b.example',
      'DTSTAMP:20260101T000000Z',
      'DTSTART;TZID=Europe/London:20301020T010000',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');
  const starts = (text: string) =>
    nodeIcalEvents(text).flatMap((event) =>
      nodeIcalTimes(event, from, to).map(({ start }) => start.toISOString().slice(0, 16)),
    );
  const twice = '2030-10-27T00:00';

  // RFC 5545 §3.3.5: the first of the two. When these fail it has been mended, and `misreadTimes` can go.
  test('is that it repeats into the first of two equal hours and reads an EXDATE then as the second', () => {
    const except = within('EXDATE;TZID=Europe/London:20301027T010000');
    expect(starts(within())).toEqual(['2030-10-20T00:00', twice, '2030-11-03T01:00']);
    expect(starts(except)).toContain(twice);
  });

  test('is that it reads a RECURRENCE-ID then as the second, and shows what was moved in both places', () => {
    const moved = within(
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:a@b.example',
      'DTSTAMP:20260101T000000Z',
      'RECURRENCE-ID;TZID=Europe/London:20301027T010000',
      'DTSTART;TZID=Europe/London:20301028T010000',
    );
    expect(starts(moved)).toEqual(['2030-10-20T00:00', twice, '2030-10-28T01:00', '2030-11-03T01:00']);
  });
});

it('a time is the same instant in the calendar as in the zone', () => {
  expect(toInstant('2027-03-28T01:30', 'Europe/London').toISOString()).toBe('2027-03-28T01:30:00.000Z');
  expect(toInstant('2027-10-31T01:30', 'Europe/London').toISOString()).toBe('2027-10-31T00:30:00.000Z');
});
