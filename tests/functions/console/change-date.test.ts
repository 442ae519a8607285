import { beforeEach, describe, expect, test } from 'vitest';
import { edit, revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { writtenOf } from '../../../shared/events/event-input.ts';
import { anEvent } from '../../support/an-event.ts';
import { fieldsIn } from './fields-in.ts';
import { someConsole } from './some-console.ts';

let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
const address = '/console/events/open-day/dates/2027-02-13T10:00';

beforeEach(async () => {
  desk = someConsole();
  southend = await desk.as('southend');
  const recurrence = { rrule: 'FREQ=WEEKLY;COUNT=6', exceptions: [], overrides: [] };
  await desk.given(anEvent({ recurrence }));
});
const series = async () => (await desk.events.get('open-day')) as Event;

/** Saves the form with these changes, and says yes to what is asked. */
async function change(fields: Record<string, string>, reason = 'The hall opens later') {
  const typed = { ...fieldsIn((await southend.get(address)).html), ...fields };
  const asked = await southend.post(address, typed);
  if (asked.status !== 200) return asked;
  expect(asked.words).toContain('Nothing is saved yet.');
  return southend.post(address, { ...fieldsIn(asked.html), moveReason: reason });
}

describe('one date of a series', () => {
  test('is reached from the list of its dates', async () => {
    const { html } = await southend.get('/console/events/open-day/dates');
    expect(html).toContain('href="/console/events/open-day/dates/2027-02-13T10%3A00"');
    const page = await southend.get('/console/events/open-day/dates/2027-02-13T10%3A00');
    expect(page.words).toContain('It is Saturday 13 February 2027, 10am to 3pm.');
  });

  test('is moved alone, with the reason for residents', async () => {
    const done = await change({ from: '11:00' });
    expect(done.location).toContain('/console/events/open-day/done');
    expect((await series()).recurrence).toEqual({
      rrule: 'FREQ=WEEKLY;COUNT=6',
      exceptions: [],
      overrides: [
        {
          recurrenceId: '2027-02-13T10:00',
          start: '2027-02-13T11:00',
          end: '2027-02-13T15:00',
          reason: 'The hall opens later',
        },
      ],
    });
  });

  test('is elsewhere, or called something else; what is as in the series is not said again', async () => {
    await change({ title: 'Half-term open day', venueName: 'Library', address: '', postcode: '' });
    const [override] = (await series()).recurrence?.overrides ?? [];
    expect(override).toMatchObject({ title: 'Half-term open day', venue: { name: 'Library' } });
    expect(override).not.toHaveProperty('start');
    expect(override).not.toHaveProperty('summary');
  });

  test('shows each fault at its field and forgets nothing', async () => {
    const page = await change({ from: 'noon', title: 'Typed' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('id="from-error"');
    expect(fieldsIn(page.html)).toMatchObject({ from: ['noon'], title: ['Typed'] });
    expect((await series()).version).toBe(2);
  });

  test('that is no date of the series is not there', async () => {
    for (const date of ['2027-02-14T10:00', '2027-02-13T09:00', 'never'])
      expect((await southend.get(`/console/events/open-day/dates/${date}`)).status).toBe(404);
  });

  test('of another district is refused', async () => {
    const basildon = await desk.as('basildon');
    expect((await basildon.get(address)).status).toBe(403);
    expect((await basildon.post(address, { version: '2', title: 'Mine', scope: 'one' })).status).toBe(403);
  });

  test('that somebody else changed meanwhile is shown as it is now, with what was typed', async () => {
    const mine = fieldsIn((await southend.get(address)).html);
    const before = await series();
    const after = revised(before, { ...writtenOf(before), title: 'Renamed by another' }, desk.clock.now);
    const by = { id: 'x', name: 'Sergeant Other' };
    await desk.events.save(
      edit(before, after, { by, action: 'edit', now: desk.clock.now, newId: desk.newId }),
    );
    const page = await southend.post(address, { ...mine, title: 'Mine' });
    expect(page.status).toBe(412);
    expect(page.words).toContain('Sergeant Other');
    expect(fieldsIn(page.html)).toMatchObject({ title: ['Mine'], version: ['3'] });
  });
});

describe('a date and those that follow', () => {
  test('go on as another event; those before stay as they were', async () => {
    const done = await change({ from: '11:00', until: '16:00', scope: 'following' });
    const id = /events\/([^/]+)\/done/.exec(done.location)?.[1] ?? '';
    expect(id).not.toBe('open-day');
    expect(await desk.events.get(id)).toMatchObject({
      start: '2027-02-13T11:00',
      end: '2027-02-13T16:00',
      status: 'published',
      continues: ['open-day'],
      reason: 'The hall opens later',
    });
    expect((await series()).recurrence?.rrule).toContain('UNTIL=20270206');
  });
});
