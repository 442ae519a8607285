import { beforeEach, describe, expect, test } from 'vitest';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { openDay } from '../../support/an-event.ts';
import { eventsOf } from '../../support/feed.ts';
import { call } from '../../support/http-call.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});

const create = async (who: typeof api.southend, members: Record<string, unknown> = {}) =>
  (await who('POST', '/events', { body: { ...openDay, ...members } })).body;
const publish = async (who: typeof api.southend, members: Record<string, unknown> = {}) => {
  const { id } = await create(who, members);
  return (await who('POST', `/events/${id}/publish`, { headers: { 'if-match': '*' } })).body;
};
const addressOf = async (who = api.southend): Promise<string> =>
  (await who('GET', '/me')).body.privateCalendarUrl;
const calendar = (address: string) => call(api.handler, 'GET', address.replace('https://events.example', ''));

describe('an officer’s private calendar', () => {
  test('has drafts and all audiences of the own districts, and nothing of others', async () => {
    await publish(api.southend, { title: 'Open' });
    await create(api.southend, { title: 'Not yet' });
    await publish(api.southend, { title: 'For partners', audience: 'partners' });
    await publish(api.southend, { title: 'Among us', audience: 'internal' });
    await publish(api.supervisor, { title: 'Elsewhere', districts: ['basildon'], team: 'basildon-cpt' });
    const answer = await calendar(await addressOf());
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' },
    });
    const shown = eventsOf(answer.text).map(({ summary, status }) => `${summary} ${status}`);
    expect(shown.sort()).toEqual([
      'Among us CONFIRMED',
      'DRAFT: Not yet TENTATIVE',
      'For partners CONFIRMED',
      'Open CONFIRMED',
    ]);
    expect(answer.text.match(/CLASS:CONFIDENTIAL/g)).toHaveLength(2);
    expect(lintCalendar(answer.text)).toEqual([]);
  });

  test('of a supervisor has every district, and an event of several once', async () => {
    await publish(api.supervisor, { districts: ['southend', 'basildon'] });
    expect(eventsOf((await calendar(await addressOf(api.supervisor))).text)).toHaveLength(1);
  });

  test('goes 30 days back and keeps series that began long ago', async () => {
    await publish(api.southend, { title: 'Weekly', recurrence: { rrule: 'FREQ=WEEKLY' } });
    await publish(api.southend, { title: 'Once' });
    api.clock.now = new Date('2027-02-20T12:00:00Z');
    const titles = async () =>
      eventsOf((await calendar(await addressOf())).text).map(({ summary }) => summary);
    expect((await titles()).sort()).toEqual(['Once', 'Weekly']);
    api.clock.now = new Date('2028-03-20T12:00:00Z');
    expect(await titles()).toEqual(['Weekly']);
  });

  test('has one address that stays, and that names nobody', async () => {
    const address = await addressOf();
    api.clock.now = new Date(api.clock.now.getTime() + 3 * 86_400_000);
    expect(await addressOf()).toBe(address);
    expect(await addressOf(api.basildon)).not.toBe(address);
    expect(address).toMatch(/^https:\/\/events\.example\/calendars\/private\/[\w-]+\.[\w-]+\.ics$/);
    expect(address).not.toContain('southend');
  });

  test('follows the districts the officer was last known to have', async () => {
    const address = await addressOf();
    const [officer] = api.officers();
    api.keepOfficer({
      id: String(officer?.id),
      districts: ['basildon'],
      seenAt: api.clock.now.toISOString(),
    });
    await publish(api.southend);
    expect(eventsOf((await calendar(address)).text)).toEqual([]);
    await addressOf();
    expect(eventsOf((await calendar(address)).text)).toHaveLength(1);
  });

  test('ends when the officer was not seen for 90 days, and comes back with them', async () => {
    const address = await addressOf();
    api.clock.now = new Date(api.clock.now.getTime() + 90 * 86_400_000);
    expect((await calendar(address)).status).toBe(404);
    await addressOf();
    expect((await calendar(address)).status).toBe(200);
  });

  test('gets a new address when asked, and the one before shows nothing any more, however long ago', async () => {
    const first = await addressOf();
    const replace = async (): Promise<string> =>
      (await api.southend('POST', '/me/private-calendar')).body.privateCalendarUrl;
    const second = await replace();
    const third = await replace();
    expect(await addressOf()).toBe(third);
    const statuses = async () =>
      Promise.all([first, second, third].map(async (address) => (await calendar(address)).status));
    expect(await statuses()).toEqual([404, 404, 200]);
    api.forgetOfficers();
    expect(await statuses()).toEqual([404, 404, 404]);
    await addressOf();
    expect(await statuses()).toEqual([404, 404, 200]);
    expect((await calendar(await addressOf(api.basildon))).status).toBe(200);
    expect((await api.anybody('POST', '/me/private-calendar')).status).toBe(401);
  });

  test('is 404 for any other token', async () => {
    const address = await addressOf();
    const token = address.split('/').at(-1) ?? '';
    for (const other of [
      token.replace(/.\.ics$/, (end) => `${end[0] === 'A' ? 'B' : 'A'}.ics`),
      token.replace('.ics', ''),
      token.replace('.ics', '.json'),
      'x.ics',
      `${api.deps.signing.sign('manage', 'x')}.ics`,
      `${api.deps.signing.sign('private-calendar', 'nobody')}.ics`,
    ])
      expect(await calendar(`/calendars/private/${other}`), other).toMatchObject({
        status: 404,
        headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      });
  });
});

test('who asks learns name, roles and districts; nobody learns nothing', async () => {
  expect((await api.southend('GET', '/me')).body).toEqual({
    name: 'southend',
    roles: ['officer'],
    districts: ['southend'],
    privateCalendarUrl: expect.any(String),
  });
  expect((await api.anybody('GET', '/me')).status).toBe(401);
});
