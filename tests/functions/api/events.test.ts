import { beforeEach, describe, expect, test } from 'vitest';
import { openDay } from '../../support/an-event.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});
const create = async (members: Record<string, unknown> = {}) =>
  (await api.southend('POST', '/events', { body: { ...openDay, ...members } })).body;
const command = (id: string, name: string, version: number, body?: unknown, who = api.southend) =>
  who('POST', `/events/${id}/${name}`, { body, headers: { 'if-match': `"${version}"` } });
const published = async (members: Record<string, unknown> = {}) => {
  const { id } = await create(members);
  return (await command(id, 'publish', 1)).body;
};

describe('an officer', () => {
  test('creates a draft that residents do not see', async () => {
    const answer = await api.southend('POST', '/events', { body: openDay });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ etag: '"1"', location: `/api/v1/events/${answer.body.id}` });
    expect(answer.body).toMatchObject({
      status: 'draft',
      version: 1,
      sequence: 0,
      url: `https://events.example/events/${answer.body.id}`,
      calendarUrl: `https://events.example/calendars/events/${answer.body.id}.ics`,
    });
    expect((await api.anybody('GET', `/events/${answer.body.id}`)).status).toBe(404);
    expect((await api.basildon('GET', `/events/${answer.body.id}`)).status).toBe(404);
    expect((await api.southend('GET', `/events/${answer.body.id}`)).status).toBe(200);
  });

  test('publishes, moves, postpones and cancels it', async () => {
    const { id } = await create();
    expect((await command(id, 'publish', 1)).body).toMatchObject({
      status: 'published',
      version: 2,
      sequence: 0,
    });
    const moved = await api.southend('PUT', `/events/${id}`, {
      body: { ...openDay, start: '2027-01-30T11:00' },
      headers: { 'if-match': '"2"' },
    });
    expect(moved.body).toMatchObject({
      version: 3,
      sequence: 1,
      start: '2027-01-30T11:00',
      status: 'published',
    });
    expect((await command(id, 'postpone', 3, { reason: 'Flood' })).body).toMatchObject({
      status: 'postponed',
      sequence: 2,
    });
    expect((await command(id, 'cancel', 4, { reason: 'Flood' })).body).toMatchObject({
      status: 'cancelled',
      reason: 'Flood',
    });
    expect((await command(id, 'publish', 5)).status).toBe(409);
    expect((await api.anybody('GET', `/events/${id}`)).body.status).toBe('cancelled');
  });

  test('completes it once it has started', async () => {
    const { id } = await published();
    expect((await command(id, 'complete', 2, { attendance: 12 })).status).toBe(409);
    api.clock.now = new Date('2027-01-30T16:00:00Z');
    expect((await command(id, 'complete', 2, { attendance: 12, notes: 'Rain' })).body).toMatchObject({
      status: 'completed',
      attendance: 12,
    });
    const { body } = await api.southend('GET', `/events/${id}/history`);
    expect(body.items[0]).toMatchObject({ action: 'complete', notes: 'Rain' });
  });

  test('must say which version, and the right one', async () => {
    const { id } = await create();
    expect((await api.southend('POST', `/events/${id}/publish`)).status).toBe(428);
    expect((await command(id, 'publish', 7)).status).toBe(412);
    expect((await api.southend('PUT', `/events/${id}`, { body: openDay })).status).toBe(428);
  });

  test('acts in the own districts only', async () => {
    expect((await api.basildon('POST', '/events', { body: openDay })).status).toBe(403);
    const { id } = await published();
    expect((await command(id, 'cancel', 2, { reason: 'x' }, api.basildon)).status).toBe(403);
    const away = await api.southend('PUT', `/events/${id}`, {
      body: { ...openDay, districts: ['southend', 'basildon'] },
      headers: { 'if-match': '"2"' },
    });
    expect(away).toMatchObject({ status: 403, body: { detail: '"basildon" is not a district of yours' } });
    expect((await command(id, 'cancel', 2, { reason: 'x' }, api.supervisor)).status).toBe(200);
  });

  test('sees what became of it', async () => {
    const { id } = await published();
    const { body } = await api.southend('GET', `/events/${id}/history`);
    expect(body.items).toMatchObject([
      { version: 2, action: 'publish', by: 'southend', bulletins: [] },
      { version: 1, action: 'create' },
    ]);
    expect((await api.anybody('GET', `/events/${id}/history`)).status).toBe(401);
  });

  test('may send back what was read: its own members are ignored', async () => {
    const event = await published();
    const answer = await api.southend('PUT', `/events/${event.id}`, {
      body: { ...event, title: 'New', status: 'cancelled', version: 99 },
      headers: { 'if-match': '"2"' },
    });
    expect(answer).toMatchObject({ status: 200, body: { title: 'New', status: 'published', version: 3 } });
  });
});

describe('a repeated POST with an Idempotency-Key', () => {
  const post = (key: string, members = {}) =>
    api.southend('POST', '/events', {
      body: { ...openDay, ...members },
      headers: { 'idempotency-key': key },
    });

  test('makes one event', async () => {
    const first = await post('a');
    const second = await post('a');
    expect(second.status).toBe(201);
    expect(second.body.id).toBe(first.body.id);
    expect((await post('b')).body.id).not.toBe(first.body.id);
  });

  test('with another body is refused, and forgotten after a day', async () => {
    await post('a');
    expect((await post('a', { title: 'Other' })).status).toBe(422);
    api.clock.now = new Date(api.clock.now.getTime() + 86_400_000);
    expect((await post('a', { title: 'Other' })).status).toBe(201);
  });
});

describe('what is not right is said', () => {
  const faults = async (members: Record<string, unknown>) => {
    const answer = await api.southend('POST', '/events', { body: { ...openDay, ...members } });
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    return answer.body.errors;
  };

  test('with a pointer to each member', async () => {
    expect(await faults({ colour: 'red', start: '2027-02-30T10:00' })).toEqual(
      expect.arrayContaining([
        { pointer: '/colour', message: 'is not a known member' },
        { pointer: '/start', message: expect.stringContaining('must be a local time') },
      ]),
    );
    expect(await faults({ districts: ['southend', 'kent'] })).toEqual([
      { pointer: '/districts/1', message: '"kent" is not a district of Essex Police' },
    ]);
    expect(await faults({ title: undefined })).toEqual([{ pointer: '/title', message: 'is missing' }]);
    expect(await faults({ kind: 'party' })).toMatchObject([{ pointer: '/kind' }]);
    expect(await faults({ venue: { name: 'Pier', colour: 'red' } })).toMatchObject([
      { pointer: '/venue/colour' },
    ]);
  });

  test.each([
    ['FREQ=WEEKLY;COUNT=0', 'COUNT must be a whole number'],
    ['FREQ=HOURLY', 'FREQ must be one of'],
    ['FREQ=WEEKLY;BYDAY=MO', 'does not include the start'],
  ])('of a rule that no calendar would read alike: %s', async (rrule, message) => {
    expect(await faults({ recurrence: { rrule } })).toEqual([
      { pointer: '/recurrence/rrule', message: expect.stringContaining(message) },
    ]);
    const strange = { rrule: 'FREQ=WEEKLY;COUNT=3', exceptions: ['2027-02-07T10:00'] };
    expect(await faults({ recurrence: strange })).toMatchObject([{ pointer: '/recurrence/exceptions/0' }]);
  });

  test('of a year that no list could sort', async () => {
    expect(await faults({ start: '0001-01-01T10:00', end: '0001-01-01T11:00' })).toEqual([
      { pointer: '/start', message: 'must be in the years 1900 to 2999' },
    ]);
  });

  test('of a body that is no JSON, no object, or too large', async () => {
    const broken = await api.southend('POST', '/events', { body: '{"title": ' });
    expect(broken).toMatchObject({ status: 400, body: { detail: expect.stringContaining('not JSON') } });
    expect((await api.southend('POST', '/events', { body: '[]' })).status).toBe(422);
    const large = JSON.stringify({ ...openDay, description: 'x'.repeat(5_000_000) });
    expect(await api.southend('POST', '/events', { body: large })).toMatchObject({
      status: 413,
      body: { status: 413 },
    });
  });

  test('of a caller without a token, with a wrong one, and at an address that is not there', async () => {
    expect((await api.anybody('POST', '/events', { body: openDay })).headers['www-authenticate']).toBe(
      'Bearer',
    );
    expect((await api.as('nobody')('POST', '/events', { body: openDay })).status).toBe(401);
    expect((await api.anybody('GET', '/nowhere')).body).toMatchObject({ status: 404, title: 'Not found' });
  });
});

describe('lists', () => {
  const titles = async (query: string, who = api.anybody) =>
    (await who('GET', `/events?${query}`)).body.items.map(({ title }: { title: string }) => title);

  beforeEach(async () => {
    await published({ title: 'C', start: '2027-01-30T23:30', end: '2027-01-30T23:45' });
    await published({ title: 'A', start: '2027-01-28T10:00', end: '2027-01-28T11:00', kind: 'talk' });
    await published({ title: 'B', start: '2027-01-29T00:00', end: '2027-01-29T11:00', campaign: 'npw-2027' });
    await published({ title: 'Partners', audience: 'partners' });
    await create({ title: 'Draft' });
  });

  test('hold public events by start; officers also see theirs when they ask', async () => {
    expect(await titles('')).toEqual(['A', 'B', 'C']);
    expect(await titles('scope=officer', api.southend)).toEqual(['A', 'B', 'Partners', 'Draft', 'C']);
    expect(await titles('scope=officer', api.basildon)).toEqual(['A', 'B', 'C']);
    expect((await api.anybody('GET', '/events?scope=officer')).status).toBe(401);
  });

  test('are filtered by district, kind, campaign and inclusive dates', async () => {
    expect(await titles('district=southend&kind=talk')).toEqual(['A']);
    expect(await titles('district=basildon')).toEqual([]);
    expect(await titles('campaign=npw-2027')).toEqual(['B']);
    expect(await titles('from=2027-01-29&to=2027-01-30')).toEqual(['B', 'C']);
    expect(await titles('to=2027-01-28')).toEqual(['A']);
  });

  test('default to now and later', async () => {
    api.clock.now = new Date('2027-01-29T10:00:00Z');
    expect(await titles('')).toEqual(['B', 'C']);
    expect(await titles('from=2027-01-01')).toEqual(['A', 'B', 'C']);
  });

  test('come in pages', async () => {
    const first = (await api.anybody('GET', '/events?limit=2')).body;
    expect(first.items).toHaveLength(2);
    const second = (await api.anybody('GET', `/events?limit=2&cursor=${first.cursor}`)).body;
    expect(second).toMatchObject({ items: [{ title: 'C' }], cursor: null });
  });

  test.each([
    'district=kent',
    'kind=party',
    'campaign=x',
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=x',
    'from=tomorrow',
    'colour=red',
  ])('refuse %s', async (query) => {
    const answer = await api.anybody('GET', `/events?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].pointer).toBe(`/${query.split('=')[0]}`);
  });
});

test('districts, teams and campaigns are lists', async () => {
  expect((await api.anybody('GET', '/districts')).body.items).toHaveLength(14);
  expect((await api.anybody('GET', '/teams')).body.items).toHaveLength(11);
  expect((await api.anybody('GET', '/campaigns')).body).toMatchObject({
    items: [{ id: 'npw-2027' }, {}],
    cursor: null,
  });
});

test('an officer learns what the system takes them for', async () => {
  expect((await api.southend('GET', '/me')).body).toMatchObject({
    roles: ['officer'],
    districts: ['southend'],
  });
  expect((await api.supervisor('GET', '/me')).body.districts).toHaveLength(14);
});
