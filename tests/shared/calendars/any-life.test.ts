import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFrame } from '../../../shared/calendars/calendar-frame.ts';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { renderEvent } from '../../../shared/calendars/render-event.ts';
import { cancelled, postponed, published, revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import { recurrenceFaults } from '../../../shared/events/recurrence-faults.ts';
import { localStarts } from '../../../shared/events/recurrence-rule.ts';
import { addDays, toInstant } from '../../../shared/events/zone-time.ts';
import { aDraft, inputOf } from '../../support/an-event.ts';
import { setting } from '../../support/calendar-fixtures.ts';
import { shownByIcalJs, shownByNodeIcal } from '../../support/read-calendar.ts';

const from = new Date('2025-12-01T00:00Z');
const to = new Date('2031-06-01T00:00Z');
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const text = (event: Event) => {
  const frame = { group: 'all', name: 'All', description: 'All', page: '/' };
  const { before, after } = calendarFrame(frame, setting, 'ics', event.updatedAt);
  return before + renderEvent(event, setting) + after;
};

const pad = (part: number) => String(part).padStart(2, '0');
const at = (day: string, minute: number) => `${day}T${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;

/** Days of 2026 to 2030, often those on which the clocks change, or near them. */
const anyDay = fc.oneof(
  fc.integer({ min: 0, max: 5 * 365 }).map((days) => addDays('2026-01-01', days)),
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-29',
        '2026-10-25',
        '2027-03-28',
        '2027-10-31',
        '2028-03-26',
        '2028-10-29',
        '2029-03-25',
        '2029-10-28',
        '2030-03-31',
        '2030-10-27',
      ),
      fc.integer({ min: -15, max: 2 }),
    )
    .map(([day, days]) => addDays(day, days)),
);
const anyMinute = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 30, max: 150 }));
const anyLength = fc.integer({ min: 5, max: 600 });

const anyTimes = fc
  .record({ day: anyDay, minute: anyMinute, length: anyLength, allDay: fc.boolean() })
  .map(({ day, minute, length, allDay }) =>
    allDay
      ? { allDay, start: day, end: addDays(day, 1 + (length % 3)) }
      : {
          allDay,
          start: at(day, minute),
          end: at(addDays(day, Math.floor((minute + length) / 1440)), (minute + length) % 1440),
        },
  );

const anyRule = (start: string): fc.Arbitrary<string> => {
  const weekday = weekdays[new Date(`${start.slice(0, 10)}T12:00Z`).getUTCDay()] as string;
  const day = Number(start.slice(8, 10));
  const nth = Math.ceil(day / 7);
  const shape = fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=WEEKLY',
    `FREQ=WEEKLY;BYDAY=${[...new Set([weekday, 'TU', 'FR'])].join(',')}`,
    `FREQ=MONTHLY;BYMONTHDAY=${day}`,
    nth < 5 ? `FREQ=MONTHLY;BYDAY=${nth}${weekday}` : `FREQ=MONTHLY;BYDAY=-1${weekday}`,
    nth < 5 ? `FREQ=MONTHLY;BYDAY=${weekday};BYSETPOS=${nth}` : 'FREQ=WEEKLY',
    'FREQ=YEARLY',
  );
  const interval = fc.integer({ min: 1, max: 3 }).map((every) => (every === 1 ? '' : `;INTERVAL=${every}`));
  const end = fc.oneof(
    fc.integer({ min: 1, max: 12 }).map((count) => `;COUNT=${count}`),
    fc
      .integer({ min: 1, max: 200 })
      .map((days) => `;UNTIL=${addDays(start, days).slice(0, 10).replaceAll('-', '')}`),
  );
  return fc.tuple(shape, interval, end).map((parts) => parts.join(''));
};

type Step =
  | { do: 'retitle'; title: string }
  | { do: 'move'; times: { allDay: boolean; start: string; end: string } }
  | { do: 'repeat'; seed: number }
  | { do: 'except' | 'cancel one' | 'move one'; which: number }
  | { do: 'postpone' | 'publish' | 'cancel' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('retitle' as const), title: fc.constantFrom('Other', 'Andere; „Worte“, 👮') }),
  fc.record({ do: fc.constant('move' as const), times: anyTimes }),
  fc.record({ do: fc.constant('repeat' as const), seed: fc.nat() }),
  fc.record({
    do: fc.constantFrom('except' as const, 'cancel one' as const, 'move one' as const),
    which: fc.nat(),
  }),
  fc.record({ do: fc.constantFrom('postpone' as const, 'publish' as const, 'cancel' as const) }),
);

const draft = (times: object) => aDraft({ title: 'First', ...times }, `01jgv${'0'.repeat(21)}`);
const inputFrom = (event: Event, members: Partial<Event>) => {
  const { title, kind, districts, team, start, end, allDay, recurrence, venue } = { ...event, ...members };
  return inputOf({ title, kind, districts, team, start, end, allDay, recurrence, venue });
};

/** The event after a step, as the API would do it; the same event where it would refuse. */
function stepped(event: Event, step: Step, now: Date): Event {
  const change = (members: Partial<Event>) => {
    const changed = revised(event, inputFrom(event, members), now);
    return recurrenceFaults(changed).length ? event : changed;
  };
  const { recurrence } = event;
  const one = () => {
    const starts = recurrence ? localStarts(event, (_, place) => place < 50) : [];
    const taken = new Set([
      ...(recurrence?.exceptions ?? []),
      ...(recurrence?.overrides ?? []).map((o) => o.recurrenceId),
    ]);
    const free = starts.filter((start) => !taken.has(start));
    return 'which' in step && free.length > 1 ? free[step.which % free.length] : undefined;
  };
  try {
    if (step.do === 'retitle') return change({ title: step.title });
    if (step.do === 'move') return change({ ...step.times, recurrence: undefined });
    if (step.do === 'repeat') {
      const rrule = fc.sample(anyRule(event.start), { numRuns: 1, seed: step.seed })[0] as string;
      return change({ recurrence: { rrule, exceptions: [], overrides: [] } });
    }
    if (step.do === 'postpone') return postponed(event, 'snow', now);
    if (step.do === 'publish') return published(event, now);
    if (step.do === 'cancel') return cancelled(event, 'flood', now);
    const recurrenceId = one();
    if (!recurrence || !recurrenceId) return event;
    if (step.do === 'except')
      return change({ recurrence: { ...recurrence, exceptions: [...recurrence.exceptions, recurrenceId] } });
    const override =
      step.do === 'cancel one'
        ? { recurrenceId, status: 'cancelled' as const }
        : { recurrenceId, start: addDays(recurrenceId, 1), title: 'Moved' };
    return change({ recurrence: { ...recurrence, overrides: [...recurrence.overrides, override] } });
  } catch (error) {
    if (error instanceof Error && error.name === 'Conflict') return event;
    throw error;
  }
}

/** What lists and pages show. */
function modelled(event: Event) {
  return occurrences(event, from, to)
    .map(({ start, startsAt, event: { allDay, title, status } }) => ({
      start: allDay ? start : startsAt.toISOString(),
      title: `${status === 'cancelled' ? 'CANCELLED: ' : status === 'postponed' ? 'POSTPONED: ' : ''}${title}`,
    }))
    .filter(({ start }) => new Date(start) >= from && new Date(start) < to)
    .sort(byStart);
}
const byStart = (one: { start: string; title: string }, other: { start: string; title: string }) =>
  one.start + one.title < other.start + other.title ? -1 : 1;
const shown = (all: { start: string; title: string }[]) =>
  all.map(({ start, title }) => ({ start, title })).sort(byStart);

describe('any life of an event', () => {
  it('is lint clean at each step, with one UID and a SEQUENCE that never falls', () => {
    fc.assert(
      fc.property(anyTimes, fc.array(anyStep, { minLength: 1, maxLength: 8 }), (times, steps) => {
        let event = published(draft(times), new Date('2026-01-01T00:00Z'));
        let sequence = -1;
        for (const [place, step] of steps.entries()) {
          event = stepped(event, step, new Date(Date.UTC(2026, 0, 2 + place)));
          const calendar = text(event);
          expect(lintCalendar(calendar)).toEqual([]);
          const all = (name: string) =>
            [...calendar.matchAll(new RegExp(`^${name}:(.*)\r$`, 'gm'))].map(([, v]) => v);
          expect(new Set(all('UID').slice(1))).toEqual(new Set([`${event.id}@essex.streetmeet`]));
          const now = Number(all('SEQUENCE')[0]);
          expect(now).toBeGreaterThanOrEqual(sequence);
          sequence = now;
        }
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  it('shows the same times in ical.js and node-ical as in the lists', () => {
    fc.assert(
      fc.property(anyTimes, fc.nat(), fc.array(anyStep, { maxLength: 5 }), (times, seed, steps) => {
        let event = published(draft(times), new Date('2026-01-01T00:00Z'));
        event = stepped(event, { do: 'repeat', seed }, new Date('2026-01-01T01:00Z'));
        for (const [place, step] of steps.entries())
          event = stepped(event, step, new Date(Date.UTC(2026, 0, 2 + place)));
        const calendar = text(event);
        expect(shown(shownByIcalJs(calendar, from, to))).toEqual(modelled(event));
        expect(shown(shownByNodeIcal(calendar, from, to))).toEqual(modelled(event));
      }),
      // The same lives each time: the two readers have rare mistakes of their own, which are looked for by hand.
      { numRuns: 2000, seed: 20_270_125 },
    );
  }, 120_000);
});

it('a counted series ends when it should also where its exception is at an hour that the clocks leave out', () => {
  // COUNT counts what EXDATE takes away, but some apps do not count an hour that is not there: found by chance.
  const event = published(
    draft({
      start: '2026-12-28T01:00',
      end: '2026-12-28T01:05',
      recurrence: {
        rrule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28;COUNT=9',
        exceptions: ['2027-03-28T01:00'],
      },
    }),
    new Date('2026-01-01T00:00Z'),
  );
  expect(shown(shownByIcalJs(text(event), from, to))).toEqual(modelled(event));
  expect(shown(shownByNodeIcal(text(event), from, to))).toEqual(modelled(event));
});

it('an exception in the hour that exists twice is one', () => {
  const recurrence = { rrule: 'FREQ=MONTHLY;BYMONTHDAY=29;COUNT=4', exceptions: ['2028-10-29T01:00'] };
  const event = published(
    draft({ start: '2028-08-29T01:00', end: '2028-08-29T01:05', recurrence }),
    new Date('2026-01-01T00:00Z'),
  );
  expect(shown(shownByIcalJs(text(event), from, to))).toEqual(modelled(event));
  expect(shown(shownByNodeIcal(text(event), from, to))).toEqual(modelled(event));
});

it('a time is the same instant in the calendar as in the zone', () => {
  expect(toInstant('2027-03-28T01:30', 'Europe/London').toISOString()).toBe('2027-03-28T01:30:00.000Z');
  expect(toInstant('2027-10-31T01:30', 'Europe/London').toISOString()).toBe('2027-10-31T00:30:00.000Z');
});
