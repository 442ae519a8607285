import { beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../../../shared/events/event.ts';
import { occurrences } from '../../../shared/events/recurrence.ts';
import type { ImportReport } from '../../../shared/imports/import-report.ts';
import { apiUnderTest } from './api-under-test.ts';

const header = 'externalId,title,kind,districts,team,start,end,rrule,publish';
const weekly = (more: Record<string, string> = {}) =>
  Object.values({
    externalId: 'HUB',
    title: 'Drop-in',
    kind: 'drop-in',
    districts: 'southend',
    team: 'southend-cpt',
    start: '2027-01-28T18:00',
    end: '2027-01-28T19:00',
    rrule: 'FREQ=WEEKLY;COUNT=6',
    publish: 'yes',
    ...more,
  }).join();

let api: ReturnType<typeof apiUnderTest>;
const bring = async (row: string): Promise<ImportReport> =>
  (
    await api.southend('POST', '/imports', {
      body: `${header}\n${row}`,
      headers: { 'content-type': 'text/csv' },
    })
  ).body;
const hub = async () => (await api.events.findByExternalId('HUB')) as Event;
const all = async () => (await api.events.list({ limit: 10, isVisible: () => true })).items;
const times = async () =>
  (await all())
    .flatMap((event) => occurrences(event, new Date('2027-01-01'), new Date('2028-01-01')))
    .map(({ start, event: { status } }) => (status === 'cancelled' ? `${start} off` : start))
    .sort();
const change = async (path: string, body: object) => {
  const { id, version } = await hub();
  const answer = await api.southend('POST', `/events/${id}/${path}`, {
    body,
    headers: { 'if-match': `"${version}"` },
  });
  expect(answer.status).toBeLessThan(300);
  return answer.body as Event;
};
const thursdays = ['2027-01-28', '2027-02-04', '2027-02-11', '2027-02-18', '2027-02-25', '2027-03-04'];

beforeEach(async () => {
  api = apiUnderTest();
  await bring(weekly());
  expect(await times()).toEqual(thursdays.map((day) => `${day}T18:00`));
});

describe('a series whose later dates an officer changed from a day on', () => {
  const split = [
    ...thursdays.slice(0, 2).map((day) => `${day}T18:00`),
    ...thursdays.slice(2).map((day) => `${day}T20:00`),
  ];
  beforeEach(async () => {
    await change('split', { from: '2027-02-11T18:00', start: '2027-02-11T20:00' });
    expect(await times()).toEqual(split);
  });

  test('names the event that goes on', async () => {
    const { continued } = await hub();
    expect(continued?.from).toBe('2027-02-11T18:00');
    expect((await api.events.get(continued?.id ?? ''))?.continues).toEqual([(await hub()).id]);
  });

  test('has no date twice when the same file comes again', async () => {
    const { rows, ...counts } = await bring(weekly());
    expect(counts).toMatchObject({ unchanged: 1, updated: 0 });
    expect(rows[0]?.warnings).toEqual([
      {
        column: 'rrule',
        message: 'goes on from Thursday 11 February 2027 as another event, which stays as it is',
      },
    ]);
    expect(await times()).toEqual(split);
  });

  test.each([
    ['another title', { title: 'Drop-in!' }, split],
    ['more dates', { rrule: 'FREQ=WEEKLY;COUNT=9' }, split],
    [
      'another hour',
      { start: '2027-01-28T17:00', end: '2027-01-28T18:00' },
      split.map((at) => at.replace('18:00', '17:00')),
    ],
    ['an end before that', { rrule: 'FREQ=WEEKLY;COUNT=1' }, [split[0], ...split.slice(2)]],
  ])('has no date twice when the file says %s', async (_what, more, expected) => {
    expect(await bring(weekly(more))).toMatchObject({ failed: 0, created: 0 });
    expect(await times()).toEqual(expected);
  });

  test('takes nothing that is all of later', async () => {
    const { rows } = await bring(weekly({ start: '2027-03-04T18:00', end: '2027-03-04T19:00' }));
    expect(rows[0]).toMatchObject({
      outcome: 'failed',
      errors: [{ message: expect.stringContaining('has no date left before Thursday 11 February 2027') }],
    });
    expect(await times()).toEqual(split);
  });
});

describe('a series of which an officer called one date off', () => {
  beforeEach(() =>
    change('occurrences', { recurrenceId: '2027-02-04T18:00', status: 'cancelled', reason: 'Flood' }),
  );

  test('is unchanged when the same file comes again: a table cannot say that', async () => {
    expect(await bring(weekly())).toMatchObject({ unchanged: 1 });
    expect((await times())[1]).toBe('2027-02-04T18:00 off');
  });

  test('keeps that date off when the file says another hour', async () => {
    await bring(weekly({ start: '2027-01-28T17:00', end: '2027-01-28T18:00' }));
    expect((await times()).slice(0, 3)).toEqual([
      '2027-01-28T17:00',
      '2027-02-04T17:00 off',
      '2027-02-11T17:00',
    ]);
  });
});
