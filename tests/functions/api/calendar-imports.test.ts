import { beforeEach, describe, expect, test } from 'vitest';
import { entryOf } from '../../../shared/calendars/calendar-entry.ts';
import type { ImportReport } from '../../../shared/imports/import-report.ts';
import { anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { apiUnderTest } from './api-under-test.ts';

const DEFAULTS = '?district=southend&kind=talk&team=southend-cpt';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});

const vevent = (members: Record<string, string | undefined>, more: string[] = []) =>
  [
    'BEGIN:VEVENT',
    ...Object.entries({ UID: 'one@council.example', SUMMARY: 'Coffee', ...members }).flatMap(
      ([name, value]) => (value === undefined ? [] : [`${name}${/^[;:]/.test(value) ? '' : ':'}${value}`]),
    ),
    ...more,
    'END:VEVENT',
  ].join('\n');
const london = (time: string) => `;TZID=Europe/London:${time}`;
const hour = { DTSTART: london('20270126T100000'), DTEND: london('20270126T110000') };
const file = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Council//EN', ...events, 'END:VCALENDAR', ''].join('\n');

const send = (body: string, { who = api.southend, query = DEFAULTS } = {}) =>
  who('POST', `/imports${query}`, { body, headers: { 'content-type': 'text/calendar; charset=utf-8' } });
const report = async (body: string, options = {}): Promise<ImportReport> => {
  const answer = await send(body, options);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const made = async (members: Record<string, string | undefined>, more: string[] = []) => {
  expect((await report(file(vevent({ ...hour, ...members }, more)))).rows[0]).toMatchObject({ errors: [] });
  return api.events.findByExternalId('one@council.example');
};
const fault = async (members: Record<string, string | undefined>, query = DEFAULTS) =>
  (await report(file(vevent({ ...hour, ...members })), { query })).rows[0]?.errors;

describe('a calendar', () => {
  test('makes drafts, and a second time changes nothing', async () => {
    const text = file(vevent(hour), vevent({ ...hour, UID: 'two@council.example' }));
    expect(await report(text)).toMatchObject({ created: 2, failed: 0 });
    expect(await api.events.findByExternalId('two@council.example')).toMatchObject({
      status: 'draft',
      title: 'Coffee',
      kind: 'talk',
      districts: ['southend'],
      team: 'southend-cpt',
      start: '2027-01-26T10:00',
      end: '2027-01-26T11:00',
    });
    expect(await report(text)).toMatchObject({ created: 0, unchanged: 2 });
    expect(await report(text.replace('T110000', 'T120000'))).toMatchObject({ updated: 1, unchanged: 1 });
  });

  test('publishes where it is asked to, and is only tried in a dry run', async () => {
    expect(await report(file(vevent(hour)), { query: `${DEFAULTS}&dryRun=true` })).toMatchObject({
      created: 1,
    });
    expect(await api.events.findByExternalId('one@council.example')).toBeUndefined();
    await report(file(vevent(hour)), { query: `${DEFAULTS}&publish=true` });
    expect((await api.events.findByExternalId('one@council.example'))?.status).toBe('published');
  });

  test('in which one event is wrong goes in but for that', async () => {
    const wrong = vevent({ UID: 'wrong', DTSTART: london('20270231T100000') });
    expect(await report(file(wrong, vevent(hour)))).toMatchObject({
      created: 1,
      failed: 1,
      rows: [
        {
          row: 1,
          externalId: 'wrong',
          errors: [{ column: 'DTSTART', message: '"20270231T100000" is no date or time' }],
        },
        { row: 2, outcome: 'created' },
      ],
    });
  });

  test('that is none is refused with the line', async () => {
    expect(await send('hello')).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('iCalendar') },
    });
    const open = await send(file('BEGIN:VEVENT'));
    expect(open.body.errors[0].message).toMatch(/^line \d+: /);
    expect((await send('x'.repeat(3_000_000))).status).toBe(413);
    expect((await send(file(vevent(hour)), { query: '?district=kent' })).body.errors).toEqual([
      { pointer: '/district', message: 'is not a district of this force' },
    ]);
  });

  test('for another’s district fails row by row', async () => {
    expect((await report(file(vevent(hour)), { who: api.basildon })).rows[0]?.errors).toEqual([
      { column: 'district', message: 'is not a district of yours' },
    ]);
  });

  test('of ours can be read again: it names kind, team and campaign itself', async () => {
    const event = anEvent({
      campaign: 'npw-2027',
      summary: 'Two; three, four\\five',
      description: 'One\nTwo',
      recurrence: {
        rrule: 'FREQ=WEEKLY;COUNT=4',
        exceptions: ['2027-02-06T10:00'],
        overrides: [{ recurrenceId: '2027-02-13T10:00', start: '2027-02-13T11:00', end: '2027-02-13T12:00' }],
      },
    });
    const { ics } = entryOf(event, { force: essex, origin: 'https://events.example' });
    expect(await report(file(ics.trim()), { query: '?district=southend' })).toMatchObject({
      created: 1,
      failed: 0,
    });
    const read = await api.events.findByExternalId('open-day@essex.streetmeet');
    const { title, kind, team, campaign, start, end, recurrence, venue } = event;
    expect(read).toMatchObject({
      title,
      kind,
      team,
      campaign,
      start,
      end,
      recurrence,
      venue: { name: venue?.name },
    });
  });
});

describe('an event of a calendar', () => {
  test('is at the force’s wall time, whatever its zone', async () => {
    const times = { DTSTART: '20270714T090000Z', DTEND: ';TZID=Europe/Paris:20270714T120000' };
    expect(await made(times)).toMatchObject({ start: '2027-07-14T10:00', end: '2027-07-14T11:00' });
    const outlook = ';TZID="GMT Standard Time":20270714T090000';
    expect(await made({ DTSTART: outlook, DTEND: undefined, DURATION: 'PT1H30M' })).toMatchObject({
      start: '2027-07-14T09:00',
      end: '2027-07-14T10:30',
    });
    const prefixed = ';TZID=/citadel.org/20260101_1/Europe/London:20270714T090000';
    expect((await made({ DTSTART: prefixed, DTEND: '20270714T093000' }))?.start).toBe('2027-07-14T09:00');
    expect(await fault({ DTSTART: ';TZID=Mars/Olympus:20270714T090000' })).toEqual([
      { column: 'DTSTART', message: '"Mars/Olympus" is not a time zone we know' },
    ]);
  });

  test('may last whole days', async () => {
    const day = ';VALUE=DATE:20270126';
    const all = { DTSTART: day, DTEND: undefined };
    expect(await made(all)).toMatchObject({ allDay: true, start: '2027-01-26', end: '2027-01-27' });
    expect((await made({ ...all, DURATION: 'P2D' }))?.end).toBe('2027-01-28');
    expect((await made({ ...all, DTEND: ';VALUE=DATE:20270129' }))?.end).toBe('2027-01-29');
  });

  test('keeps its rule, its exceptions and the occurrences that differ', async () => {
    const rule = { RRULE: 'BYDAY=TU;FREQ=WEEKLY;UNTIL=20270223T100000Z', EXDATE: london('20270202T100000') };
    const moved = vevent({
      'RECURRENCE-ID': '20270209T100000Z',
      DTSTART: london('20270209T140000'),
      DTEND: london('20270209T150000'),
      SUMMARY: 'Late coffee',
    });
    const off = vevent({ 'RECURRENCE-ID': london('20270216T100000'), ...hour, STATUS: 'CANCELLED' });
    const text = file(moved, off, vevent({ ...hour, ...rule }));
    expect(await report(text)).toMatchObject({ created: 1, failed: 0, rows: [{ row: 3 }] });
    expect((await api.events.findByExternalId('one@council.example'))?.recurrence).toEqual({
      rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270223T100000Z',
      exceptions: ['2027-02-02T10:00'],
      overrides: [
        {
          recurrenceId: '2027-02-09T10:00',
          start: '2027-02-09T14:00',
          end: '2027-02-09T15:00',
          title: 'Late coffee',
        },
        { recurrenceId: '2027-02-16T10:00', status: 'cancelled' },
      ],
    });
  });

  test('that repeats by another clock is refused, unless both make the same', async () => {
    const utc = { DTSTART: '20270126T100000Z', DTEND: '20270126T110000Z' };
    expect((await made({ ...utc, RRULE: 'FREQ=WEEKLY;COUNT=4' }))?.start).toBe('2027-01-26T10:00');
    expect(await fault({ ...utc, RRULE: 'FREQ=WEEKLY;COUNT=20' })).toEqual([
      { column: 'RRULE', message: 'repeats by the clock of UTC: send it with TZID=Europe/London' },
    ]);
    expect(await fault({ RRULE: 'FREQ=WEEKLY', RDATE: '20270128T100000' })).toMatchObject([
      { column: 'RDATE' },
    ]);
    expect(await fault({ RRULE: 'FREQ=HOURLY' })).toMatchObject([{ column: 'RRULE' }]);
  });

  test('that is one occurrence of a series elsewhere is an event of its own', async () => {
    const alone = { ...hour, 'RECURRENCE-ID': '20270126T100000Z' };
    expect((await report(file(vevent(alone)))).rows).toMatchObject([
      { externalId: 'one@council.example#20270126T100000Z', outcome: 'created' },
    ]);
  });

  test('keeps its words, its place and its page', async () => {
    const words = {
      SUMMARY: 'Tea\\, cake\\; and\\nbobbies',
      DESCRIPTION: 'Line one\\nLine two',
      LOCATION: 'Pier\\, Marine Parade\\, SS1',
      GEO: '51.53;0.71',
      URL: 'https://council.example/coffee',
    };
    expect(await made(words)).toMatchObject({
      title: 'Tea, cake; and bobbies',
      description: 'Line one\nLine two\n\nhttps://council.example/coffee',
      venue: { name: 'Pier', address: 'Marine Parade, SS1', latitude: 51.53, longitude: 0.71 },
    });
    expect(await made({ LOCATION: 'https://meet.example/1' })).toMatchObject({
      onlineUrl: 'https://meet.example/1',
    });
    expect(await made({ CLASS: 'PRIVATE' })).toMatchObject({ audience: 'internal' });
    expect(await made({ CATEGORIES: 'Talk,Street meet' })).toMatchObject({ kind: 'street-meet' });
  });

  test.each([
    ['no kind', {}, '?district=southend&team=southend-cpt', 'CATEGORIES', 'names no kind'],
    ['no district', {}, '?kind=talk&team=southend-cpt', 'district', 'names no district'],
    ['no team', {}, '?kind=talk&district=southend', 'ORGANIZER', 'names no team'],
    ['no end', { DTEND: undefined }, DEFAULTS, 'DTEND', 'is missing'],
    ['no start', { DTSTART: undefined }, DEFAULTS, 'DTSTART', 'is missing'],
    ['no name', { UID: undefined }, DEFAULTS, 'UID', 'is missing'],
    ['no title', { SUMMARY: undefined }, DEFAULTS, 'SUMMARY', 'must not be empty'],
    ['an end before its start', { DTEND: london('20270126T090000') }, DEFAULTS, 'DTEND', 'after the start'],
    ['a strange duration', { DTEND: undefined, DURATION: 'soon' }, DEFAULTS, 'DURATION', 'no duration'],
    ['a place off the map', { LOCATION: 'Pier', GEO: '95;0' }, DEFAULTS, 'GEO', ''],
    ['lost letters', { SUMMARY: 'Caf\ufffd' }, DEFAULTS, 'SUMMARY', 'UTF-8'],
  ])('with %s names the property', async (_name, members, query, column, message) => {
    expect(await fault(members, query)).toEqual([{ column, message: expect.stringContaining(message) }]);
  });

  test('with a line that says nothing warns of it', async () => {
    const { rows } = await report(file(vevent(hour, ['and some more'])));
    expect(rows[0]?.warnings).toEqual([
      { column: '', message: expect.stringMatching(/^line \d+ is no property/) },
    ]);
  });

  test('with a name too long for us is found again all the same', async () => {
    const long = file(vevent({ ...hour, UID: 'x'.repeat(300) }));
    const { rows } = await report(long);
    expect(rows[0]?.externalId).toHaveLength(100);
    expect(await report(long)).toMatchObject({ unchanged: 1 });
  });
});

describe('an event cancelled in its calendar', () => {
  const off = file(vevent({ ...hour, STATUS: 'CANCELLED', COMMENT: 'The hall is flooded' }));

  test('is cancelled here too, once', async () => {
    await report(file(vevent(hour)), { query: `${DEFAULTS}&publish=true` });
    expect(await report(off)).toMatchObject({ updated: 1 });
    expect(await api.events.findByExternalId('one@council.example')).toMatchObject({
      status: 'cancelled',
      reason: 'The hall is flooded',
    });
    expect(await report(off)).toMatchObject({ unchanged: 1 });
  });

  test('that nobody knew of, or only as a draft, changes nothing and says so', async () => {
    expect((await report(off)).rows[0]).toMatchObject({
      outcome: 'unchanged',
      warnings: [{ column: 'STATUS', message: 'is cancelled, and was never here' }],
    });
    await report(file(vevent(hour)));
    expect((await report(off)).rows[0]?.warnings).toMatchObject([
      { message: expect.stringContaining('draft') },
    ]);
  });

  test('is not cancelled by who may not', async () => {
    await report(file(vevent(hour)), { query: `${DEFAULTS}&publish=true` });
    expect(await report(off, { who: api.basildon })).toMatchObject({ failed: 1 });
  });
});

test('a CSV file has columns for what a calendar is told in the address', async () => {
  const answer = await api.southend('POST', '/imports?kind=talk', {
    body: 'x',
    headers: { 'content-type': 'text/csv' },
  });
  expect(answer.body.errors[0].pointer).toBe('/kind');
});
