import { beforeEach, describe, expect, test } from 'vitest';
import { edit, revised } from '../../../shared/events/edit-event.ts';
import { aDraft, inputOf } from '../../support/an-event.ts';
import { generatedSubscription } from '../../support/fakes/subscription-seeds.ts';
import { someConsole } from './some-console.ts';

let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
beforeEach(async () => {
  desk = someConsole();
  southend = await desk.as('southend');
  await desk.given(aDraft({ summary: 'Come and see the cells.' }));
});
const page = '/console/events/open-day/publish';
const event = () => desk.events.get('open-day');
const residents = (...members: Parameters<typeof generatedSubscription>[1][]) => {
  for (const [n, each] of members.entries()) {
    const one = generatedSubscription(n, each);
    desk.subscriptions.subscriptions.set(one.id, one);
  }
};
const byText = { channel: 'sms', frequency: 'immediately' } as const;

describe('before an event is published, an officer sees', () => {
  test('the page, the calendar entry and its calendars, the email and the text, as they will go', async () => {
    const { words, html } = await southend.get(page);
    expect(words).toContain('Come and see the cells.');
    expect(words).toContain('Saturday 30 January 2027, 10am to 3pm');
    expect(words).toContain('Police events in Southend-on-Sea: Open day');
    expect(words).toContain('SUMMARY:Southend Police Station open day');
    expect(words).toContain('Subject: New police event: Southend Police Station open day, Sat 30 Jan 10am');
    expect(words).toContain('New police event: Southend Police Station open day, Sat 30 Jan 10am');
    expect(words).toContain('Stop: https://');
    expect(html).toContain(`src="${page}/email"`);
    expect(html).toMatch(/<iframe [^>]*title="The page as it will look" src="\/preview\/[^"]+" sandbox>/);
  });

  test('the email itself in a frame that can do nothing', async () => {
    const { html, headers } = await southend.get(`${page}/email`);
    expect(html).toContain('Southend Police Station open day');
    expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  });

  test('how many are told on each channel, what it costs, and what is left', async () => {
    residents({}, {}, byText, { kinds: ['talk'] }, { frequency: 'weekly' });
    const { words } = await southend.get(page);
    expect(words).toContain('An email to 2 people and a text to 1 person go out in the next few minutes.');
    expect(words).toContain('Text 1 person, 1 part of 160 characters £0.04');
    expect(words).toContain('There is £47.50 left for texts this month.');
  });

  test('that the money for texts does not suffice', async () => {
    residents(byText);
    desk.money.news = 3;
    expect((await southend.get(page)).words).toContain('That is not enough');
  });

  test('at night, that it waits for the morning', async () => {
    residents({});
    desk.clock.now = new Date('2027-01-25T22:00:00Z');
    const again = await desk.as('southend');
    expect((await again.get(page)).words).toContain('An email to 1 person goes out at 8am tomorrow.');
  });

  test('of an event among colleagues, that nobody is told', async () => {
    await desk.given(aDraft({ audience: 'internal' }, 'among-us'));
    const { words, html } = await southend.get('/console/events/among-us/publish');
    expect(words).toContain('Who may see it: Colleagues only. It is on no public page');
    expect(words).not.toContain('Subject:');
    expect(html).not.toContain('<iframe');
  });
});

describe('publishing', () => {
  test('is one press, and says what happens next', async () => {
    residents({});
    const answer = await southend.post(page, { version: '1' });
    expect(answer).toMatchObject({ status: 303, location: '/console/events/open-day/done?version=2' });
    expect(await event()).toMatchObject({ status: 'published', version: 2 });
    const { words } = await southend.get(answer.location);
    expect(words).toContain('It is published');
    expect(words).toContain('An email to 1 person goes out in the next few minutes.');
  });

  test('twice is once', async () => {
    const both = await Promise.all([
      southend.post(page, { version: '1' }),
      southend.post(page, { version: '1' }),
    ]);
    expect(both.map(({ location }) => location)).toEqual(
      Array(2).fill('/console/events/open-day/done?version=2'),
    );
    expect((await southend.post(page, { version: '1' })).location).toContain('version=2');
    expect(await desk.events.history('open-day')).toHaveLength(2);
  });

  test('of what somebody changed meanwhile shows the change, and publishes nothing', async () => {
    const before = aDraft({ summary: 'Come and see the cells.' });
    await desk.events.save(
      edit(before, revised(before, inputOf({ title: 'Dogs and drones' }), desk.clock.now), {
        by: { id: 'other', name: 'Another officer' },
        action: 'edit',
        now: desk.clock.now,
        newId: desk.newId,
      }),
    );
    const answer = await southend.post(page, { version: '1' });
    expect(answer.status).toBe(412);
    expect(answer.words).toContain('Changed by Another officer');
    expect(answer.words).toContain('title: Southend Police Station open day Dogs and drones');
    expect(answer.html).toContain('name="version" value="2"');
    expect(await event()).toMatchObject({ status: 'draft', version: 2 });
    expect((await southend.post(page, { version: '2' })).status).toBe(303);
  });

  test('needs a version: a form made up elsewhere does nothing', async () => {
    for (const form of [{}, { version: 'any' }, { version: '-1' }] as Record<string, string>[])
      expect((await southend.post(page, form)).status).toBe(412);
    expect(await event()).toMatchObject({ status: 'draft' });
  });

  test('of another district’s event by its guessed address is not possible', async () => {
    const basildon = await desk.as('basildon');
    expect((await basildon.get(page)).status).toBe(404);
    expect((await basildon.get(`${page}/email`)).status).toBe(404);
    expect((await basildon.post(page, { version: '1' })).status).toBe(404);
    expect((await basildon.get('/console/events/open-day/done?version=1')).status).toBe(404);
    await southend.post(page, { version: '1' });
    expect((await basildon.post(page, { version: '2' })).status).toBe(403);
  });

  test('of what is published already says so', async () => {
    await southend.post(page, { version: '1' });
    expect((await southend.get(page)).status).toBe(409);
    expect((await southend.post(page, { version: '2' })).status).toBe(409);
  });

  test('shows nothing that somebody wrote as anything but words', async () => {
    const script = '<script>alert(1)</script>';
    await desk.given(aDraft({ title: script, summary: script, description: script }, 'bad'));
    expect((await southend.get('/console/events/bad/publish')).html).not.toContain(script);
    expect((await southend.get('/console/events/bad/publish/email')).html).not.toContain(script);
  });
});
