import { expect, test } from 'vitest';
import { cancelled, edit, postponed, revised } from '../../../shared/events/edit-event.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';
import { assetFiles } from '../../support/asset-files.ts';
import { someSite } from './some-site.ts';

const now = new Date('2027-01-20T10:00:00Z');
const openDay = anEvent();
const talkMembers = { title: 'Fraud talk', kind: 'talk', start: '2027-01-26T18:00', end: '2027-01-26T19:30' };
const talk = anEvent(talkMembers, 'talk');
const inHarlow = anEvent(
  {
    title: 'Harlow market',
    kind: 'street-meet',
    districts: ['harlow'],
    team: 'harlow-cpt',
    start: '2027-01-27T10:00',
    end: '2027-01-27T11:00',
  },
  'harlow-market',
);
const internal = anEvent(
  { title: 'Secret briefing', audience: 'internal', start: '2027-01-26T08:00', end: '2027-01-26T09:00' },
  'secret',
);
const draft = aDraft({ title: 'Not yet' }, 'draft');
const all = [openDay, talk, inHarlow, internal, draft];

test('the home page names the force, its districts and what is on in the next 7 days', async () => {
  const { ask } = await someSite({ events: all });
  const { status, words, html } = await ask('/');
  expect(status).toBe(200);
  expect(words).toContain('Essex Police');
  expect(words).toContain('Castle Point');
  expect(html).toContain('href="/southend"');
  expect(words).toContain('Tuesday 26 January 2027 6pm to 7:30pm Fraud talk');
  expect(words).not.toMatch(/Secret|Not yet/);
});

test('what residents said and what was done stands on the page of an event once it is published', async () => {
  const outcome = { raised: 'Cars <b>race</b>', did: 'We check them', isPublished: false };
  const page = async (isPublished: boolean) => {
    const { ask } = await someSite({ events: [{ ...openDay, outcome: { ...outcome, isPublished } }] });
    return ask(`/events/${openDay.id}`);
  };
  expect((await page(false)).words).not.toMatch(/You said|race/);
  const { html } = await page(true);
  expect(html).toMatch(/You said[\s\S]*Cars &lt;b&gt;race&lt;\/b&gt;[\s\S]*We did[\s\S]*We check them/);
});

test('a district page has its own events, by day', async () => {
  const { ask } = await someSite({ events: all });
  const { words, html } = await ask('/southend');
  expect(words).toContain('Police events in Southend-on-Sea');
  expect(words).toMatch(/Tuesday 26 January 2027 .*Fraud talk .*Saturday 30 January 2027 .*open day/);
  expect(words).not.toMatch(/Harlow market|Secret|Not yet/);
  expect(html).toContain('webcal://events.essex.example/calendars/southend.ics');
  expect(html).toContain('href="/subscribe?district=southend"');
});

test('a district page shows one kind, or one month', async () => {
  const { ask } = await someSite({ events: all });
  const talks = (await ask('/southend?kind=talk')).words;
  expect(talks).toContain('Fraud talk');
  expect(talks).not.toContain('Station open day');
  expect((await ask('/southend?month=2027-02')).words).toContain('No events like this');
  expect((await ask('/southend?kind=nonsense&month=nonsense')).status).toBe(200);
});

test('a series is on each of its days', async () => {
  const weekly = anEvent(
    {
      title: 'Ask us anything',
      start: '2027-01-28T10:00',
      end: '2027-01-28T12:00',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' },
    },
    'weekly',
  );
  const { ask } = await someSite({ events: [weekly] });
  const { words } = await ask('/southend');
  expect(words.match(/Ask us anything/g)).toHaveLength(3);
  expect((await ask('/events/weekly')).words).toContain('Thursday 4 February 2027, 10am to midday');
});

test('a month is a calendar of weeks, whose days lead to their events', async () => {
  const { ask } = await someSite({ events: all });
  const { html, words } = await ask('/southend?month=2027-01');
  expect(html).toMatch(/<caption>January 2027<\/caption>/);
  expect(html).toContain('href="#2027-01-26"');
  expect(html).toContain('id="2027-01-26"');
  expect(words).toContain('26 : 1 event on Tuesday 26 January 2027');
  expect(words).toContain('27 : no events on Wednesday 27 January 2027');
  expect(html.match(/<tr>/g)).toHaveLength(6);
});

test('what is over is found on its own page, newest first', async () => {
  const { ask } = await someSite({ events: all, now: '2027-02-03T10:00:00Z' });
  expect((await ask('/southend')).words).not.toContain('Fraud talk');
  expect((await ask('/southend?past=yes')).words).toMatch(/open day.*Fraud talk/);
});

test('a place to go on from that is none starts the list', async () => {
  const { ask } = await someSite({ events: all });
  expect((await ask('/southend?after=zzz')).words).toContain('Fraud talk');
});

test('an event that moved says from when', async () => {
  const site = await someSite({ events: [talk], now: '2027-01-20T08:00:00Z' });
  const moved = revised(talk, inputOf({ ...talkMembers, start: '2027-01-26T17:00' }), now);
  await site.events.save(
    edit(talk, moved, { by: { id: 'o', name: 'O' }, action: 'edit', now, newId: () => 'a-change' }),
  );
  const { words, html } = await site.ask('/events/talk');
  expect(words).toMatch(
    /This event has moved It was planned for Tuesday 26 January 2027, 6pm\. .*Fraud talk/,
  );
  expect(html).toContain('"previousStartDate":"2027-01-26T18:00+00:00"');
  expect(html).toContain('EventRescheduled');
});

test('an event page says when, where, who and how to get in', async () => {
  const event = anEvent({
    venue: { name: 'Town Hall', address: 'High Street', postcode: 'SS1 1AA', access: ['step-free', 'bsl'] },
    partners: ['Southend Council'],
    bookingUrl: 'https://book.example/1',
    capacity: 30,
    campaign: 'npw-2027',
  });
  const { ask } = await someSite({ events: [event] });
  const { status, words, html } = await ask(`/events/${event.id}`);
  expect(status).toBe(200);
  for (const each of [
    'Saturday 30 January 2027, 10am to 3pm',
    'Town Hall High Street SS1 1AA',
    'Step-free access',
    'British Sign Language interpreter',
    'Southend CPT',
    'Southend Council',
    'There is room for 30 people.',
    'Neighbourhood Policing Week 2027',
  ])
    expect(words).toContain(each);
  expect(html).toContain('href="https://events.essex.example/calendars/events/open-day.ics"');
  expect(html).toContain('dates=20270130T100000%2F20270130T150000');
});

test('cancelled and postponed are said before anything else, with the reason', async () => {
  const events = [cancelled(openDay, 'Flooding', now), postponed(talk, 'Snow', now)];
  const { ask } = await someSite({ events });
  const off = await ask('/events/open-day');
  expect(off.words).toMatch(
    /This event has been cancelled Reason: Flooding .*Southend Police Station open day/,
  );
  expect(off.words).not.toContain('Add to your calendar');
  expect((await ask('/events/talk')).words).toMatch(
    /This event has been postponed Reason: Snow .*Fraud talk/,
  );
  expect((await ask('/southend')).words).toContain('open day Cancelled');
});

test('drafts, other audiences and what never was are not found', async () => {
  const { ask } = await someSite({ events: all });
  for (const address of [
    '/events/secret',
    '/events/draft',
    '/events/none',
    '/nowhere',
    '/campaigns/none',
    '/a/b/c',
  ]) {
    const { status, words, headers } = await ask(address);
    expect(status, address).toBe(404);
    expect(words).toContain('Page not found');
    expect(headers['cache-control']).toBe('no-store');
  }
});

test('a campaign page has its events of all districts', async () => {
  const events = [openDay, { ...inHarlow, campaign: 'npw-2027' }, { ...talk, campaign: 'npw-2027' }];
  const { ask } = await someSite({ events });
  const { words } = await ask('/campaigns/npw-2027');
  expect(words).toMatch(/Monday 25 January 2027 to Sunday 31 January 2027 .*Fraud talk .*Harlow market/);
  expect(words).not.toContain('open day');
});

test('what goes on after a campaign is on its page while it lasts', async () => {
  const weekly = anEvent({
    title: 'Community hub',
    start: '2027-01-28T10:00',
    end: '2027-01-28T12:00',
    campaign: 'npw-2027',
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=8' },
  });
  const { ask } = await someSite({ events: [weekly] });
  const { words } = await ask('/campaigns/npw-2027');
  expect(words.match(/Community hub/g)).toHaveLength(1);
  expect(words).toContain('Thursday 28 January 2027');
});

test('a series that was split leads to the event as which it goes on, unless residents may not see that', async () => {
  const recurrence = { rrule: 'FREQ=WEEKLY;COUNT=2' };
  const first = { ...anEvent({ recurrence }), continued: { id: 'later', from: '2027-02-13T10:00' } };
  const later = (more: object) =>
    anEvent({ title: 'Afternoons', start: '2027-02-13T14:00', ...more }, 'later');
  const shown = async (more: object) => {
    const { ask } = await someSite({ events: [first, later({ end: '2027-02-13T15:00', ...more })] });
    return ask('/events/open-day');
  };
  const { html, words } = await shown({});
  expect(words).toContain('From Saturday 13 February 2027 it goes on as: Afternoons');
  expect(html).toContain('href="/events/later"');
  expect((await shown({ audience: 'internal' })).html).not.toContain('later');
});

test('search engines read the same as residents', async () => {
  const title = 'Open day </script><script>alert(1)</script>';
  const { ask } = await someSite({ events: [cancelled(anEvent({ title }), 'Flooding', now)] });
  const { html } = await ask('/events/open-day');
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
  expect(JSON.parse(json)).toMatchObject({
    '@type': 'Event',
    name: title,
    startDate: '2027-01-30T10:00+00:00',
    eventStatus: 'https://schema.org/EventCancelled',
    location: { '@type': 'Place', name: 'Southend Police Station' },
  });
  expect(html).not.toContain('<script>alert');
  const list = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(
    (await ask('/southend')).html,
  )?.[1];
  expect(JSON.parse(list ?? '')).toMatchObject({
    '@type': 'ItemList',
    itemListElement: [{ item: { name: title } }],
  });
});

test('public pages are kept for a minute and known by their tag', async () => {
  const { ask } = await someSite({ events: all });
  const { headers } = await ask('/southend');
  expect(headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=300');
  const again = await ask('/southend', { headers: { 'if-none-match': headers.etag ?? '' } });
  expect(again.status).toBe(304);
  expect(again.html).toBe('');
  expect((await ask('/southend', { method: 'HEAD' })).status).toBe(200);
});

test('pages allow nothing from elsewhere, and what they need is in files of ours', async () => {
  const { ask } = await someSite({ events: all });
  const { headers, html } = await ask('/');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(html).not.toMatch(/ (style|on\w+)="/);
  const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
    ([, address]) => address ?? '',
  );
  expect(addresses).toHaveLength(3);
  for (const address of addresses) expect(assetFiles.get(address)?.toString()).not.toMatch(/GDS Transport/);
});

test('notices to everybody are there', async () => {
  const { ask } = await someSite();
  for (const [address, words] of [
    ['/privacy', 'Until you stop, and 28 days more'],
    ['/accessibility', 'Web Content Accessibility Guidelines 2.2'],
    ['/cookies', 'We use none'],
  ] as const)
    expect((await ask(address)).words).toContain(words);
});

test('an event is shared by the ways a phone has, with no script of others', async () => {
  const { ask } = await someSite({ events: all });
  const { html } = await ask('/events/talk');
  const links = [...html.matchAll(/href="((?:mailto|sms|https:\/\/wa\.me)[^"]*)"/g)].map(([, link]) =>
    decodeURIComponent((link ?? '').replaceAll('&amp;', '&')),
  );
  expect(links.filter((link) => link.includes('/events/talk'))).toHaveLength(3);
  for (const link of links) expect(link).toMatch(/Fraud talk, \w+day \d+ January 2027/);
  expect(html).toMatch(/<button[^>]* hidden data-share="https:\/\/events.essex.example\/events\/talk"/);
  expect((await ask('/events/talk')).words).not.toMatch(/Districts/);
});
