import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf } from '../support/feed.ts';
import { type RunningHost, startHost } from '../support/host.ts';
import { apiAt, officerAt, type Shown } from '../support/officer.ts';
import { residentAt } from '../support/resident.ts';

const csv = readFileSync(new URL('../../infra/local/sample-week.csv', import.meta.url), 'utf8');
const week: Record<string, string>[] = parse(csv, { columns: true });
const districtOf = (district: string) =>
  week.filter(({ districts }) => districts?.split('|').includes(district));
const titlesOf = (district: string, isPublic: boolean) =>
  districtOf(district)
    .filter(({ audience, publish }) => (audience === 'public' && publish === 'yes') === isPublic)
    .map(({ title = '' }) => title);

let host: RunningHost;
let admin: ReturnType<typeof officerAt>;
let southend: ReturnType<typeof officerAt>;
const feed = async (path: string) => {
  const answer = await fetch(`${host.url}/calendars/${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

beforeAll(async () => {
  host = await startHost({ settings: { SETTLE_SECONDS: '10' } });
  // A weekday morning, so that nothing waits for one.
  await host.moveClock({ now: '2027-01-04T10:00:00Z' });
  admin = officerAt(host.url, await host.token('admin'));
  southend = officerAt(host.url, await host.token('southend-officer'));
}, 60_000);
afterAll(() => host?.stop());

describe('a week of events, from a spreadsheet to residents', () => {
  const people = () => ({
    ann: residentAt(host.url, 'email', 'ann@example.com'),
    bob: residentAt(host.url, 'email', 'bob@example.com'),
    cat: residentAt(host.url, 'sms', '+447700900001'),
    dan: residentAt(host.url, 'sms', '+447700900002'),
    two: residentAt(host.url, 'email', 'two@example.com'),
  });

  test('reaches each subscriber once, with that district’s public events and no others', async () => {
    const { ann, bob, cat, dan, two } = people();
    await two.subscribe(['castle-point', 'rochford']);
    await ann.subscribe(['southend']);
    await bob.subscribe(['basildon']);
    await cat.subscribe(['southend'], { frequency: 'immediately' });
    await dan.subscribe(['basildon']);
    expect(await admin.importCsv(csv)).toMatchObject({ created: 95, failed: 0 });
    await host.settled();
    for (const [resident, district] of [
      [ann, 'southend'],
      [bob, 'basildon'],
    ] as const) {
      const notices = await resident.notices();
      expect(notices, resident.address).toHaveLength(1);
      const text = notices[0]?.text.replace(/\s+/g, ' ') ?? '';
      for (const title of titlesOf(district, true)) expect(text).toContain(title.replace(/\s+/g, ' '));
      for (const title of titlesOf(district, false)) expect(text).not.toContain(title);
      expect(notices[0]?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    }
    const [text, ...more] = await cat.notices();
    expect(more).toEqual([]);
    expect(text?.text).toContain('new police events in Southend');
    expect(text?.text.length).toBeLessThanOrEqual(160);
    // Urgent texts are for events within 24 hours, and the week is three weeks away.
    expect(await dan.notices()).toEqual([]);
  });

  test('tells a resident of two districts once from each, and of what both share once', async () => {
    const notices = await people().two.notices();
    expect(notices).toHaveLength(2);
    const told = notices.map(({ text }) => text.replace(/\s+/g, ' ')).join(' ');
    const titles = new Set([...titlesOf('castle-point', true), ...titlesOf('rochford', true)]);
    expect(titles).toContain('Estuary watch: Canvey and Rochford together');
    for (const title of titles) expect(told.split(title.replace(/\s+/g, ' ')), title).toHaveLength(2);
  });

  test('is on the calendar of each district, and only what is public', async () => {
    for (const district of ['southend', 'basildon', 'harlow']) {
      const titles = eventsOf((await feed(`${district}.ics`)).text).map(({ summary }) => summary);
      expect(titles.sort()).toEqual(titlesOf(district, true).sort());
    }
    expect(eventsOf((await feed('all.ics')).text)).toHaveLength(81);
  });

  test('is on the list, for residents and for officers', async () => {
    const list = async (api: typeof admin.api, query: string) => {
      const { body } = await api('GET', `/events?limit=100&${query}`);
      return (body as { items: Shown[] }).items;
    };
    expect(await list(admin.api, '')).toHaveLength(81);
    expect(await list(admin.api, 'scope=officer')).toHaveLength(95);
    expect(await list(southend.api, 'scope=officer&district=southend')).toHaveLength(
      districtOf('southend').length,
    );
  });

  test('imported again changes nothing and tells nobody', async () => {
    const before = (await host.messages()).length;
    expect(await admin.importCsv(csv)).toMatchObject({ created: 0, updated: 0, unchanged: 95, failed: 0 });
    await host.settled();
    expect(await host.messages()).toHaveLength(before);
  });

  test('in which a row is broken goes in but for that row', async () => {
    const lines = csv.split('\n');
    lines[40] = lines[40]?.replace(/,(basildon|southend|[a-z-]+),([a-z-]+-cpt)/, ',atlantis,$2') ?? '';
    const broken = lines.join('\n').replaceAll('NPW27-', 'AGAIN-').replaceAll(',yes\n', ',no\n');
    const report = await admin.importCsv(broken, '?dryRun=true');
    expect(report).toMatchObject({ created: 94, failed: 1 });
    expect(report.rows[39]).toMatchObject({ row: 40, errors: [{ column: 'districts' }] });
  });
});

describe('one event', () => {
  const entry = async (id: string) =>
    eventsOf((await feed('southend.ics')).text).find(({ uid }) => uid.startsWith(id));
  const soon = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
    const deadline = Date.now() + 2000;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > deadline) throw new Error('not within 2 seconds');
      await new Promise((wait) => setTimeout(wait, 50));
    }
  };

  test('published is on the calendar within 2 seconds; cancelled it stays there as cancelled', async () => {
    const event = await southend.publish({ title: 'Late open day' });
    const published = await soon(() => entry(event.id));
    expect(published).toMatchObject({ summary: 'Late open day', status: 'CONFIRMED' });
    await southend.cancel(event);
    const cancelled = await soon(async () => {
      const found = await entry(event.id);
      return found?.status === 'CANCELLED' ? found : undefined;
    });
    expect(cancelled).toMatchObject({ uid: published.uid, summary: 'CANCELLED: Late open day' });
    expect(cancelled.sequence).toBeGreaterThan(published.sequence);
  });

  test('moved and then cancelled is told to those who were told of it, and to nobody else', async () => {
    const late = residentAt(host.url, 'email', 'late@example.com');
    const ann = residentAt(host.url, 'email', 'ann@example.com');
    const before = (await ann.notices()).length;
    const event = await southend.publish({ title: 'Street meet' });
    await host.settled();
    await late.subscribe(['southend']);
    const moved = await southend.edit(event, { start: '2027-01-30T11:00' });
    await host.settled();
    await southend.cancel(moved);
    await host.settled();
    const [news, move, cancellation, ...more] = (await ann.notices()).slice(before);
    expect(news?.subject).toContain('Street meet');
    expect(move?.text).toContain('from 10:00 to 11:00');
    expect(cancellation?.text).toContain('The hall is flooded');
    expect(more).toEqual([]);
    expect(await late.notices()).toEqual([]);
  });

  test('of which only words change, or that comes and goes at once, is told to nobody', async () => {
    const ann = residentAt(host.url, 'email', 'ann@example.com');
    const known = await southend.publish({ title: 'Known' });
    await host.settled();
    const before = (await ann.notices()).length;
    let event = known;
    for (const typo of ['a', 'b', 'c', 'd', 'e']) event = await southend.edit(event, { description: typo });
    await southend.cancel(await southend.publish({ title: 'Mistake' }));
    await host.settled();
    expect((await ann.notices()).slice(before)).toEqual([]);
  });

  test('that is no longer for the public is withdrawn everywhere', async () => {
    const ann = residentAt(host.url, 'email', 'ann@example.com');
    const event = await southend.publish({ title: 'Secret soon' });
    await host.settled();
    await southend.edit(event, { audience: 'internal', title: 'Raid on Tuesday' });
    await host.settled();
    expect((await ann.last()).subject).toContain('Cancelled: Secret soon');
    expect(JSON.stringify(await host.messages())).not.toContain('Raid on Tuesday');
    expect(await entry(event.id)).toBeUndefined();
    expect((await feed(`events/${event.id}.ics`)).status).toBe(404);
    expect((await fetch(`${host.url}/events/${event.id}`)).status).toBe(404);
    expect((await fetch(`${host.url}/api/v1/events/${event.id}`)).status).toBe(404);
  });

  test('is previewed with how many will hear of it, and nothing is sent', async () => {
    const before = (await host.messages()).length;
    const { id } = await southend.draft({ title: 'Thought about' });
    const { body } = await southend.api('POST', `/events/${id}/preview`);
    expect(body).toMatchObject({
      notices: { email: 2, sms: 1, smsSegments: 1, estimatedCostPence: 4 },
      text: { email: { subject: expect.stringContaining('Thought about') } },
    });
    await host.settled();
    expect(await host.messages()).toHaveLength(before);
  });

  test('has a history that says whom each version reached', async () => {
    const event = await southend.publish({ title: 'With a history' });
    await host.settled();
    const { body } = await southend.api('GET', `/events/${event.id}/history`);
    expect((body as { items: unknown[] }).items).toMatchObject([
      { version: 2, action: 'publish', bulletins: [{ district: 'southend', email: 2, sms: 1 }] },
      { version: 1, action: 'create', bulletins: [] },
    ]);
  });
});

describe('a series', () => {
  test('is changed for one day, and from a day on: residents hear of that, once, and phones follow', async () => {
    const gil = residentAt(host.url, 'email', 'gil@example.com');
    await gil.subscribe(['harlow']);
    const weekly = await admin.publish({
      title: 'Coffee mornings',
      districts: ['harlow'],
      team: 'harlow-cpt',
      start: '2027-03-04T10:00',
      end: '2027-03-04T11:00',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=8' },
    });
    await host.settled();
    expect((await gil.last()).text).toContain('then every Thursday, 8 times in all');

    const off = { recurrenceId: '2027-03-11T10:00', status: 'cancelled', reason: 'The café is shut' };
    const changed = await admin.changeOne(weekly, off);
    await host.settled();
    expect((await gil.last()).subject).toBe('Cancelled: Coffee mornings, Thu 11 Mar 10am');
    expect((await gil.last()).text).toContain('Reason: The café is shut.');

    const later = await admin.split(changed, { from: '2027-04-01T10:00', start: '2027-04-01T14:00' });
    await host.settled();
    const [news, one, following, ...more] = await gil.notices();
    expect([news?.subject, one?.subject]).toEqual([
      'New police event: Coffee mornings, Thu 4 Mar 10am',
      'Cancelled: Coffee mornings, Thu 11 Mar 10am',
    ]);
    expect(following?.subject).toBe('Moved: Coffee mornings, Thu 1 Apr 2pm');
    expect(following?.text).toContain('has moved from 10:00 to 14:00 on Thursday 1 April 2027');
    expect(more).toEqual([]);

    const own = eventsOf((await feed(`events/${weekly.id}.ics`)).text);
    const of = (id: string) =>
      own.filter(({ uid }) => uid.startsWith(id)).map(({ start, status }) => `${start} ${status}`);
    expect(of(weekly.id).sort()).toEqual(['2027-03-04T10:00:00 CONFIRMED', '2027-03-11T10:00:00 CANCELLED']);
    expect(of(later.id)).toEqual(['2027-04-01T14:00:00 CONFIRMED']);
  });
});

describe('a resident', () => {
  test('leaves with one button in the e-mail, and hears nothing more', async () => {
    const eve = residentAt(host.url, 'email', 'eve@example.com');
    await eve.subscribe(['southend']);
    await southend.publish({ title: 'Before leaving' });
    await host.settled();
    const { headers = {} } = await eve.last();
    const address = headers['List-Unsubscribe']?.replace(/[<>]/g, '') ?? '';
    const looked = await fetch(address);
    expect(await looked.text()).toContain('<button');
    for (const _twice of [1, 2]) {
      const left = await fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        redirect: 'manual',
      });
      expect(left.status).toBe(200);
    }
    await southend.publish({ title: 'After leaving' });
    await host.settled();
    expect((await eve.last()).subject).toContain('Before leaving');
  });

  test('whose number opts out with the carrier has no subscription any more', async () => {
    const gil = residentAt(host.url, 'sms', '+447700900998');
    await gil.subscribe(['southend'], { frequency: 'immediately' });
    const holder = apiAt(host.url);
    const path = new URL(gil.manageUrl()).pathname;
    expect((await holder('GET', path)).status).toBe(200);
    await southend.publish({ title: 'The text that is refused' });
    await host.settled();
    expect((await holder('GET', path)).status).toBe(410);
    expect(await gil.notices()).toEqual([]);
  });

  test('is found by nothing that only looked at the links', async () => {
    const fay = residentAt(host.url, 'email', 'fay@example.com');
    await fay.subscribe(['southend']);
    await fetch(fay.manageUrl());
    await fetch(fay.manageUrl().replace('/subscriptions/', '/unsubscribe/'));
    await southend.publish({ title: 'Still there' });
    await host.settled();
    expect((await fay.last()).subject).toContain('Still there');
  });
});

describe('what residents read', () => {
  test('by e-mail has the event as a file, how to reach the police, why it came and how to stop', async () => {
    const pat = residentAt(host.url, 'email', 'pat@example.com');
    await pat.subscribe(['southend']);
    const event = await southend.publish({ title: 'With a file' });
    await host.settled();
    const [letter] = (await host.messages({ to: pat.address })).slice(-1);
    expect(letter?.attachments).toMatchObject([{ fileName: 'event.ics' }]);
    expect(eventsOf(letter?.attachments?.[0]?.content ?? '')).toMatchObject([
      { summary: 'With a file', uid: expect.stringMatching(event.id) },
    ]);
    for (const words of ['call 999', 'call 101', 'Crimestoppers', 'You asked to hear', 'Stop these emails'])
      expect(letter?.text).toContain(words);
    expect((await host.get('/_local/preview')).status).toBe(200);
  });
});

describe('an address that takes nothing', () => {
  const isThere = async (resident: ReturnType<typeof residentAt>) =>
    (await apiAt(host.url)('GET', new URL(resident.manageUrl()).pathname)).status === 200;
  const often = ({ address }: { address: string }) =>
    address.startsWith('+') ? { frequency: 'immediately' } : {};

  test('ends its subscription: a bounce, a complaint, a number that is nobody’s, whose notice goes by e-mail', async () => {
    const bounces = residentAt(host.url, 'email', 'bounce+a@simulator.amazonses.com');
    const complains = residentAt(host.url, 'email', 'complaint+a@simulator.amazonses.com');
    const phone = residentAt(host.url, 'sms', '+447700900997');
    const all = [bounces, complains, phone];
    for (const each of all) await each.subscribe(['maldon'], often(each));
    const standIn = `${new URL(phone.manageUrl()).pathname}/stand-in`;
    await southend.api('PUT', standIn, { address: 'hal@example.com' });
    await host.idle();
    const hal = residentAt(host.url, 'email', 'hal@example.com');
    const asked = (await hal.last()).text;
    expect(asked).toContain('when a text cannot be sent');
    await southend.api('POST', '/subscriptions/confirmations', {
      token: /confirm\/(\S+)/.exec(asked)?.[1],
    });
    expect(await Promise.all(all.map(isThere))).toEqual([true, true, true]);

    await admin.publish({ title: 'Nobody there', districts: ['maldon'] });
    await host.settled();
    expect(await Promise.all(all.map(isThere))).toEqual([false, false, false]);
    expect(await phone.notices()).toEqual([]);
    const [instead, ...more] = await hal.notices();
    expect(more).toEqual([]);
    expect(instead?.subject).toContain('Nobody there');
    expect(instead?.text).toContain('Your phone does not take our texts');
  });
});

describe('a resident may', () => {
  test('stop one district, then be forgotten at once, and come back as somebody new', async () => {
    const ivy = residentAt(host.url, 'email', 'ivy@example.com');
    await ivy.subscribe(['southend', 'harlow']);
    const manage = new URL(ivy.manageUrl()).pathname;
    const leave = (form: Record<string, string>) =>
      host.get(manage.replace('subscriptions', 'unsubscribe'), {
        method: 'POST',
        body: new URLSearchParams(form),
      });
    expect(await (await leave({ district: 'southend' })).text()).toContain('no more messages about Southend');
    const left = await apiAt(host.url)('GET', manage);
    expect(left.body).toMatchObject({ districts: ['harlow'] });
    await southend.publish({ title: 'Not for Ivy' });
    await host.settled();
    expect(await ivy.notices()).toEqual([]);
    expect(await (await leave({ erase: 'yes' })).text()).toContain('Your address is erased');
    expect((await apiAt(host.url)('GET', manage)).status).toBe(410);
    await ivy.subscribe(['harlow']);
    expect(new URL(ivy.manageUrl()).pathname).not.toBe(manage);
  });

  test('ask again for a new link; answers tell nobody what exists; who asks too often waits', async () => {
    const api = apiAt(host.url);
    const ask = (address: string) =>
      api('POST', '/subscriptions', { channel: 'email', address, districts: ['harlow'] });
    const confirm = async (token?: string) =>
      (await api('POST', '/subscriptions/confirmations', { token })).status;
    // Requests are counted by the minute, and messages to one address by the hour.
    const nextWhole = async (ms: number) => {
      const now = Date.parse((await host.clock()).now);
      await host.moveClock({ now: new Date((Math.floor(now / ms) + 1) * ms).toISOString() });
    };
    await nextWhole(3_600_000);
    const answers = [await ask('ann@example.com'), await ask('kit@example.com')];
    await host.idle();
    answers.push(await ask('kit@example.com'));
    await host.idle();
    for (const { status, text } of answers)
      expect([status, text]).toEqual([202, '{"status":"confirmation-sent"}']);
    const kit = residentAt(host.url, 'email', 'kit@example.com');
    const [first, second] = (await kit.messages()).map(({ text }) => /confirm\/(\S+)/.exec(text)?.[1]);
    expect(second).not.toBe(first);
    expect([await confirm(first), await confirm(second), await confirm(second)]).toEqual([410, 200, 410]);

    await nextWhole(60_000);
    let answer = await ask('kit@example.com');
    for (let more = 0; answer.status === 202 && more < 30; more++) answer = await ask('kit@example.com');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await host.idle();
    expect((await kit.messages()).length, 'over four an hour nothing is sent').toBeLessThanOrEqual(4);
    await host.moveClock({ advance: 'PT1M' });
    expect((await ask('kit@example.com')).status).toBe(202);
  });
});
