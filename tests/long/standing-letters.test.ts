import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningHost, startHost } from '../support/host.ts';
import { apiAt, officerAt } from '../support/officer.ts';
import { projectWithForce } from '../support/project-with-force.ts';
import { residentAt } from '../support/resident.ts';
import { essexWith } from '../support/succeeding.ts';

const project = projectWithForce(essexWith({ rochford: { to: '2028-03-31', successor: 'southend' } }));
let host: RunningHost;
let admin: ReturnType<typeof officerAt>;
const clock = (now: string) => host.moveClock({ now });
const inRochford = (day: string) => ({
  districts: ['rochford'],
  start: `${day}T10:00`,
  end: `${day}T11:00`,
});

/** Weeks pass unseen, as for a machine that was off. */
const sleepUntil = (now: string) => host.moveClock({ now, asleep: true });
const email = (name: string) => residentAt(host.url, 'email', `${name}@example.com`);
/** Everything to somebody since. */
async function since(to: string, from: string) {
  const all = await host.messages({ to, since: from });
  return all.map(({ at, subject, text }) => `${at.slice(0, 16)} ${subject ?? text}`);
}

beforeAll(async () => {
  host = await startHost({
    settings: { SETTLE_SECONDS: '1' },
    entry: project.entry,
    now: new Date('2028-03-31T17:00:00Z'),
  });
  admin = officerAt(host.url, await host.token('admin'));
}, 90_000);
afterAll(async () => {
  await host?.stop();
  project.remove();
});

describe('when a district gives way to its successor', () => {
  let ann: ReturnType<typeof residentAt>;
  let cat: ReturnType<typeof residentAt>;

  test('its subscribers go on with the successor and are told once, in the morning', async () => {
    ann = email('ann');
    cat = residentAt(host.url, 'sms', '+447700900001');
    await ann.subscribe(['rochford']);
    await cat.subscribe(['rochford']);
    await clock('2028-04-01T06:59:00Z');
    expect(await ann.notices()).toEqual([]);
    await clock('2028-04-01T07:30:00Z');
    await host.settled();
    expect(await since('ann@example.com', '2028-03-31T22:00:00Z')).toEqual([
      '2028-04-01T07:00 Rochford is now part of Southend-on-Sea',
    ]);
    expect(await since('+447700900001', '2028-03-31T22:00:00Z')).toEqual([
      expect.stringMatching(/^2028-04-01T07:00 Rochford is now part of Southend-on-Sea\..*Stop: /),
    ]);
    const { body } = await apiAt(host.url)('GET', new URL(ann.manageUrl()).pathname);
    expect(body).toMatchObject({ districts: ['southend'] });
    await admin.publish({ start: '2028-04-20T10:00', end: '2028-04-20T11:00' });
    await host.settled();
    expect((await ann.last()).subject).toContain('open day');
  });

  test('its calendars lead to the successor’s', async () => {
    const answer = await fetch(`${host.url}/calendars/rochford.ics`, { redirect: 'manual' });
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe('/calendars/southend.ics');
    expect((await fetch(`${host.url}/calendars/rochford.ics`)).status).toBe(200);
  });

  test('nothing is planned there any more, and what was is still listed', async () => {
    const { status, text } = await admin.api('POST', '/events', {
      title: 'Too late',
      kind: 'talk',
      team: 'southend-cpt',
      ...inRochford('2028-04-20'),
    });
    expect(status).toBe(422);
    expect(text).toContain('from then on it is \\"southend\\"');
    expect((await admin.api('GET', '/events?district=rochford')).status).toBe(200);
    const asked = { channel: 'email', address: 'x@example.com', districts: ['rochford'] };
    expect((await apiAt(host.url)('POST', '/subscriptions', asked)).status).toBe(422);
  });
});

test('a tick that comes late still reminds until the night; after that nobody is', async () => {
  const [evening, night] = [email('evening'), email('night')];
  await evening.subscribe(['thurrock'], { reminders: true });
  await night.subscribe(['tendring'], { reminders: true });
  for (const [district, day] of [
    ['thurrock', '2028-04-11'],
    ['tendring', '2028-04-12'],
  ] as const)
    await admin.publish({ districts: [district], start: `${day}T10:00`, end: `${day}T11:00` });
  await host.settled();
  await sleepUntil('2028-04-10T19:55:00Z');
  await host.settled();
  expect(await since('evening@example.com', '2028-04-10T00:00:00Z')).toEqual([
    expect.stringMatching(/^2028-04-10T19:5\d Reminder: /),
  ]);
  const letters = await since('ann@example.com', '2028-03-31T22:00:00Z');
  expect(letters.filter((line) => line.includes('is now part of'))).toHaveLength(1);
  await sleepUntil('2028-04-11T20:05:00Z');
  await host.moveClock({ now: '2028-04-12T07:30:00Z' });
  await host.settled();
  expect(await since('night@example.com', '2028-04-10T00:00:00Z')).toEqual([]);
});

test('who heard nothing for 90 days learns that they are still subscribed, once', async () => {
  const quiet = email('quiet');
  const told = email('told');
  await quiet.subscribe(['uttlesford']);
  await told.subscribe(['maldon']);
  await sleepUntil('2028-05-20T10:00:00Z');
  await admin.publish({ districts: ['maldon'], start: '2028-06-01T10:00', end: '2028-06-01T11:00' });
  await host.settled();
  await sleepUntil('2028-07-11T07:15:00Z');
  expect(await since('quiet@example.com', '2028-05-01T00:00:00Z')).toEqual([]);
  await clock('2028-07-11T08:00:00Z');
  await host.settled();
  const letter = expect.stringMatching(
    /^2028-07-11T07:[2-5]\d You are still signed up for police events in Uttlesford$/,
  );
  expect(await since('quiet@example.com', '2028-05-01T00:00:00Z')).toEqual([letter]);
  expect(await since('told@example.com', '2028-06-01T00:00:00Z')).toEqual([]);
  await sleepUntil('2028-10-05T09:50:00Z');
  await clock('2028-10-05T10:00:00Z');
  await host.settled();
  expect(await since('quiet@example.com', '2028-05-01T00:00:00Z')).toEqual([letter]);
  expect(await since('told@example.com', '2028-06-01T00:00:00Z')).toEqual([
    expect.stringMatching(/You are still signed up for police events in Maldon$/),
  ]);
});
