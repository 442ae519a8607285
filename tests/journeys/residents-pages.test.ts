import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type RunningHost, startHost } from '../support/host.ts';

const event = {
  title: 'Coffee with a copper',
  kind: 'street-meet',
  districts: ['southend'],
  team: 'southend-cpt',
  start: '2027-01-26T18:00',
  end: '2027-01-26T19:30',
  venue: { name: 'The Royals', address: 'High Street', postcode: 'SS1 1DG' },
};

let host: RunningHost;
let browser: Browser;
let page: Page;
let token: string;

beforeAll(async () => {
  [host, browser] = await Promise.all([
    startHost({ settings: { SETTLE_SECONDS: '1' }, now: new Date('2027-01-04T10:00:00Z') }),
    launchBrowser(),
  ]);
  token = await host.token('southend-officer');
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, baseURL: host.url });
  page = await context.newPage();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

async function officer(path: string, body: unknown, version?: number) {
  const answer = await host.post(`/api/v1/events${path}`, body, {
    headers: { authorization: `Bearer ${token}`, ...(version && { 'if-match': `"${version}"` }) },
  });
  expect(answer.status).toBeLessThan(300);
  return (await answer.json()) as { id: string; version: number };
}

async function rewrite(id: string, body: object, version: number) {
  const answer = await host.get(`/api/v1/events/${id}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'if-match': `"${version}"`,
    },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { version: number };
}

const press = (name: string) => page.getByRole('button', { name }).click();
const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
const newest = async (to: string) => (await host.messages({ to })).at(-1);

test('a resident finds their district, is told of an event and its cancelling, and leaves with one button', async () => {
  await page.goto('/');
  await page.getByLabel('Postcode or district').fill('southend');
  await press('Find');
  await page.getByRole('link', { name: 'Get told by email or text' }).first().click();
  await page.getByLabel('By email').check();
  await press('Continue');
  await page.getByLabel('What is your email address?').fill('ann@example.com');
  await press('Continue');
  await press('Continue');
  await press('Agree and continue');
  await heading('Check your email');
  await host.idle();
  const link = /\S+\/subscribe\/confirm\/\S+/.exec((await newest('ann@example.com'))?.text ?? '')?.[0] ?? '';
  await page.goto(link);
  await press('Confirm');
  await heading('You will be told');

  const draft = await officer('', event);
  const { id, version } = await officer(`/${draft.id}/publish`, undefined, draft.version);
  await host.idle();
  const news = await newest('ann@example.com');
  expect(news?.subject).toBe('New police event: Coffee with a copper, Tue 26 Jan 6pm');
  const eventPage = /\S+\/events\/\S+/.exec(news?.text ?? '')?.[0] ?? '';
  await page.goto(eventPage);
  await heading('Coffee with a copper');
  await page.getByText('Tuesday 26 January 2027, 6pm to 7:30pm').waitFor();
  const file = await page.getByRole('link', { name: 'Apple Calendar' }).getAttribute('href');
  expect(await (await fetch(file ?? '')).text()).toContain('SUMMARY:Coffee with a copper');

  await page.goto('/southend');
  await page.getByText('iPhone, iPad or Mac').click();
  const calendar = await page.getByRole('link', { name: 'Add to Apple Calendar' }).getAttribute('href');
  expect(calendar).toMatch(/^webcal:/);
  const listed = await (await fetch(calendar?.replace('webcal:', 'http:') ?? '')).text();
  expect(listed).toContain('SUMMARY:Coffee with a copper');

  await officer(`/${id}/cancel`, { reason: 'The hall is flooded' }, version);
  await host.idle();
  const bad = await newest('ann@example.com');
  expect(bad?.subject).toBe('Cancelled: Coffee with a copper, Tue 26 Jan 6pm');
  await page.goto(eventPage);
  await heading('This event has been cancelled');
  await page.goto(/\S+\/unsubscribe\/\S+/.exec(bad?.text ?? '')?.[0] ?? '');
  await press('Stop messages');
  await heading('We have stopped');
});

test('home, a district and an event are light and do not jump, through the edge as it is', async () => {
  const { id } = await officer('', { ...event, title: 'Open evening' });
  await officer(`/${id}/publish`, undefined, 1);
  for (const address of ['/', '/southend', `/events/${id}`]) {
    const { first, second, policy } = await weighed(address);
    expect(first).toBeLessThan(60_000);
    expect(second).toBeLessThan(15_000);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; /);
    expect(policy).not.toContain('unsafe');
  }
});

/** Bytes on the wire for somebody new and for the same person again. Nothing jumps, and all of it is from here. */
async function weighed(address: string) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, baseURL: host.url });
  const looking = await context.newPage();
  await looking.addInitScript(() => {
    const seen = globalThis as unknown as { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift' as 'mark', buffered: true });
  });
  const asked: Request[] = [];
  looking.on('requestfinished', (request) => asked.push(request));
  const weigh = async () => {
    asked.length = 0;
    const answer = await looking.goto(address);
    expect(await looking.evaluate('shift')).toBe(0);
    expect(asked.filter((request) => !request.url().startsWith(host.url))).toEqual([]);
    const sizes = await Promise.all(asked.map((request) => request.sizes()));
    const bytes = sizes.reduce((sum, one) => sum + one.responseBodySize + one.responseHeadersSize, 0);
    return { bytes, policy: answer?.headers()['content-security-policy'] };
  };
  const { bytes: first, policy } = await weigh();
  const { bytes: second } = await weigh();
  await context.close();
  return { first, second, policy };
}

test('a resident follows one event by text, hears that it moves, and is reminded of it', async () => {
  const walk = {
    ...event,
    title: 'Seafront walk',
    start: '2027-01-06T18:00',
    end: '2027-01-06T19:30',
  };
  const draft = await officer('', walk);
  const { id, version } = await officer(`/${draft.id}/publish`, undefined, draft.version);
  await host.idle();
  await page.goto(`/events/${id}`);
  await page.getByRole('button', { name: 'Follow this event' }).click();
  await page.getByLabel('By text message').check();
  await press('Continue');
  await page.getByLabel('What is your mobile number?').fill('07700 900777');
  await press('Continue');
  await press('Agree and continue');
  await host.idle();
  const code = /\d{6}/.exec((await newest('+447700900777'))?.text ?? '')?.[0] ?? '';
  await page.getByLabel('6-digit code').fill(code);
  await press('Continue');
  await heading('You will be told');
  const later = { ...walk, start: '2027-01-06T18:30' };
  const moved = await rewrite(id, later, version);
  await host.idle();
  expect((await newest('+447700900777'))?.text).toContain('Seafront walk has moved from 18:00 to 18:30');
  await page.goto(`/events/${id}`);
  await heading('This event has moved');

  await host.moveClock({ now: '2027-01-05T18:00:30Z' });
  await host.idle();
  expect((await newest('+447700900777'))?.text).toContain('Reminder: Seafront walk');

  await rewrite(id, { ...later, audience: 'internal' }, moved.version);
  await host.idle();
  expect((await page.reload())?.status()).toBe(404);
  await heading('Page not found');
});
