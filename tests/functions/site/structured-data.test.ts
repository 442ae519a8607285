import { describe, expect, test } from 'vitest';
import { withOffset } from '../../../functions/site/look/structured-data.ts';
import { cancelled, postponed } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { anEvent } from '../../support/an-event.ts';
import { sampleWeek } from './sample-week.ts';
import { someSite } from './some-site.ts';

const now = new Date('2027-01-20T10:00:00Z');
type Data = { '@type': string; [member: string]: unknown };

/** What a page tells machines. */
async function dataOn(address: string, events: Event[], at = '2027-01-20T10:00:00Z'): Promise<Data> {
  const { ask } = await someSite({ events, now: at });
  const { html } = await ask(address);
  return JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? '');
}

const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d[+-]\d\d:\d\d)?$/;
const isPlace = (one: Data) => one['@type'] !== 'VirtualLocation';

/**
 * What schema.org and the search engines ask of an event; nothing where it is sound.
 * @see https://developers.google.com/search/docs/appearance/structured-data/event
 */
function faultsIn(data: Data): string[] {
  const faults: string[] = [];
  const wants = (holds: unknown, fault: string) => {
    if (!holds) faults.push(`${data.name}: ${fault}`);
  };
  const { startDate, endDate, previousStartDate } = data as Record<string, string>;
  const places = [data.location].flat() as Data[];
  wants(data.name, 'no name');
  wants(instant.test(startDate ?? ''), `startDate ${startDate}`);
  wants(instant.test(endDate ?? ''), `endDate ${endDate}`);
  wants(Date.parse(endDate ?? '') >= Date.parse(startDate ?? ''), 'ends before it starts');
  wants(startDate?.length === endDate?.length, 'a date with a time');
  wants(places.length > 0 && places.every(Boolean), 'no location');
  for (const place of places)
    wants(isPlace(place) ? place.name && place.address : place.url, `location ${JSON.stringify(place)}`);
  const mode = places.every(isPlace) ? 'Offline' : places.some(isPlace) ? 'Mixed' : 'Online';
  wants(
    data.eventAttendanceMode === `https://schema.org/${mode}EventAttendanceMode`,
    `${data.eventAttendanceMode} at ${mode}`,
  );
  wants(
    /^https:\/\/schema.org\/Event(Scheduled|Cancelled|Postponed|Rescheduled)$/.test(String(data.eventStatus)),
    `eventStatus ${data.eventStatus}`,
  );
  wants(
    (previousStartDate !== undefined) === String(data.eventStatus).endsWith('Rescheduled'),
    `previousStartDate ${previousStartDate} of ${data.eventStatus}`,
  );
  wants((data.organizer as Data)?.url, 'no organizer');
  return [...faults, ...((data.subEvent ?? []) as Data[]).flatMap(faultsIn)];
}

describe('of a whole week', () => {
  const [first, second, ...rest] = sampleWeek();
  if (!first || !second) throw new Error('the sample week is short');
  const week = [cancelled(first, 'Snow', now), postponed(second, 'Snow', now), ...rest];

  test('every event page, campaign and district is sound', async () => {
    const { ask } = await someSite({ events: week, now: now.toISOString() });
    const found: Data[] = [];
    for (const { id } of week) {
      const { html, status } = await ask(`/events/${id}`);
      if (status !== 200) continue;
      found.push(JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? ''));
    }
    expect(found.length).toBeGreaterThan(80);
    expect(found.flatMap(faultsIn)).toEqual([]);
    const campaign = await dataOn('/campaigns/npw-2027', week);
    expect(faultsIn(campaign)).toEqual([]);
    expect(campaign.subEvent).toHaveLength(50);
    const list = await dataOn('/southend', week);
    const items = (list.itemListElement as { item: Data }[]).map(({ item }) => item);
    expect(items.flatMap(faultsIn)).toEqual([]);
    expect(new Set(items.map((item) => item['@id'])).size).toBe(items.length);
    const starts = items.map(({ startDate }) => String(startDate));
    expect(starts).toEqual(starts.toSorted());
  });
});

test('an event that moved says where it was before, and one that is off does not', async () => {
  const event = anEvent();
  const { ask, events } = await someSite({ events: [event] });
  const moved = {
    ...event,
    version: event.version + 1,
    sequence: 1,
    start: '2027-01-31T10:00',
    end: '2027-01-31T12:00',
  };
  await events.save({
    previous: event,
    event: moved,
    version: {
      version: moved.version,
      at: '2027-01-26T10:00:00Z',
      by: { id: 'o', name: 'An officer' },
      action: 'edit',
      changes: [{ field: 'start', before: event.start, after: moved.start }],
    },
    changes: [],
  });
  const { html } = await ask(`/events/${event.id}`);
  const data = JSON.parse(
    /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? '',
  ) as Data;
  expect(data).toMatchObject({
    eventStatus: 'https://schema.org/EventRescheduled',
    startDate: '2027-01-31T10:00+00:00',
    previousStartDate: '2027-01-30T10:00+00:00',
  });
  expect(faultsIn(data)).toEqual([]);
});

test('a series is its next time that takes place, and says how it repeats', async () => {
  const weekly = anEvent({
    start: '2027-01-07T10:00',
    end: '2027-01-07T12:00',
    recurrence: {
      rrule: 'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270701',
      exceptions: ['2027-01-21T10:00'],
      overrides: [{ recurrenceId: '2027-01-28T10:00', status: 'cancelled' }],
    },
  });
  const data = await dataOn(`/events/${weekly.id}`, [weekly]);
  expect(data).toMatchObject({
    startDate: '2027-02-04T10:00+00:00',
    endDate: '2027-02-04T12:00+00:00',
    eventStatus: 'https://schema.org/EventScheduled',
    eventSchedule: {
      '@type': 'Schedule',
      repeatFrequency: 'P1W',
      byDay: ['TH'],
      startDate: '2027-01-07',
      endDate: '2027-07-01',
      startTime: '10:00',
      endTime: '12:00',
      scheduleTimezone: 'Europe/London',
      exceptDate: ['2027-01-21T10:00'],
    },
  });
  expect(faultsIn(data)).toEqual([]);
});

test('what is wrong with an event is found', () => {
  expect(
    faultsIn({
      '@type': 'Event',
      name: 'Bad',
      startDate: '2027-01-31T10:00',
      endDate: '2027-01-30',
      location: { '@type': 'Place', name: 'Hall' },
      eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
      eventStatus: 'https://schema.org/EventCancelled',
      previousStartDate: '2027-01-29',
    }),
  ).toHaveLength(7);
});

test.each([
  ['2027-01-30T10:00', 'Europe/London', '2027-01-30T10:00+00:00'],
  ['2027-06-30T10:00', 'Europe/London', '2027-06-30T10:00+01:00'],
  ['2027-06-30T10:00', 'America/St_Johns', '2027-06-30T10:00-02:30'],
  // Clocks go back: the first of the two.
  ['2027-10-31T01:30', 'Europe/London', '2027-10-31T01:30+01:00'],
])('%s in %s is %s', (local, timeZone, written) => {
  expect(withOffset(local, { timeZone, allDay: false })).toBe(written);
});
