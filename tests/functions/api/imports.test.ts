import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../../shared/imports/import-report.ts';
import { call } from '../../support/http-call.ts';
import { apiUnderTest } from './api-under-test.ts';

const week = readFileSync(new URL('../../../infra/local/sample-week.csv', import.meta.url), 'utf8');
const header = 'externalId,title,kind,districts,team,start,end,publish';
const row = (id: string, members: Record<string, string> = {}) =>
  Object.values({
    externalId: id,
    title: `Event ${id}`,
    kind: 'talk',
    districts: 'southend',
    team: 'southend-cpt',
    start: '2027-01-30T10:00',
    end: '2027-01-30T11:00',
    publish: 'yes',
    ...members,
  }).join();

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});
const send = (body: string, { who = api.supervisor, query = '' } = {}) =>
  who('POST', `/imports${query}`, { body, headers: { 'content-type': 'text/csv' } });
const report = async (body: string, options = {}): Promise<ImportReport> => {
  const answer = await send(body, options);
  expect(answer.status).toBe(200);
  return answer.body;
};
const counts = ({ rows: _, ...rest }: ImportReport) => rest;

test.each([
  ['to its end', () => {}],
  [
    'and fails in the middle',
    () => {
      throw new Error('the table is away');
    },
  ],
])('what an import changes waits for all of it, when it goes %s', async (_how, happens) => {
  const { events, imports } = api.deps;
  const { save } = events;
  const ids: string[] = [];
  events.save = async (...edit) => {
    const importId = edit[0].changes[0]?.importId ?? '';
    if ((await imports.running([importId])).size) ids.push(importId);
    happens();
    return save(...edit);
  };
  await call(api.handler, 'POST', '/api/v1/imports', {
    body: [header, row('A'), row('B')].join('\n'),
    headers: { authorization: 'Bearer supervisor', 'content-type': 'text/csv' },
  });
  expect([...new Set(ids)], 'one import, under way at each row').toHaveLength(1);
  expect(ids).toHaveLength(2);
  expect(await imports.running(ids)).toEqual(new Map());
});

describe('the week of 95 events', () => {
  test('goes in, and a second time changes nothing', async () => {
    expect(counts(await report(week))).toEqual({ created: 95, updated: 0, unchanged: 0, failed: 0 });
    expect(counts(await report(week))).toEqual({ created: 0, updated: 0, unchanged: 95, failed: 0 });
    const event = await api.events.findByExternalId('NPW27-001');
    expect(event).toMatchObject({ status: 'published', version: 1, partners: ["Bar'N'Bus"], capacity: 30 });
  });

  test('of which rows changed updates those', async () => {
    await report(week);
    const { rows, ...rest } = await report(
      week.replace('2027-01-30T10:00,2027-01-30T15:00', '2027-01-30T11:00,2027-01-30T15:00'),
    );
    expect(rest).toEqual({ created: 0, updated: 1, unchanged: 94, failed: 0 });
    expect(rows.find(({ outcome }) => outcome === 'updated')?.externalId).toBe('NPW27-004');
    expect(await api.events.findByExternalId('NPW27-004')).toMatchObject({ version: 2, sequence: 1 });
  });

  test('with a broken row 40 goes in but for that row', async () => {
    const { rows, ...rest } = await report(
      week.replace(/(NPW27-040,.*?,)(\w+-?\w+)(,[a-z-]+,[a-z-]+-cpt,)/, '$1fancy-dress$3'),
    );
    expect(rest).toEqual({ created: 94, updated: 0, unchanged: 0, failed: 1 });
    expect(rows[39]).toMatchObject({
      row: 40,
      externalId: 'NPW27-040',
      outcome: 'failed',
      errors: [{ column: 'kind' }],
    });
  });

  test('by an officer of one district goes in for that district', async () => {
    const { rows, ...rest } = await report(week, { who: api.southend });
    expect(rest).toEqual({ created: 9, updated: 0, unchanged: 0, failed: 86 });
    expect(rows.find(({ outcome }) => outcome === 'failed')?.errors).toEqual([
      { column: 'districts', message: 'is not a district of yours' },
    ]);
  });

  test('is only tried in a dry run', async () => {
    expect(counts(await report(week, { query: '?dryRun=true' }))).toMatchObject({ created: 95 });
    expect(await api.events.findByExternalId('NPW27-001')).toBeUndefined();
  });
});

describe('a file', () => {
  test('may be UTF-8 with a BOM, Windows-1252, or separated by semicolons', async () => {
    const text = `${header}\n${row('A', { title: 'Café – “tea”' })}\n`;
    await report(`\ufeff${text}`);
    expect((await api.events.findByExternalId('A'))?.title).toBe('Café – “tea”');
    await report(text.replaceAll(',', ';').replace('A;', 'B;'));
    expect((await api.events.findByExternalId('B'))?.title).toBe('Café – “tea”');
  });

  test.each([
    ['an unknown column', 'externalId,colour', '"colour" is not a column'],
    ['a column twice', `${header},title`, '"title" appears twice'],
    ['a missing column', header.replace(',start', ''), '"start" is missing'],
    ['nothing', '', 'is empty'],
  ])('with %s in its header is refused whole', async (_name, text, message) => {
    const answer = await send(text);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body.errors)).toContain(message.replaceAll('"', '\\"'));
  });

  test('of another kind, too large, or by nobody is refused', async () => {
    expect((await api.supervisor('POST', '/imports', { body: header })).status).toBe(415);
    expect((await send('x'.repeat(5_000_000))).status).toBe(413);
    expect((await send(header, { who: api.anybody })).status).toBe(401);
    expect((await send(header, { query: '?dryRun=maybe' })).status).toBe(422);
    expect((await send(`${header}\n"A`)).body.errors[0].message).toContain('row');
  });
});

describe('a file from a spreadsheet here', () => {
  test('may name its columns as people write them', async () => {
    const named = 'External ID,TITLE,kind,Districts,team,Start,end,Publish';
    expect(counts(await report(`${named}\n${row('A')}\n`))).toMatchObject({ created: 1 });
    expect(JSON.stringify((await send(`${named},title\n`)).body.errors)).toContain('appears twice');
  });

  test('has the day before the month, and says so where it could be otherwise', async () => {
    const { rows } = await report(
      [
        header,
        row('A', { start: '25/01/2027 10:00', end: '25/01/2027 11:00' }),
        row('B', { start: '01/02/2027 10:00', end: '01/02/2027 11:00' }),
        row('C', { start: '01/25/2027 10:00' }),
      ].join('\n'),
    );
    expect(rows).toMatchObject([
      { outcome: 'created', warnings: [] },
      { outcome: 'created', warnings: [{ column: 'start', message: 'is read as 1 February 2027' }] },
      { outcome: 'failed', errors: [{ column: 'start', message: expect.stringContaining('no month 25') }] },
    ]);
    expect((await api.events.findByExternalId('A'))?.start).toBe('2027-01-25T10:00');
    expect((await api.events.findByExternalId('B'))?.end).toBe('2027-02-01T11:00');
  });
});

describe('a row', () => {
  const one = async (members: Record<string, string>) =>
    (await report(`${header}\n${row('A', members)}`)).rows[0];

  test.each([
    ['an impossible date', { start: '2027-02-30T10:00' }, 'start'],
    ['an unknown district', { districts: 'southend|kent' }, 'districts'],
    ['an unknown team', { team: 'x' }, 'team'],
    ['no name', { externalId: '' }, 'externalId'],
    ['a word for yes nobody knows', { publish: 'perhaps' }, 'publish'],
    ['no title', { title: '' }, 'title'],
  ])('with %s names the column', async (_name, members, column) => {
    expect(await one(members)).toMatchObject({ outcome: 'failed', errors: [{ column }] });
  });

  test('with too few cells, or the same name as another, fails alone', async () => {
    const { rows } = await report([header, row('A'), 'B,short', row('A')].join('\r\n'));
    expect(rows).toMatchObject([
      { outcome: 'created' },
      { outcome: 'failed', errors: [{ message: 'has 2 cells where the header has 8' }] },
      { outcome: 'failed', errors: [{ column: 'externalId', message: 'is the same as in row 1' }] },
    ]);
  });

  test('with publish=no stays a draft until a later import says yes', async () => {
    await one({ publish: 'no' });
    expect((await api.events.findByExternalId('A'))?.status).toBe('draft');
    expect(await one({})).toMatchObject({ outcome: 'updated' });
    expect((await api.events.findByExternalId('A'))?.status).toBe('published');
    expect(await one({ publish: 'no' })).toMatchObject({ outcome: 'unchanged' });
  });

  test('of a cancelled event cannot bring it back', async () => {
    await one({});
    const { id = '' } = (await api.events.findByExternalId('A')) ?? {};
    await api.supervisor('POST', `/events/${id}/cancel`, {
      body: { reason: 'Flood' },
      headers: { 'if-match': '*' },
    });
    expect(await one({ title: 'Other' })).toMatchObject({
      outcome: 'failed',
      errors: [{ message: expect.stringContaining('cancelled') }],
    });
  });

  test('in Windows-1252 is read as it was written', async () => {
    const { readCsv } = await import('../../../shared/imports/read-csv.ts');
    const bytes = Buffer.concat([
      Buffer.from(`${header}\nA,Caf`),
      Buffer.from([0xe9, 0x20, 0x96, 0x20, 0x93]),
      Buffer.from(',talk'),
    ]);
    expect(readCsv(bytes)[0]?.cells.title).toBe('Café – “');
  });
});
