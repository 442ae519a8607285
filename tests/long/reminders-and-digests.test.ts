import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningHost, startHost } from '../support/host.ts';
import { apiAt, officerAt } from '../support/officer.ts';
import { residentAt } from '../support/resident.ts';

let host: RunningHost;
let admin: ReturnType<typeof officerAt>;
const person = (name: string) => residentAt(host.url, 'email', `${name}@example.com`);
const phone = (last: number) => residentAt(host.url, 'sms', `+447700${last}`);
const clock = (now: string) => host.moveClock({ now });
/** An hour from ten on a day, in Southend. */
const on = (day: string, title: string, members: Record<string, unknown> = {}) =>
  admin.publish({ title, start: `${day}T10:00`, end: `${day}T11:00`, ...members });
type Resident = ReturnType<typeof residentAt>;
/** What arrived for somebody since, told by subject or text, with the minute it came. */
async function since(resident: Resident, from: string) {
  const all = (await resident.notices()).filter(({ at }) => at >= from);
  return all.map(({ at, subject, text }) => `${at.slice(0, 16)} ${subject ?? text}`);
}

afterEach(() => host.settled());
afterAll(() => host?.stop());

beforeAll(async () => {
  host = await startHost({ settings: { SETTLE_SECONDS: '5' }, now: new Date('2027-03-23T10:00:00Z') });
  admin = officerAt(host.url, await host.token('admin'));
});

describe('as the clocks go forward, on 28 March 2027', () => {
  let ann: Resident;
  let bob: Resident;
  let cat: Resident;
  let dan: Resident;
  let eve: Resident;
  let fay: Resident;
  let gone: Resident;
  let late: string;

  beforeAll(async () => {
    ann = person('ann');
    bob = person('bob');
    cat = phone(900001);
    dan = person('dan');
    eve = person('eve');
    fay = person('fay');
    await ann.subscribe(['southend', 'basildon'], { reminders: true });
    await bob.subscribe(['southend'], { frequency: 'weekly' });
    await cat.subscribe(['southend'], { reminders: true });
    await dan.subscribe(['southend'], { reminders: true, kinds: ['patrol'] });
    await eve.subscribe(['maldon'], { frequency: 'weekly' });
    await fay.subscribe(['maldon'], { reminders: true });
    // Whoever has this number tells the carrier to stop once the code has come.
    gone = phone(900998);
    await gone.subscribe(['uttlesford']);
    const asked = { channel: 'email', address: 'late@example.com', districts: ['maldon'] };
    await apiAt(host.url)('POST', '/subscriptions', asked);
    await host.idle();
    late = /confirm\/(\S+)/.exec((await person('late').last()).text)?.[1] ?? '';
    await on('2027-03-28', 'Sunday walk', { districts: ['southend', 'basildon'] });
    await on('2027-03-29', 'Monday talk');
    await admin.cancel(await on('2027-03-29', 'Monday patrol', { kind: 'patrol' }));
    await on('2027-03-23', 'Repeats on Tuesdays', {
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3', exceptions: [], overrides: [] },
    });
    await host.settled();
  });

  test('a resident of two districts is told of an event that both have once', async () => {
    const told = (await ann.notices()).filter(({ text }) => text.includes('Sunday walk'));
    expect(told).toHaveLength(1);
  });

  test('a digest comes on Thursday at 17:00 to those who asked for the week, and to nobody else', async () => {
    await clock('2027-03-25T16:59:30Z');
    expect(await bob.notices()).toEqual([]);
    await clock('2027-03-25T17:01:00Z');
    const [digest, ...more] = await bob.notices();
    expect(more).toEqual([]);
    expect(digest?.at.slice(0, 16)).toBe('2027-03-25T17:00');
    for (const title of ['Sunday walk', 'Monday talk', 'Repeats on Tuesdays'])
      expect(digest?.text).toContain(title);
    expect(digest?.text).toContain('Tuesday 30 March 2027');
    expect(digest?.text).not.toContain('Monday patrol');
    expect(await since(ann, '2027-03-23T18:30')).toEqual([]);
  });

  test('after a day a wish can no longer be confirmed, and who told the carrier to stop has no subscription', async () => {
    const api = apiAt(host.url);
    expect(late).toContain('.');
    expect((await api('POST', '/subscriptions/confirmations', { token: late })).status).toBe(410);
    expect((await api('GET', new URL(gone.manageUrl()).pathname)).status).toBe(410);
    expect(await gone.notices()).toEqual([]);
  });

  test('a reminder comes at 18:00 of the clocks the day before, once, by text too', async () => {
    await clock('2027-03-29T19:30:00Z');
    expect(await since(ann, '2027-03-24')).toEqual([
      // One of the two districts tells of an event that both have.
      '2027-03-27T18:00 Reminder: Sunday walk, Sun 28 Mar 10am',
      '2027-03-28T17:00 Reminder: Monday talk, Mon 29 Mar 10am',
      '2027-03-29T17:00 Reminder: Repeats on Tuesdays, Tue 30 Mar 10am',
    ]);
    expect((await since(cat, '2027-03-24')).map((line) => line.slice(0, 40))).toEqual([
      '2027-03-27T18:00 Reminder: Sunday walk, ',
      '2027-03-28T17:00 Reminder: Monday talk, ',
      '2027-03-29T17:00 Reminder: Repeats on Tu',
    ]);
    for (const { text } of await cat.notices()) expect(text.length).toBeLessThanOrEqual(160);
    expect(await since(dan, '2027-03-23')).toEqual([]);
    expect(await since(bob, '2027-03-26')).toEqual([]);
  });

  test('the next digest is at 17:00 of the new clocks; who was told by it is told of a cancellation', async () => {
    const near = await on('2027-04-05', 'Told as it is near');
    const far = await on('2027-04-15', 'Told as it is new');
    await clock('2027-04-01T15:59:30Z');
    expect(await since(bob, '2027-03-26')).toEqual([]);
    await clock('2027-04-01T16:01:00Z');
    const late = await on('2027-04-16', 'Not told yet');
    expect((await since(bob, '2027-03-26')).map((line) => line.slice(0, 16))).toEqual(['2027-04-01T16:00']);
    for (const { title } of [near, far]) expect((await bob.last()).text).toContain(title);
    await host.settled();
    for (const event of [near, far, late]) await admin.cancel(event);
    await host.settled();
    const { subject, text } = await bob.last();
    expect(subject).toBe('2 police events cancelled in Southend-on-Sea');
    for (const { title } of [near, far]) expect(text).toContain(title);
    expect(text).not.toContain(late.title);
  });

  test('an empty digest is not sent', async () => {
    expect(await eve.notices()).toEqual([]);
  });

  test('what becomes of an event is told to those who follow it, wherever they live, who are reminded and asked how it was', async () => {
    const gus = person('gus');
    await gus.subscribe(['harlow'], { kinds: ['patrol'] });
    const event = await on('2027-04-03', 'Followed');
    const tonight = await on('2027-04-01', 'Talk on scams', {
      start: '2027-04-01T19:00',
      end: '2027-04-01T20:00',
      surveyUrl: 'https://forms.example/scams',
    });
    const path = new URL(gus.manageUrl()).pathname;
    const followed = await apiAt(host.url)('PATCH', path, { follows: [event.id, tonight.id] });
    expect(followed.status).toBe(200);
    await host.settled();
    const moved = await admin.edit(event, { start: '2027-04-03T10:30' });
    await host.settled();
    expect((await gus.last()).text).toContain('from 10:00 to 10:30');
    expect((await gus.last()).text).toContain('You follow this event.');
    await clock('2027-04-02T09:01:00Z');
    const asked = await gus.last();
    expect(`${asked.at.slice(0, 16)} ${asked.subject}`).toBe('2027-04-02T09:00 How was Talk on scams?');
    expect(asked.text).toContain('https://forms.example/scams');
    expect(asked.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect((await ann.last()).subject).not.toContain('How was');
    await clock('2027-04-02T17:30:00Z');
    expect((await gus.last()).subject).toBe('Reminder: Followed, Sat 3 Apr 10:30am');
    await admin.cancel(moved);
    await host.settled();
    const subjects = (await gus.notices()).map(({ subject }) => subject?.split(':')[0]);
    expect(subjects).toEqual(['Moved', 'How was Talk on scams?', 'Reminder', 'Cancelled']);
  });

  test('an event published after 18:00 for tomorrow is told, and not reminded of', async () => {
    await on('2027-04-03', 'Suddenly', { districts: ['maldon'] });
    await clock('2027-04-02T19:59:00Z');
    expect((await fay.notices()).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^New police event: Suddenly/),
    ]);
  });
});

describe('as the clocks go back, on 31 October 2027', () => {
  test('reminders, digests and quiet hours follow the clocks on the wall', async () => {
    await host.moveClock({ now: '2027-10-28T10:00:00Z', asleep: true });
    const hal = person('hal');
    const ivy = person('ivy');
    const harlow = { districts: ['harlow'] };
    await hal.subscribe(['harlow'], { reminders: true });
    await ivy.subscribe(['harlow'], { frequency: 'weekly' });
    await on('2027-10-31', 'Sunday', harlow);
    await on('2027-11-01', 'Monday', harlow);
    await on('2027-11-10', 'Next week', harlow);
    await host.settled();
    // In the night in which they change: 21:30 by summer time, then 07:30 by winter's.
    await clock('2027-10-30T20:30:00Z');
    await on('2027-11-20', 'By night', harlow);
    await clock('2027-10-31T07:30:00Z');
    expect(await since(hal, '2027-10-30T20')).toEqual([]);
    await clock('2027-10-31T20:30:00Z');
    expect(await since(hal, '2027-10-29')).toEqual([
      expect.stringMatching(/^2027-10-30T17:00 Reminder: Sunday/),
      expect.stringMatching(/^2027-10-31T08:0\d New police event: By night/),
      expect.stringMatching(/^2027-10-31T18:00 Reminder: Monday/),
    ]);
    await clock('2027-11-04T17:30:00Z');
    expect((await since(ivy, '2027-10-27')).map((line) => line.slice(0, 16))).toEqual([
      '2027-10-28T16:00',
      '2027-11-04T17:00',
    ]);
  });
});
