import { beforeEach, describe, expect, test } from 'vitest';
import { csv } from '../../../shared/reports/csv.ts';
import { openDay } from '../../support/an-event.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});

const command = async (id: string, name: string, body?: unknown) =>
  (await api.supervisor('POST', `/events/${id}/${name}`, { body, headers: { 'if-match': '*' } })).body;
const publish = async (members: Record<string, unknown> = {}) => {
  const { body } = await api.supervisor('POST', '/events', { body: { ...openDay, ...members } });
  return command(body.id, 'publish');
};
const report = async (query = '?from=2027-01-01&to=2027-02-28', who = api.supervisor) =>
  (await who('GET', `/reports/engagement${query}`)).body;
const row = (rows: { id: string }[], id: string) => rows.find((one) => one.id === id);

describe('the engagement report', () => {
  test('counts events by district, kind, campaign and month', async () => {
    await publish({ campaign: 'npw-2027' });
    await publish({
      districts: ['southend', 'rochford'],
      kind: 'talk',
      start: '2027-02-03T10:00',
      end: '2027-02-03T11:00',
    });
    await publish({ districts: ['basildon'], audience: 'internal' });
    await api.supervisor('POST', '/events', { body: openDay });
    const body = await report();
    expect(body.total).toMatchObject({ events: 3, occurrences: 3, cancelled: 0 });
    expect(row(body.byDistrict, 'southend')).toMatchObject({ name: 'Southend-on-Sea', events: 2 });
    expect(row(body.byDistrict, 'rochford')).toMatchObject({ events: 1 });
    expect(row(body.byDistrict, 'harlow')).toMatchObject({ events: 0 });
    expect(row(body.byKind, 'talk')).toMatchObject({ name: 'Talk', events: 1 });
    expect(row(body.byCampaign, 'npw-2027')).toMatchObject({ events: 1 });
    expect(body.byMonth.map(({ id, events }: { id: string; events: number }) => [id, events])).toEqual([
      ['2027-01', 2],
      ['2027-02', 1],
    ]);
  });

  test('counts a series once, and each of its times', async () => {
    await publish({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=5', exceptions: ['2027-02-13T10:00'] } });
    const body = await report();
    expect(body.total).toMatchObject({ events: 1, occurrences: 4 });
    expect(body.byMonth).toMatchObject([
      { id: '2027-01', events: 1, occurrences: 1 },
      { id: '2027-02', events: 1, occurrences: 3 },
    ]);
    expect((await report('?from=2027-02-01&to=2027-02-28')).total).toMatchObject({
      events: 1,
      occurrences: 3,
    });
  });

  test('adds up who came, and counts apart what was called off', async () => {
    const came = await publish();
    const off = await publish();
    const late = await publish();
    await command(off.id, 'cancel', { reason: 'Flood' });
    await command(late.id, 'postpone', { reason: 'Flood' });
    api.clock.now = new Date('2027-01-31T12:00:00Z');
    await command(came.id, 'complete', { attendance: 120 });
    const body = await report();
    expect(body.total).toMatchObject({ events: 1, attendance: 120, cancelled: 1, postponed: 1 });
    expect(row(body.byMonth, '2027-01')).toMatchObject({ attendance: 120 });
  });

  test('counts the notices of a bulletin once, in the district it was for', async () => {
    const [one, two] = [await publish(), await publish({ districts: ['southend', 'basildon'] })];
    const bulletins: Record<string, unknown[]> = {
      [one.id]: [{ id: 'b1', district: 'southend', email: 100, sms: 5 }],
      [two.id]: [
        { id: 'b1', district: 'southend', email: 100, sms: 5 },
        { id: 'b2', district: 'basildon', email: 30, sms: 0 },
      ],
    };
    api.deps.bulletins.causedBy = async (id) =>
      (bulletins[id] ?? []).map((bulletin) => ({
        at: undefined,
        version: 2,
        what: 'published',
        ...(bulletin as { id: string; district: string; email: number; sms: number }),
      }));
    const body = await report();
    expect(body.total.notices).toEqual({ email: 130, sms: 5 });
    expect(row(body.byDistrict, 'southend')).toMatchObject({ notices: { email: 100, sms: 5 } });
    expect((await report('', api.southend)).total.notices).toEqual({ email: 0, sms: 0 });
  });

  test('names districts where nothing took place in the last 30 days, whatever was asked for', async () => {
    await publish();
    const soon = await report();
    expect(soon.quietDistricts).toHaveLength(14);
    api.clock.now = new Date('2027-02-10T12:00:00Z');
    expect((await report('?from=2026-01-01&to=2026-01-31')).quietDistricts).not.toContain('southend');
    api.clock.now = new Date('2027-03-10T12:00:00Z');
    expect((await report('?from=2027-01-01&to=2027-01-31')).quietDistricts).toContain('southend');
  });

  test('is of the officer’s own districts, and of the year up to today', async () => {
    await publish({ districts: ['southend', 'basildon'] });
    api.clock.now = new Date('2027-02-10T12:00:00Z');
    expect(await report('', api.southend)).toMatchObject({
      from: '2026-02-10',
      to: '2027-02-10',
      districts: ['southend'],
      total: { events: 1 },
      byDistrict: [{ id: 'southend' }],
    });
    expect((await report('?district=basildon')).districts).toEqual(['basildon']);
  });

  test.each([
    ['district=kent', '/district'],
    ['from=x', '/from'],
    ['from=2027-02-01&to=2027-01-01', '/to'],
    ['from=2020-01-01&to=2027-01-01', '/to'],
    ['colour=red', '/colour'],
  ])('refuses %s', async (query, pointer) => {
    const answer = await api.southend('GET', `/reports/engagement?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test('is for officers, each for the own districts', async () => {
    expect((await api.anybody('GET', '/reports/engagement')).status).toBe(401);
    expect((await api.southend('GET', '/reports/engagement?district=basildon')).status).toBe(403);
  });
});

describe('as a table', () => {
  const asked = (accept: string) =>
    api.southend('GET', '/reports/engagement?from=2027-01-01&to=2027-01-31', { headers: { accept } });

  test('it has the same numbers', async () => {
    await publish();
    const answer = await asked('text/csv');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="engagement-2027-01-01-2027-01-31.csv"',
      vary: 'Accept',
    });
    const lines = answer.text.split('\r\n');
    expect(lines[0]).toBe(
      'by,id,name,events,occurrences,cancelled,postponed,attendance,emails,texts,nothing in 30 days',
    );
    expect(lines).toContain('district,southend,Southend-on-Sea,1,1,0,0,0,0,0,yes');
    expect(lines).toContain('month,2027-01,2027-01,1,1,0,0,0,,,');
  });

  test.each([
    ['text/csv', 'text/csv'],
    ['text/csv, application/json;q=0.5', 'text/csv'],
    ['application/json, text/csv;q=0.9', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html', 'application/json'],
  ])('Accept: %s is answered with %s', async (accept, type) => {
    expect(String((await asked(accept)).headers['content-type'])).toContain(type);
  });

  test('no cell of it is a formula', () => {
    expect(csv([['=1+1', '+44', '-1', '@x', '\tx', 'a"b', 'a,b', -1]])).toBe(
      `'=1+1,'+44,'-1,'@x,'\tx,"a""b","a,b",-1\r\n`,
    );
  });
});
