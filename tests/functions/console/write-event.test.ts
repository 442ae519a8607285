import { beforeEach, describe, expect, test } from 'vitest';
import { edit, revised } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { fieldsIn } from './fields-in.ts';
import { someConsole } from './some-console.ts';

let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
beforeEach(async () => {
  desk = someConsole();
  southend = await desk.as('southend');
});

/** As little as makes an event. */
const typed = {
  title: 'Coffee with a copper',
  kind: 'street-meet',
  date: '2027-02-02',
  from: '10:00',
  until: '11:30',
  districts: 'southend',
  team: 'southend-cpt',
};
/** Residents are told of it, and why. */
const decided = { decided: 'yes', moveReason: 'The hall opens later' };
type Fields = Record<string, string | string[]>;

const all = async () => (await desk.events.list({ limit: 100, isVisible: () => true })).items;
const only = async () => (await all())[0] as Event;
const create = (fields: Fields = {}) => southend.post('/console/events/new', { ...typed, ...fields });

describe('a new event', () => {
  test('needs six answers of an officer with one district and one team, and then goes on to publishing', async () => {
    const page = await southend.get('/console/events/new');
    const given = fieldsIn(page.html);
    expect(given.districts).toEqual(['southend']);
    expect(given.team).toEqual(['southend-cpt']);
    const { title, kind, date, from, until } = typed;
    const saved = await southend.post('/console/events/new', {
      ...given,
      title,
      kind,
      date,
      from,
      until,
      next: 'publish',
    });
    const event = await only();
    expect(saved.location).toBe(`/console/events/${event.id}/publish`);
    expect(event).toMatchObject({
      status: 'draft',
      audience: 'public',
      start: '2027-02-02T10:00',
      end: '2027-02-02T11:30',
      contact: { name: essex.team.get('southend-cpt')?.name },
    });
  });

  test('is made once, however often its form is sent', async () => {
    const { once } = fieldsIn((await southend.get('/console/events/new')).html);
    const answers = await Promise.all([1, 2].map(() => create({ once: once ?? '' }))).catch(() => []);
    const again = await create({ once: once ?? '' });
    expect(again.status).toBe(303);
    expect(await all()).toHaveLength(1);
    expect(answers.every(({ status }) => status === 303 || status === 409)).toBe(true);
  });

  test('shows each fault beside its field and in the summary, and forgets nothing that was typed', async () => {
    const page = await create({
      title: '',
      kind: '',
      from: 'noon',
      venueName: '"Hall" <b>',
      description: 'Two\r\nlines & more',
      access: ['parking'],
      contactEmail: 'not an address',
      repeat: 'weekly',
      on: ['1', '3'],
    });
    expect(page.status).toBe(422);
    expect(page.html).toContain('<title>Error: ');
    expect(page.html).toContain('href="#from"');
    const fields = fieldsIn(page.html);
    expect(fields).toMatchObject({
      from: ['noon'],
      venueName: ['"Hall" <b>'],
      description: ['Two\r\nlines & more'],
      access: ['parking'],
      contactEmail: ['not an address'],
      on: ['1', '3'],
    });
    const next = await create({ ...fields, from: '10.30', title: '', kind: '' });
    for (const [field, words] of Object.entries({
      title: 'Enter a title of up to 200 characters',
      kind: 'Choose what kind of event it is',
      contactEmail: 'Enter an email address, like name@example.com',
    })) {
      expect(next.html).toContain(`href="#${field}"`);
      expect(next.words.split(words).length - 1, words).toBe(2);
      expect(next.html).toContain(`id="${field}-error"`);
    }
    expect(await all()).toEqual([]);
  });

  test('takes dates and times as people write them', async () => {
    await create({ date: '2/2/2027', from: '10am', until: '1.30 pm' });
    expect(await only()).toMatchObject({ start: '2027-02-02T10:00', end: '2027-02-02T13:30' });
  });

  test.each([
    ['a day that does not exist', { date: '30/2/2027' }, 'date'],
    ['an end before the start', { until: '09:00' }, 'until'],
    ['a rule without end or sense', { repeat: 'weekly', endsAfter: 'often' }, 'endsAfter'],
    ['a repetition of which nothing is known', { repeat: 'hourly' }, 'repeat'],
    ['a place without a name', { address: 'High Street' }, 'venueName'],
    ['a capacity in words', { capacity: 'many' }, 'capacity'],
  ])('refuses %s at its field', async (_what, fields, field) => {
    const page = await create(fields);
    expect(page.status).toBe(422);
    expect(page.html).toContain(`href="#${field}"`);
    expect(page.html).toContain(`id="${field}-error"`);
  });

  test('is refused for a district of others, whatever the form says', async () => {
    expect((await create({ districts: 'basildon', team: 'basildon-cpt' })).status).toBe(403);
    expect(await all()).toEqual([]);
  });

  test('all day, for several days: the last day is one of them', async () => {
    await create({ allDay: 'yes', lastDay: '2027-02-04', from: '', until: '' });
    expect(await only()).toMatchObject({ allDay: true, start: '2027-02-02', end: '2027-02-05' });
  });

  test('that repeats: the dates it makes can be looked at first, bank holidays marked', async () => {
    const series = {
      date: '2027-03-23',
      repeat: 'fortnightly',
      on: ['0', '1'],
      endsOn: '2027-05-05',
      fill: 'dates',
    };
    const page = await create({ ...series, title: '' });
    expect(page.status).toBe(200);
    expect(page.words).toContain('Tuesday 23 March 2027, 10am to 11:30am');
    expect(page.words).toContain('Early May bank holiday');
    expect(await all()).toEqual([]);
    await create({ ...fieldsIn(page.html), title: 'Again' });
    expect((await only()).recurrence?.rrule).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;UNTIL=20270505');
  });

  test('at a school is for partners only, and public only if the school agreed', async () => {
    await create({ kind: 'school-visit' });
    expect((await only()).audience).toBe('partners');
    const refused = await create({ kind: 'school-visit', audience: 'public' });
    expect(refused.status).toBe(422);
    expect(refused.words).toContain('A school visit is not public unless the school agreed.');
    await create({ kind: 'school-visit', audience: 'public', schoolAgreed: 'yes', title: 'Agreed' });
    expect((await all()).find(({ title }) => title === 'Agreed')?.audience).toBe('public');
  });
});

describe('the venue book', () => {
  const library = {
    venueName: 'Library',
    address: '1 Elmer Avenue',
    postcode: 'ss1 1nS',
    access: ['step-free', 'toilets'],
  };

  test('learns a place with its access facts, and fills it in without a script', async () => {
    expect((await southend.get('/console/events/new')).words).not.toContain(
      'A place you have been to before',
    );
    await create(library);
    const page = await southend.get('/console/events/new');
    expect(page.words).toContain('Library, SS1 1NS');
    const key = /<option value="([^"]+)"[^>]*>Library/.exec(page.html)?.[1] ?? '';
    const filled = await create({ ...fieldsIn(page.html), title: 'Typed before', venue: key, fill: 'venue' });
    expect(filled.status).toBe(200);
    expect(fieldsIn(filled.html)).toMatchObject({
      title: ['Typed before'],
      venueName: ['Library'],
      address: ['1 Elmer Avenue'],
      postcode: ['SS1 1NS'],
      access: ['step-free', 'toilets'],
    });
  });

  test('keeps to the districts that have been there', async () => {
    await create(library);
    const basildon = await desk.as('basildon');
    expect((await basildon.get('/console/events/new')).words).not.toContain('Library');
  });
});

describe('changing an event', () => {
  test('shows what is there, and saving it as it is changes nothing', async () => {
    const event = anEvent({
      kind: 'school-visit',
      audience: 'public',
      venue: { name: 'Hall', latitude: 51.5, longitude: 0.7, access: ['bsl'] },
      partners: ['Fire service', 'Council'],
      recurrence: {
        rrule: 'FREQ=WEEKLY;COUNT=4',
        exceptions: ['2027-02-06T10:00'],
        overrides: [{ recurrenceId: '2027-02-13T10:00', title: 'Other' }],
      },
      capacity: 20,
    });
    await desk.given(event);
    const page = await southend.get('/console/events/open-day/edit');
    const saved = await southend.post('/console/events/open-day/edit', fieldsIn(page.html));
    expect(saved.location).toBe('/console/events/open-day?saved=yes');
    expect(await desk.events.get('open-day')).toEqual(event);
  });

  test('keeps a rule that the form cannot say', async () => {
    const rrule = 'FREQ=MONTHLY;BYDAY=1SA,3SA;COUNT=6';
    await desk.given(anEvent({ start: '2027-02-06T10:00', end: '2027-02-06T12:00', recurrence: { rrule } }));
    const page = await southend.get('/console/events/open-day/edit');
    expect(page.words).toContain('As it is');
    await southend.post('/console/events/open-day/edit', { ...fieldsIn(page.html), title: 'Renamed' });
    expect(await desk.events.get('open-day')).toMatchObject({ title: 'Renamed', recurrence: { rrule } });
  });

  test('at another time of day: a day that was off stays off', async () => {
    const recurrence = { rrule: 'FREQ=WEEKLY;BYDAY=SA;COUNT=4', exceptions: ['2027-02-06T10:00'] };
    await desk.given(anEvent({ recurrence }));
    const page = await southend.get('/console/events/open-day/edit');
    await southend.post('/console/events/open-day/edit', {
      ...fieldsIn(page.html),
      ...decided,
      from: '11:00',
    });
    expect((await desk.events.get('open-day'))?.recurrence?.exceptions).toEqual(['2027-02-06T11:00']);
  });

  test('on another weekday: a weekly series goes along', async () => {
    const recurrence = { rrule: 'FREQ=WEEKLY;BYDAY=SA;COUNT=4', exceptions: ['2027-02-06T10:00'] };
    await desk.given(anEvent({ recurrence }));
    const page = await southend.get('/console/events/open-day/edit');
    await southend.post('/console/events/open-day/edit', {
      ...fieldsIn(page.html),
      ...decided,
      date: '2027-01-31',
    });
    expect((await desk.events.get('open-day'))?.recurrence).toMatchObject({
      rrule: 'FREQ=WEEKLY;BYDAY=SU;COUNT=4',
      exceptions: ['2027-02-07T10:00'],
    });
  });

  test('of another district is refused by whatever address', async () => {
    await desk.given(
      anEvent({ districts: ['basildon'], team: 'basildon-cpt' }),
      aDraft({ districts: ['basildon'], team: 'basildon-cpt' }, 'draft'),
    );
    for (const [id, status] of [
      ['open-day', 403],
      ['draft', 404],
    ] as const) {
      expect((await southend.get(`/console/events/${id}/edit`)).status).toBe(status);
      expect((await southend.post(`/console/events/${id}/edit`, { ...typed, version: '2' })).status).toBe(
        status,
      );
      expect((await southend.get(`/console/events/new?copy=${id}`)).status).toBe(status);
    }
  });

  test('copies everything but when it is', async () => {
    await desk.given(anEvent({ externalId: 'NPW-1', partners: ['Council'] }));
    const { location } = await southend.get('/console/events/open-day/copy');
    const fields = fieldsIn((await southend.get(location)).html);
    expect(fields).toMatchObject({
      title: ['Southend Police Station open day'],
      partners: ['Council'],
      date: [''],
      from: ['10:00'],
      externalId: [''],
    });
    await southend.post('/console/events/new', { ...fields, date: '2027-03-01' });
    expect(await all()).toHaveLength(2);
  });
});

describe('two officers at once', () => {
  const other = async (before: Event, members: Record<string, unknown>) => {
    const after = revised(before, inputOf(members), desk.clock.now);
    await desk.events.save(
      edit(before, after, {
        by: { id: 'x', name: 'Sergeant Other' },
        action: 'edit',
        now: desk.clock.now,
        newId: desk.newId,
      }),
    );
    return after;
  };

  test('see both versions, and lose neither', async () => {
    const draft = aDraft();
    await desk.given(draft);
    const mine = fieldsIn((await southend.get('/console/events/open-day/edit')).html);
    await other(draft, { summary: 'Bring the dog', capacity: 50 });
    const page = await southend.post('/console/events/open-day/edit', {
      ...mine,
      summary: 'Bring the cat',
      title: 'Open house',
    });
    expect(page.status).toBe(412);
    expect(page.words).toContain('Sergeant Other changed “Southend Police Station open day”');
    expect(page.words).toMatch(/Summary Yours: Bring the cat As it is now: Bring the dog/);
    const fields = fieldsIn(page.html);
    expect(fields).toMatchObject({
      'pick-title': ['mine'],
      'pick-summary': ['mine'],
      'pick-capacity': ['theirs'],
    });
    await southend.post('/console/events/open-day/edit', { ...fields, 'pick-summary': 'theirs' });
    expect(await desk.events.get('open-day')).toMatchObject({
      title: 'Open house',
      summary: 'Bring the dog',
      capacity: 50,
    });
  });

  test('also when a third is faster than the choice', async () => {
    const draft = aDraft();
    await desk.given(draft);
    const mine = fieldsIn((await southend.get('/console/events/open-day/edit')).html);
    const second = await other(draft, { summary: 'Second' });
    const page = await southend.post('/console/events/open-day/edit', { ...mine, summary: 'Mine' });
    await other(second, { summary: 'Third' });
    const again = await southend.post('/console/events/open-day/edit', fieldsIn(page.html));
    expect(again.status).toBe(412);
    expect(again.words).toMatch(/Yours: Mine As it is now: Third/);
    await southend.post('/console/events/open-day/edit', fieldsIn(again.html));
    expect((await desk.events.get('open-day'))?.summary).toBe('Mine');
  });
});

describe('saving as you go', () => {
  const autosave = (address: string, fields: Fields) =>
    southend.post(address, { ...fields, autosave: 'yes' });

  test('makes a draft once, then saves the same, and says so in JSON', async () => {
    const first = await autosave('/console/events/new', { ...typed, once: 'key' });
    const reply = JSON.parse(first.html);
    const { id } = await only();
    expect(reply).toEqual({ address: `/console/events/${id}/edit`, version: 1 });
    const next = await autosave(reply.address, { ...typed, summary: 'More', version: '1' });
    expect(JSON.parse(next.html).version).toBe(2);
    expect(await only()).toMatchObject({ summary: 'More', status: 'draft' });
  });

  test('overwrites nobody', async () => {
    const draft = aDraft();
    await desk.given(draft);
    await autosave('/console/events/open-day/edit', { ...typed, version: '1' });
    const stale = await autosave('/console/events/open-day/edit', { ...typed, title: 'Late', version: '1' });
    expect(stale.status).toBe(412);
    expect((await only()).title).toBe(typed.title);
  });

  test('never touches what is public', async () => {
    await desk.given(anEvent());
    expect((await southend.get('/console/events/open-day/edit')).html).not.toContain('data-autosave');
    const answer = await autosave('/console/events/open-day/edit', { ...typed, version: '2' });
    expect(answer.status).toBe(409);
    expect((await only()).title).toBe('Southend Police Station open day');
  });
});
