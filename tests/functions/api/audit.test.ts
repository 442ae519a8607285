import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { csv } from '../../../shared/reports/csv.ts';
import { openDay } from '../../support/an-event.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});

const create = async (who = api.southend, members: Record<string, unknown> = {}) =>
  (await who('POST', '/events', { body: { ...openDay, ...members } })).body;
const publish = async (who = api.southend, members: Record<string, unknown> = {}) => {
  const { id } = await create(who, members);
  api.clock.now = new Date(api.clock.now.getTime() + 60_000);
  return (await who('POST', `/events/${id}/publish`, { headers: { 'if-match': '*' } })).body;
};

describe('the audit', () => {
  test('tells a supervisor who did what, with before and after and the bulletins it caused', async () => {
    const { id } = await publish();
    const bulletin = {
      id: 'b1',
      at: '2027-01-05T12:03:00.000Z',
      district: 'southend',
      version: 2,
      what: 'published',
      email: 40,
      sms: 2,
    };
    api.deps.bulletins.causedBy = async () => [bulletin];
    const { body } = await api.supervisor('GET', '/audit');
    expect(body.items).toMatchObject([
      {
        action: 'publish',
        by: { id: 'southend', name: 'southend' },
        event: { id, title: openDay.title },
        changes: expect.arrayContaining([{ field: 'status', before: 'draft', after: 'published' }]),
        bulletins: [bulletin],
      },
      { action: 'create', bulletins: [] },
    ]);
    expect((await api.supervisor('GET', `/audit?event=${id}`)).body.items).toEqual(body.items);
  });

  test('is per officer, per month and page by page', async () => {
    await publish(api.southend);
    await publish(api.supervisor);
    const of = async (query: string) => (await api.supervisor('GET', `/audit?${query}`)).body;
    expect((await of('officer=southend')).items).toHaveLength(2);
    expect((await of('month=2026-12')).items).toEqual([]);
    const first = await of('limit=3');
    expect(first.items).toHaveLength(3);
    const rest = await of(`limit=3&cursor=${first.cursor}`);
    expect(rest).toMatchObject({ items: [{ action: 'create', by: { id: 'southend' } }], cursor: null });
  });

  test('is not for officers, nor for anybody', async () => {
    const { id } = await publish();
    expect((await api.southend('GET', '/audit')).status).toBe(403);
    expect((await api.southend('GET', `/audit?event=${id}`)).status).toBe(403);
    expect((await api.anybody('GET', '/audit')).status).toBe(401);
    expect((await api.supervisor('GET', '/audit?event=no-such')).status).toBe(404);
    expect((await api.supervisor('GET', '/audit?month=2027-13')).status).toBe(422);
  });

  test('is exported as a table in which no cell is a formula, whatever officers wrote', async () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\u{ff1d}1', ' =1'];
    for (const title of evil) await create(api.southend, { title, summary: title, description: title });
    const { status, headers, text } = await api.supervisor('GET', '/audit', {
      headers: { accept: 'text/csv' },
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="audit-2027-01.csv"',
    });
    expect(text).toContain("'=1+1");
    const cells: string[] = parse(text).flat();
    expect(cells.filter((cell) => /^\s*[=+\-@\uff1d]/.test(cell))).toEqual([]);
  });
});

test.each(['=1', '+1', '-1', '@a', '\tx', '\rx', '\nx', '\uff1d1', '\uff0b1', '\uff0d1', '\uff201', '  =1'])(
  'a cell that begins with %j is neutralised',
  (value) => {
    expect(csv([[value]])).toMatch(/^"?'/);
  },
);

test('numbers stay numbers, and text stays as it is', () => {
  expect(csv([[-1, 'a-b', 'x, "y"', '']])).toBe('-1,a-b,"x, ""y""",\r\n');
});
