import { gunzipSync } from 'node:zlib';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { publishCalendar } from '../../../functions/calendars/publish-calendar.ts';
import { entryOf } from '../../../shared/calendars/calendar-entry.ts';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { anEvent } from '../../support/an-event.ts';
import { setting } from '../../support/calendar-fixtures.ts';
import { fakeEntryStore } from '../../support/fakes/entry-store.ts';
import { fakeObjectStore } from '../../support/fakes/object-store.ts';

const COUNT = 1100;
/** So many of these are more than is held open. */
const description = 'Half a mile of words about a station’s open day. '.repeat(95);
const ids = Array.from({ length: COUNT }, (_, n) => `01jgv${String(n).padStart(21, '0')}`);

test('a calendar too large to be held open is whole in each of its forms', async () => {
  const entries = fakeEntryStore();
  const objects = fakeObjectStore();
  for (const id of ids)
    await entries.write([
      { group: 'southend', entry: entryOf(anEvent({ description }, id), setting), hasLeft: false },
    ]);
  const deps = { entries, objects, setting, now: () => new Date('2027-01-06T12:00Z') };
  await publishCalendar('southend', deps);

  const text = (key: string) => {
    const plain = objects.text(key) ?? '';
    expect(gunzipSync(objects.objects.get(`${key}.gz`)?.body ?? '').toString()).toBe(plain);
    return plain;
  };
  const calendar = text('calendars/southend.ics');
  expect(calendar.length).toBeGreaterThan(5_000_000);
  expect(lintCalendar(calendar)).toEqual([]);
  const found = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents('vevent');
  expect(found.map((each) => String(each.getFirstPropertyValue('uid')).split('@')[0])).toEqual(ids);
  expect(lintCalendar(text('calendars/google/southend.ics'))).toEqual([]);
  const { items } = JSON.parse(text('calendars/southend.json')) as { items: { id: string }[] };
  expect(items.map(({ id }) => id)).toEqual(ids);
  expect(text('calendars/southend.atom').match(/<entry>/g)).toHaveLength(COUNT);

  const { puts } = objects;
  await publishCalendar('southend', deps);
  expect(objects.puts).toBe(puts);
});
