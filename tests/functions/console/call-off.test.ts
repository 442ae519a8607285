import { beforeEach, describe, expect, test } from 'vitest';
import { edit, revised } from '../../../shared/events/edit-event.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';
import { someConsole } from './some-console.ts';
import { toldOf } from './told-of.ts';

let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
beforeEach(async () => {
  desk = someConsole();
  southend = await desk.as('southend');
});
const at = '/console/events/open-day';
const event = (id = 'open-day') => desk.events.get(id);
const reason = 'The hall is flooded';

describe('an officer who calls an event off', () => {
  test('sees who was told of it, and what telling them costs', async () => {
    await toldOf(desk, anEvent(), ['email', 'email', 'sms']);
    const { words } = await southend.get(`${at}/cancel`);
    expect(words).toContain('An email to 2 people and a text to 1 person go out in the next few minutes.');
    expect(words).toContain('£0.04');
  });

  test('says why, reads what people will read, and does it', async () => {
    await toldOf(desk, anEvent());
    const looked = await southend.post(`${at}/cancel`, { version: '2', reason, look: 'yes' });
    expect(looked.words).toContain('This event has been cancelled. Reason: The hall is flooded.');
    expect(looked.words).toContain('CANCELLED: Southend Police Station open day');
    expect(looked.html).toContain(`>${reason}</textarea>`);
    expect((await event())?.status).toBe('published');
    const done = await southend.post(`${at}/cancel`, { version: '2', reason });
    expect(done.location).toBe(`${at}/done?version=3`);
    expect(await event()).toMatchObject({ status: 'cancelled', reason });
    const { words } = await southend.get(done.location);
    expect(words).toContain('It is cancelled');
    expect(words).toContain('An email to 1 person goes out in the next few minutes.');
  });

  test('reads at night when they are told: at once where somebody would stand before a closed door', async () => {
    await toldOf(desk, anEvent());
    desk.clock.now = new Date('2027-01-28T22:00:00Z');
    const late = await (await desk.as('southend')).get(`${at}/cancel`);
    expect(late.words).toContain('An email to 1 person goes out at 8am tomorrow.');
    desk.clock.now = new Date('2027-01-29T23:00:00Z');
    const night = await (await desk.as('southend')).get(`${at}/cancel`);
    expect(night.words).toContain('goes out in the next few minutes');
  });

  test('must say why', async () => {
    await desk.given(anEvent());
    for (const form of [{}, { reason: '  ' }, { reason: 'x'.repeat(501) }] as Record<string, string>[]) {
      const answer = await southend.post(`${at}/cancel`, { version: '2', ...form });
      expect(answer.status).toBe(422);
      expect(answer.words).toContain('There is a problem Say why in 500 characters or fewer');
      expect(answer.html).toContain('href="#reason"');
    }
    expect((await event())?.status).toBe('published');
  });

  test('postpones it in the same way', async () => {
    await desk.given(anEvent());
    expect((await southend.get(`${at}/postpone`)).words).toContain('Nobody was told of it');
    const done = await southend.post(`${at}/postpone`, { version: '2', reason: 'Snow' });
    expect(await event()).toMatchObject({ status: 'postponed', reason: 'Snow' });
    expect((await southend.get(done.location)).words).toContain('It is postponed');
  });

  test('does it once, however often the form is sent', async () => {
    await desk.given(anEvent());
    const both = await Promise.all([0, 1].map(() => southend.post(`${at}/cancel`, { version: '2', reason })));
    expect(both.map(({ location }) => location)).toEqual(Array(2).fill(`${at}/done?version=3`));
    expect((await event())?.version).toBe(3);
  });

  test('who was overtaken sees how, and loses no word', async () => {
    const before = anEvent();
    await desk.given(before);
    const by = { id: 'other', name: 'Another officer' };
    const change = { by, action: 'edit' as const, now: desk.clock.now, newId: desk.newId };
    await desk.events.save(
      edit(before, revised(before, inputOf({ start: '2027-01-30T11:00' }), desk.clock.now), change),
    );
    const answer = await southend.post(`${at}/cancel`, { version: '2', reason });
    expect(answer.status).toBe(412);
    expect(answer.words).toContain('Changed by Another officer');
    expect(answer.html).toContain(`>${reason}</textarea>`);
    expect((await event())?.status).toBe('published');
  });

  test('does so in the own districts only, and only to what residents know', async () => {
    await desk.given(anEvent(), aDraft({}, 'draft'));
    const basildon = await desk.as('basildon');
    for (const way of ['cancel', 'postpone']) {
      expect((await basildon.get(`${at}/${way}`)).status).toBe(403);
      expect((await basildon.post(`${at}/${way}`, { version: '2', reason })).status).toBe(403);
      expect((await basildon.get(`/console/events/draft/${way}`)).status).toBe(404);
      expect((await southend.get(`/console/events/draft/${way}`)).status).toBe(409);
    }
  });

  test('cannot put anything but words into the page', async () => {
    await desk.given(anEvent());
    const script = '</textarea><script>alert(1)</script>';
    const { html } = await southend.post(`${at}/cancel`, { version: '2', reason: script, look: 'yes' });
    expect(html).not.toContain('<script>alert');
  });
});

describe('one date of a series', () => {
  const weekly = (exceptions: string[] = []) =>
    anEvent({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4', exceptions }, title: 'Street meet' });
  const date = '2027-02-13T10:00';

  test('is found in the list of dates', async () => {
    await desk.given(weekly(['2027-02-06T10:00']));
    expect((await southend.get(at)).html).toContain(`${at}/dates`);
    const { words, html } = await southend.get(`${at}/dates`);
    expect(words).toContain('Saturday 30 January 2027, 10am to 3pm');
    expect(words).not.toContain('6 February');
    expect(html).toContain(`${at}/cancel?date=2027-02-13T10%3A00`);
  });

  test('is cancelled alone: the others take place', async () => {
    await toldOf(desk, weekly());
    const asked = await southend.get(`${at}/cancel?date=${date}`);
    expect(asked.words).toContain('Saturday 13 February 2027, 10am to 3pm');
    expect(asked.words).toContain('An email to 1 person goes out');
    const looked = await southend.post(`${at}/cancel`, { version: '2', reason, date, look: 'yes' });
    expect(looked.words).toContain('13 February');
    const done = await southend.post(`${at}/cancel`, { version: '2', reason, date, scope: 'one' });
    expect((await southend.get(done.location)).words).toContain('The date is cancelled');
    const now = await event();
    expect(now).toMatchObject({ status: 'published' });
    expect(now?.recurrence?.overrides).toEqual([{ recurrenceId: date, status: 'cancelled', reason }]);
    expect((await southend.get(`${at}/dates`)).words).toMatch(/13 February 2027, 10am to 3pm Cancelled/);
    expect((await southend.get(`${at}/cancel?date=${date}`)).status).toBe(409);
  });

  test('with all that follow is cancelled as an event of its own', async () => {
    await toldOf(desk, weekly());
    const form = { version: '2', reason, date, scope: 'following' };
    const looked = await southend.post(`${at}/cancel`, { ...form, look: 'yes' });
    expect(looked.words).toContain('An email to 1 person goes out');
    const done = await southend.post(`${at}/cancel`, form);
    const id = /events\/([^/]+)\/done/.exec(done.location)?.[1] ?? '';
    expect(id).not.toBe('open-day');
    expect(await event(id)).toMatchObject({ status: 'cancelled', start: date, reason });
    const { words } = await southend.get(done.location);
    expect(words).toContain('The dates are cancelled');
    expect(words).toContain('An email to 1 person goes out');
    expect((await event())?.recurrence?.rrule).toContain('UNTIL=20270206');
  });

  test('that is none is not there', async () => {
    await desk.given(weekly(), anEvent({}, 'single'));
    for (const wrong of ['2027-02-14T10:00', 'tomorrow', '2027-13-40T99:99'])
      expect((await southend.get(`${at}/cancel?date=${wrong}`)).status, wrong).toBe(404);
    expect((await southend.get('/console/events/single/cancel?date=2027-01-30T10:00')).status).toBe(404);
    expect((await southend.post(`${at}/cancel`, { version: '2', reason, date: 'x' })).status).toBe(404);
  });
});
