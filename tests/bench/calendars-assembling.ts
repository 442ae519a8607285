import { gzipSync } from 'node:zlib';
import { publishCalendar } from '../../functions/calendars/publish-calendar.ts';
import { newSheet } from '../../functions/calendars/sheet.ts';
import { type Entry, entryOf } from '../../shared/calendars/calendar-entry.ts';
import { type Calendar, calendarOf } from '../../shared/calendars/calendar-groups.ts';
import { frameOf } from '../../shared/calendars/frame-of.ts';
import { renderEvent } from '../../shared/calendars/render-event.ts';
import type { Event } from '../../shared/events/event.ts';
import { addDays } from '../../shared/events/zone-time.ts';
import { anEvent } from '../support/an-event.ts';
import { setting } from '../support/calendar-fixtures.ts';
import { fakeEntryStore } from '../support/fakes/entry-store.ts';
import { fakeObjectStore } from '../support/fakes/object-store.ts';
import { type Row, shortest } from './row.ts';

const words = 'Cells, dogs, drones and a chance to sit in a police car. An idea of our Advisory Group.';

export const manyEvents = (count: number): Event[] =>
  Array.from({ length: count }, (_, place) => {
    const day = addDays('2027-01-05', place % 500);
    return anEvent(
      {
        title: `Open day ${place}`,
        summary: words,
        description: `${words} Nr. ${place}.`,
        start: `${day}T10:00`,
        end: `${day}T15:00`,
      },
      `01jgv${String(place).padStart(21, '0')}`,
    );
  });

const southend = calendarOf('southend', setting.force) as Calendar;

/** A calendar of 5,000 events after one of them changed, against rendering it whole. */
export async function assembling(): Promise<Row[]> {
  const events = manyEvents(5000);
  const entries = events.map((event) => entryOf(event, setting));
  const changed = events[2500] as Event;
  const assembled = () => {
    entries[2500] = entryOf(changed, setting);
    return assemble(entries, changed.updatedAt);
  };
  const ours = await shortest(30, assembled);
  const library = await shortest(3, () => Buffer.from(byLibrary(events)));
  const byHand = await shortest(30, () => Buffer.from(events.map(handWritten).join('')));
  if (process.env.VERBOSE) console.log({ ours, library, byHand });
  const text = assemble(entries.slice(0, 100), changed.updatedAt);
  return [
    {
      what: '5,000 events after one change, against a full ical-generator render',
      measured: library / ours,
      atLeast: 100,
    },
    { what: '5,000 events after one change, against a plain emitter', measured: byHand / ours, atLeast: 0.8 },
    {
      what: 'bytes on the wire, against identity (100 events)',
      measured: gzipSync(text).length / text.length,
      atMost: 0.1,
    },
    {
      what: 'puts for an unchanged calendar',
      measured: await unchangedPuts(entries.slice(0, 100)),
      atMost: 0,
      unit: 'puts',
    },
  ];
}

/** As it is published, but for lint and gzip. */
function assemble(entries: Entry[], changedAt: string): Buffer {
  const sheet = newSheet('ics');
  for (let at = 0; at < entries.length; at += 200) sheet.add(entries.slice(at, at + 200));
  return sheet.body(frameOf('ics', southend, setting, { changedAt, state: entries.length }));
}

/** The same calendar, every event rendered by the library. */
const byLibrary = (events: Event[]) => events.map((event) => renderEvent(event, setting)).join('');

const escaped = (value: string) => value.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
const basic = (local: string) => `${local.replace(/[-:]/g, '')}00`;

/** What one would write without a library and without folding. */
const handWritten = (event: Event) =>
  [
    'BEGIN:VEVENT',
    `UID:${event.id}@essex.streetmeet`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${basic(event.updatedAt.slice(0, 16))}Z`,
    `DTSTART;TZID=${event.timeZone}:${basic(event.start)}`,
    `DTEND;TZID=${event.timeZone}:${basic(event.end)}`,
    `SUMMARY:${escaped(event.title)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    `LOCATION:${escaped(event.venue?.name ?? '')}`,
    `URL:https://events.example/events/${event.id}`,
    'STATUS:CONFIRMED',
    'END:VEVENT\r\n',
  ].join('\r\n');

async function unchangedPuts(entries: Entry[]): Promise<number> {
  const store = fakeEntryStore();
  const objects = fakeObjectStore();
  for (const entry of entries) await store.write([{ group: 'southend', entry, hasLeft: false }]);
  const deps = { entries: store, objects, setting, now: () => new Date('2027-01-06T12:00Z') };
  await publishCalendar('southend', deps);
  const before = objects.puts;
  await publishCalendar('southend', deps);
  return objects.puts - before;
}
