import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Form, groupAt, pathOf, standingGroups } from '../../../shared/calendars/calendar-groups.ts';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { someSite } from './some-site.ts';

test('a calendar on which nothing has been yet is there, in every form, and empty', async () => {
  const { ask } = await someSite();
  for (const group of standingGroups(essex)) {
    const { status, html, headers } = await ask(`/${pathOf(group, 'ics')}`);
    expect(status, group).toBe(200);
    expect(lintCalendar(html), group).toEqual([]);
    expect(html).not.toContain('VEVENT');
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-if-error=86400',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'last-modified': expect.stringContaining('2026'),
    });
  }
  expect(JSON.parse((await ask('/calendars/southend.json')).html)).toEqual({ items: [] });
  expect((await ask('/calendars/campaigns/npw-2027.atom')).html).toContain('<feed');
  expect((await ask('/calendars/google/southend.ics')).html).toContain('BEGIN:VCALENDAR');
});

test('its gzip twin is the same, and who has it is told so', async () => {
  const { ask } = await someSite();
  const plain = await ask('/calendars/maldon/talk.ics');
  const twin = await ask('/calendars/maldon/talk.ics.gz');
  expect(twin.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(twin.bytes).toString()).toBe(plain.html);
  const again = await ask('/calendars/maldon/talk.ics', {
    headers: { 'if-none-match': plain.headers.etag ?? '' },
  });
  expect(again).toMatchObject({ status: 304, html: '' });
});

test('a calendar that lacks its objects for another reason is not called empty', async () => {
  const { ask } = await someSite({ events: [anEvent({ campaign: 'npw-2027' })] });
  for (const path of ['all', 'southend', 'southend/open-day', 'campaigns/npw-2027']) {
    const { status, headers } = await ask(`/calendars/${path}.ics`);
    expect(status, path).toBe(503);
    expect(headers['retry-after']).toBe('5');
  }
  for (const path of ['maldon', 'southend/talk'])
    expect((await ask(`/calendars/${path}.ics`)).status, path).toBe(200);
});

test.each([
  'narnia.ics',
  'southend/parties.ics',
  'google/southend/talk.ics',
  'campaigns/none.ics',
  'events/open-day.ics',
  'southend.txt',
  'southend',
])('there is no calendar %s', async (file) => {
  const { ask } = await someSite();
  expect((await ask(`/calendars/${file}`)).status).toBe(404);
});

test('an object’s key tells its calendar', () => {
  const forms: Form[] = ['ics', 'google', 'json', 'atom'];
  for (const group of [...standingGroups(essex), 'events/01jgv'])
    for (const form of forms)
      for (const key of [pathOf(group, form), `${pathOf(group, form)}.gz`]) expect(groupAt(key)).toBe(group);
});
