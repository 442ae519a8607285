import { beforeEach, describe, expect, test } from 'vitest';
import { openDay } from '../../support/an-event.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
let id: string;
const post = (path: string, body: unknown, version = 2, who = api.southend) =>
  who('POST', `/events/${id}/${path}`, { body, headers: { 'if-match': `"${version}"` } });

beforeEach(async () => {
  api = apiUnderTest();
  const body = { ...openDay, recurrence: { rrule: 'FREQ=WEEKLY;COUNT=6' } };
  id = (await api.southend('POST', '/events', { body })).body.id;
  await post('publish', undefined, 1);
});

describe('an officer', () => {
  test('calls one time of a series off', async () => {
    const off = { recurrenceId: '2027-02-06T10:00', status: 'cancelled', reason: 'Snow' };
    const answer = await post('occurrences', off);
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toBe('"3"');
    expect(answer.body.recurrence.overrides).toEqual([off]);
    expect(answer.body.sequence).toBe(1);
    expect(
      (await post('occurrences', { recurrenceId: '2027-02-06T10:00' }, 3)).body.recurrence.overrides,
    ).toEqual([]);
  });

  test('moves one time and those that follow', async () => {
    const answer = await post('split', {
      from: '2027-02-13T10:00',
      start: '2027-02-13T14:00',
      title: 'Afternoons',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ etag: '"1"', location: `/api/v1/events/${answer.body.id}` });
    expect(answer.body).toMatchObject({
      title: 'Afternoons',
      status: 'published',
      start: '2027-02-13T14:00',
      end: '2027-02-13T19:00',
      continues: [id],
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    });
    const first = (await api.anybody('GET', `/events/${id}`)).body;
    expect(first).toMatchObject({ version: 3, recurrence: { rrule: 'FREQ=WEEKLY;UNTIL=20270206T100000Z' } });
    expect((await api.anybody('GET', `/events/${answer.body.id}`)).body).toEqual(answer.body);
    const sent = await api.southend('PUT', `/events/${answer.body.id}`, {
      body: { ...answer.body, title: 'Later' },
      headers: { 'if-match': '"1"' },
    });
    expect(sent.body).toMatchObject({ title: 'Later', continues: [id] });
  });

  test('calls one time and those that follow off', async () => {
    const answer = await post('split', {
      from: '2027-02-13T10:00',
      status: 'cancelled',
      reason: 'The hall is sold',
    });
    expect(answer.body).toMatchObject({ status: 'cancelled', reason: 'The hall is sold' });
  });
});

describe('is refused', () => {
  const split = { from: '2027-02-13T10:00' };
  test.each([
    ['a time that is none of the series', 'split', { from: '2027-02-14T10:00' }, '/from'],
    ['no time', 'split', {}, '/from'],
    ['the end of a series without a reason', 'split', { ...split, status: 'cancelled' }, '/reason'],
    ['a member there is not', 'split', { ...split, colour: 'red' }, '/colour'],
    ['an end before the start', 'split', { ...split, end: '2027-02-13T09:00' }, '/end'],
    [
      'a time that is none of the series',
      'occurrences',
      { recurrenceId: '2027-02-14T10:00', title: 'X' },
      '/recurrence/overrides/0/recurrenceId',
    ],
    [
      'a cancellation without a reason',
      'occurrences',
      { recurrenceId: '2027-02-13T10:00', status: 'cancelled' },
      '/reason',
    ],
  ])('%s', async (_what, path, body, pointer) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer);
  });

  test('who is not an officer of the district, or has read another version', async () => {
    expect((await post('split', split, 2, api.anybody)).status).toBe(401);
    expect((await post('split', split, 2, api.basildon)).status).toBe(403);
    expect((await post('split', split, 1)).status).toBe(412);
    expect((await api.southend('POST', `/events/${id}/split`, { body: split })).status).toBe(428);
    await post('cancel', { reason: 'Flood' });
    expect((await post('split', split, 3)).status).toBe(409);
    expect((await post('occurrences', { recurrenceId: '2027-02-13T10:00', title: 'X' }, 3)).status).toBe(409);
  });
});
