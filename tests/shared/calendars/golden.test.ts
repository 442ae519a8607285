import { describe, expect, it } from 'vitest';
import { calendarFrame } from '../../../shared/calendars/calendar-frame.ts';
import { calendarOf } from '../../../shared/calendars/calendar-groups.ts';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { type Flavour, renderEvent } from '../../../shared/calendars/render-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import { samples, setting } from '../../support/calendar-fixtures.ts';
import { shownByIcalJs, shownByNodeIcal } from '../../support/read-calendar.ts';

const from = new Date('2026-12-01T00:00Z');
const to = new Date('2028-12-01T00:00Z');

function calendarWith(events: Event[], flavour: Flavour = 'standard') {
  const calendar = calendarOf('southend', setting.force);
  if (!calendar) throw new Error('no Southend');
  const form = flavour === 'google' ? 'google' : 'ics';
  const { before, after } = calendarFrame(calendar, setting, form, events[0]?.updatedAt);
  return before + events.map((event) => renderEvent(event, setting, flavour)).join('') + after;
}

describe.each(Object.entries(samples))('the calendar of the event "%s"', (name, event) => {
  it.each(['standard', 'google'] as const)('has the bytes of its golden file (%s)', async (flavour) => {
    const suffix = flavour === 'google' ? '.google' : '';
    await expect(calendarWith([event], flavour)).toMatchFileSnapshot(
      `../../golden/calendars/${name}${suffix}.ics`,
    );
  });

  it.each(['standard', 'google'] as const)('is lint clean (%s)', (flavour) => {
    expect(lintCalendar(calendarWith([event], flavour))).toEqual([]);
  });

  it('shows the same times in two other libraries as in ours', () => {
    const ours = occurrences(event, from, to)
      .map(({ start, startsAt, event: { title, status, allDay } }) => ({
        start: allDay ? start : startsAt.toISOString(),
        title: `${{ cancelled: 'CANCELLED: ', postponed: 'POSTPONED: ' }[status as string] ?? ''}${title}`,
      }))
      .sort((one, other) => (one.start < other.start ? -1 : 1));
    const times = (shown: { start: string; title: string }[]) =>
      shown.map(({ start, title }) => ({ start, title }));
    expect(times(shownByIcalJs(calendarWith([event]), from, to))).toEqual(ours);
    expect(times(shownByNodeIcal(calendarWith([event]), from, to))).toEqual(ours);
  });
});

describe('a calendar of all the samples', () => {
  it('is lint clean', () => {
    expect(lintCalendar(calendarWith(Object.values(samples)))).toEqual([]);
  });
});
