import fc from 'fast-check';
import { calendarFrame } from '../../shared/calendars/calendar-frame.ts';
import { renderEvent } from '../../shared/calendars/render-event.ts';
import { cancelled, postponed, published, revised } from '../../shared/events/edit-event.ts';
import type { Event } from '../../shared/events/event.ts';
import { type EventInput, writableMembers } from '../../shared/events/event-input.ts';
import { recurrenceFaults } from '../../shared/events/recurrence-faults.ts';
import { localStarts } from '../../shared/events/recurrence-rule.ts';
import { addDays } from '../../shared/events/zone-time.ts';
import { Conflict } from '../../shared/runtime/errors.ts';
import { aDraft } from './an-event.ts';
import { setting } from './calendar-fixtures.ts';

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const clockChanges = [
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
];

const pad = (part: number) => String(part).padStart(2, '0');
const at = (day: string, minute: number) => `${day}T${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;

/** Days of 2026 to 2030, often those on which the clocks change, or near them. */
const anyDay = fc.oneof(
  fc.integer({ min: 0, max: 5 * 365 }).map((days) => addDays('2026-01-01', days)),
  fc
    .tuple(fc.constantFrom(...clockChanges), fc.integer({ min: -15, max: 2 }))
    .map(([day, days]) => addDays(day, days)),
);
const anyMinute = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 30, max: 150 }));
const anyLength = fc.integer({ min: 5, max: 600 });

type Times = { allDay: boolean; start: string; end: string };

const anyTimes: fc.Arbitrary<Times> = fc
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

const anyRepetition = fc.record({
  shape: fc.nat({ max: 6 }),
  every: fc.integer({ min: 1, max: 3 }),
  ends: fc.oneof(
    fc.record({ count: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ days: fc.integer({ min: 1, max: 200 }) }),
  ),
});
type Repetition = typeof anyRepetition extends fc.Arbitrary<infer One> ? One : never;

/** A rule of this shape that makes this start. */
function ruleOf(start: string, { shape, every, ends }: Repetition): string {
  const weekday = weekdays[new Date(`${start.slice(0, 10)}T12:00Z`).getUTCDay()] as string;
  const day = Number(start.slice(8, 10));
  const nth = Math.ceil(day / 7);
  const shapes = [
    'FREQ=DAILY',
    'FREQ=WEEKLY',
    `FREQ=WEEKLY;BYDAY=${[...new Set([weekday, 'TU', 'FR'])].join(',')}`,
    `FREQ=MONTHLY;BYMONTHDAY=${day}`,
    nth < 5 ? `FREQ=MONTHLY;BYDAY=${nth}${weekday}` : `FREQ=MONTHLY;BYDAY=-1${weekday}`,
    nth < 5 ? `FREQ=MONTHLY;BYDAY=${weekday};BYSETPOS=${nth}` : 'FREQ=WEEKLY',
    'FREQ=YEARLY',
  ];
  const end =
    'count' in ends
      ? `COUNT=${ends.count}`
      : `UNTIL=${addDays(start, ends.days).slice(0, 10).replaceAll('-', '')}`;
  return [shapes[shape], ...(every > 1 ? [`INTERVAL=${every}`] : []), end].join(';');
}

const anyStep = fc.oneof(
  fc.record({ do: fc.constant('retitle'), title: fc.constantFrom('Other', 'Andere; „Worte“, 👮') }),
  fc.record({ do: fc.constant('move'), times: anyTimes }),
  fc.record({ do: fc.constant('repeat'), repetition: anyRepetition }),
  fc.record({ do: fc.constantFrom('except', 'cancel one', 'move one'), which: fc.nat() }),
  fc.record({ do: fc.constantFrom('postpone', 'publish', 'cancel') }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;

/** The states of an event from its publication on: it is edited, moved, repeated, excepted, cancelled … */
export const anyLife = ({ isSeries, maxSteps }: { isSeries: boolean; maxSteps: number }) =>
  fc
    .tuple(anyTimes, anyRepetition, fc.array(anyStep, { minLength: 1, maxLength: maxSteps }))
    .map(([times, repetition, steps]) => {
      const life = [published({ ...draft, ...times }, new Date(Date.UTC(2026, 0, 1)))];
      const first: Step[] = isSeries ? [{ do: 'repeat', repetition }] : [];
      for (const [place, step] of [...first, ...steps].entries())
        life.push(stepped(life.at(-1) as Event, step, new Date(Date.UTC(2026, 0, 2 + place))));
      return life;
    });

const draft = aDraft({ title: 'First', venue: undefined }, `01jgv${'0'.repeat(21)}`);

/** The event after a step, as the API would do it; the same event where it would refuse. */
function stepped(event: Event, step: Step, now: Date): Event {
  try {
    const next = command(event, step, now);
    return next.recurrence !== event.recurrence && recurrenceFaults(next).length ? event : next;
  } catch (error) {
    if (error instanceof Conflict) return event;
    throw error;
  }
}

function command(event: Event, step: Step, now: Date): Event {
  const change = (members: Partial<EventInput>) => {
    const whole = Object.entries({ ...event, ...members });
    const input = Object.fromEntries(whole.filter(([name]) => writableMembers.some((one) => one === name)));
    return revised(event, input as EventInput, now);
  };
  if (step.do === 'postpone') return postponed(event, 'snow', now);
  if (step.do === 'publish') return published(event, now);
  if (step.do === 'cancel') return cancelled(event, 'flood', now);
  if ('title' in step) return change({ title: step.title });
  if ('times' in step) return change({ ...step.times, recurrence: undefined });
  if ('repetition' in step) {
    const rrule = ruleOf(event.start, step.repetition);
    return change({ recurrence: { rrule, exceptions: [], overrides: [] } });
  }
  const { recurrence } = event;
  const recurrenceId = 'which' in step ? aFreeStart(event, step.which) : undefined;
  if (!recurrence || !recurrenceId) return event;
  if (step.do === 'except')
    return change({ recurrence: { ...recurrence, exceptions: [...recurrence.exceptions, recurrenceId] } });
  const override =
    step.do === 'cancel one'
      ? { recurrenceId, status: 'cancelled' as const }
      : { recurrenceId, start: addDays(recurrenceId, 1), title: 'Moved' };
  return change({ recurrence: { ...recurrence, overrides: [...recurrence.overrides, override] } });
}

/** One of the starts that are neither excepted nor changed yet, unless it is the last. */
function aFreeStart(event: Event, which: number): string | undefined {
  const { recurrence } = event;
  if (!recurrence) return undefined;
  const taken = new Set([
    ...recurrence.exceptions,
    ...recurrence.overrides.map(({ recurrenceId }) => recurrenceId),
  ]);
  const free = localStarts(event, (_, place) => place < 50).filter((start) => !taken.has(start));
  return free.length > 1 ? free[which % free.length] : undefined;
}

/** The calendar of one event. */
export function calendarWith(event: Event): string {
  const frame = { group: 'all', name: 'All', description: 'All', page: '/' };
  const { before, after } = calendarFrame(frame, setting, 'ics', event.updatedAt);
  return before + renderEvent(event, setting) + after;
}
