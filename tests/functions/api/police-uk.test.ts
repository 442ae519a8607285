import { beforeEach, expect, test } from 'vitest';
import { openDay } from '../../support/an-event.ts';
import { apiUnderTest } from './api-under-test.ts';

let api: ReturnType<typeof apiUnderTest>;
beforeEach(() => {
  api = apiUnderTest();
});
const publish = async (members: Record<string, unknown> = {}) => {
  const { body } = await api.supervisor('POST', '/events', { body: { ...openDay, ...members } });
  return (await api.supervisor('POST', `/events/${body.id}/publish`, { headers: { 'if-match': '*' } })).body;
};
const titles = async (neighbourhood: string) =>
  (await api.anybody('GET', `/police-uk/${neighbourhood}/events`)).body.map(
    ({ title }: { title: string }) => title,
  );

test('a district’s events are an array as data.police.uk has it', async () => {
  await publish({
    summary: 'Meet us',
    contact: { name: 'CPT', email: 'cpt@example.police.uk', phone: '101' },
  });
  expect(await api.anybody('GET', '/police-uk/southend/events')).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'public, max-age=300' },
    body: [
      {
        title: openDay.title,
        description: 'Meet us',
        address: 'Southend Police Station, Victoria Avenue, SS2 6ES',
        type: 'Open day',
        start_date: '2027-01-30T10:00:00',
        end_date: '2027-01-30T15:00:00',
        contact_details: { email: 'cpt@example.police.uk', telephone: '101' },
      },
    ],
  });
});

test('a team’s are its own, in whichever of its districts', async () => {
  await publish({ title: 'Theirs', districts: ['rochford', 'southend'], team: 'castle-point-rochford-cpt' });
  await publish({ title: 'Not theirs', districts: ['rochford'], team: 'local-policing-support' });
  expect(await titles('castle-point-rochford-cpt')).toEqual(['Theirs']);
  expect((await titles('rochford')).sort()).toEqual(['Not theirs', 'Theirs']);
  expect(await titles('basildon')).toEqual([]);
});

test('what is a draft, not public, off or over is not there', async () => {
  await api.supervisor('POST', '/events', { body: openDay });
  await publish({ audience: 'partners' });
  const { id } = await publish();
  await api.supervisor('POST', `/events/${id}/cancel`, {
    body: { reason: 'Flood' },
    headers: { 'if-match': '*' },
  });
  const { id: late } = await publish();
  await api.supervisor('POST', `/events/${late}/postpone`, {
    body: { reason: 'Flood' },
    headers: { 'if-match': '*' },
  });
  expect(await titles('southend')).toEqual([]);
  await publish({ title: 'On' });
  expect(await titles('southend')).toEqual(['On']);
  api.clock.now = new Date('2027-01-30T15:00:00Z');
  expect(await titles('southend')).toEqual([]);
});

test('a series is there each time it is on, at most a hundred times', async () => {
  await publish({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3', exceptions: ['2027-02-06T10:00'] } });
  api.clock.now = new Date('2027-02-01T12:00:00Z');
  const { body } = await api.anybody('GET', '/police-uk/southend/events');
  expect(body.map((one: { start_date: string }) => one.start_date)).toEqual(['2027-02-13T10:00:00']);
  await publish({
    recurrence: { rrule: 'FREQ=DAILY;COUNT=200' },
    start: '2027-02-02T10:00',
    end: '2027-02-02T11:00',
  });
  expect(await titles('southend')).toHaveLength(100);
});

test('all-day and online events say so in its words', async () => {
  await publish({
    start: '2027-01-30',
    end: '2027-02-01',
    allDay: true,
    venue: undefined,
    onlineUrl: 'https://meet.example',
  });
  expect((await api.anybody('GET', '/police-uk/southend/events')).body).toMatchObject([
    {
      address: 'Online',
      start_date: '2027-01-30T00:00:00',
      end_date: '2027-01-31T23:59:00',
      contact_details: {},
    },
  ]);
});

test('an unknown neighbourhood is 404', async () => {
  expect((await api.anybody('GET', '/police-uk/kent/events')).status).toBe(404);
});
