import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelled, postponed } from '../../../shared/events/edit-event.ts';
import { launchBrowser } from '../../support/browser.ts';
import { serve } from '../../support/serve.ts';
import { sampleWeek } from './sample-week.ts';
import { someSite } from './some-site.ts';

const now = new Date('2027-01-20T10:00:00Z');
const week = sampleWeek();
const [first, second, third, ...rest] = week;
if (!first || !second || !third) throw new Error('the sample week is short');
const events = [
  first,
  cancelled(second, 'The college is closed', now),
  postponed(third, 'Strong wind', now),
  ...rest,
];
const screenshots = new URL('../../../.local/screenshots/', import.meta.url).pathname;

let browser: Browser;
let site: Awaited<ReturnType<typeof someSite>>;
let served: Awaited<ReturnType<typeof serve>>;
/** Bytes that went over the wire, answer by answer. */
const sent: number[] = [];
let manage: string;
let confirm: string;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  site = await someSite({ events });
  await site.post('/subscribe', { channel: 'email', email: 'ann@example.org', districts: ['southend'] });
  await site.post(`/subscribe/confirm/${site.signed.sign('confirm', newest())}`);
  manage = site.signed.sign('manage', [...site.subscriptions.subscriptions.keys()][0] ?? '');
  await site.post('/subscribe', { channel: 'email', email: 'bob@example.org', districts: ['southend'] });
  confirm = site.signed.sign('confirm', newest());
  served = await serve(async (event, context) => {
    const answer = await site.handler(event, context);
    // As the edge compresses it, with what its headers take.
    sent.push(gzipSync(answer.body ?? '').length + JSON.stringify(answer.headers).length);
    return answer;
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const newest = () => [...site.subscriptions.confirmations.keys()].at(-1) ?? '';

const pages: Record<string, () => string> = {
  home: () => '/',
  district: () => '/southend',
  'district-filtered': () => '/southend?kind=talk&month=2027-01',
  'district-empty': () => '/southend?month=2031-01',
  event: () => '/events/week-1',
  'district-month': () => '/southend?month=2027-02',
  'district-past': () => '/southend?past=yes',
  follow: () => '/subscribe?event=week-1',
  embedded: () => '/embed/southend',
  'event-online': () => '/events/week-8',
  'event-cancelled': () => '/events/week-2',
  'event-postponed': () => '/events/week-3',
  'event-repeats': () => '/events/week-6',
  campaign: () => '/campaigns/npw-2027',
  subscribe: () => '/subscribe?district=southend',
  confirm: () => `/subscribe/confirm/${confirm}`,
  manage: () => `/subscriptions/${manage}`,
  saved: () => `/subscriptions/${manage}?saved=yes`,
  leave: () => `/unsubscribe/${manage}`,
  privacy: () => '/privacy',
  accessibility: () => '/accessibility',
  cookies: () => '/cookies',
  'not-found': () => '/nowhere',
};

/** A page with what it asked for elsewhere and what the browser complained of. */
async function open(width: number, options: object = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    baseURL: served.origin,
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(served.origin)) complaints.push(request.url());
  });
  return { page, complaints, close: () => context.close() };
}

/** For people to look at. After some forty pages a busy browser now and then says that it cannot, once. */
async function shoot(page: Page, name: string, fullPage = true) {
  const take = () => page.screenshot({ path: `${screenshots}${name}.png`, fullPage });
  await take()
    .catch(take)
    .catch((error) => console.warn(`no picture of ${name}: ${error}`));
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run({ runOnly: { type: 'tag', values: tags } })).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const scrollsSideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe.each([320, 1280])('at %i pixels', (width) => {
  test.each(Object.entries(pages))(
    '%s is accessible, fits, and needs nothing from elsewhere',
    async (name, address) => {
      const { page, complaints, close } = await open(width);
      await page.goto(address());
      await shoot(page, `${name}-${width}`);
      expect(await violations(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  test('every error state is accessible', async () => {
    const { page, complaints, close } = await open(width);
    const go = async (shot?: string) => {
      await page.getByRole('button', { name: /ontinue$/ }).click();
      if (shot) await shoot(page, `${shot}-${width}`);
      expect(await violations(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
    };
    await page.goto('/subscribe');
    await go('channel-error');
    expect(await page.evaluate('document.activeElement?.className')).toContain('govuk-error-summary');
    await page.getByRole('link', { name: 'Choose email or text message' }).click();
    expect(await page.evaluate('document.activeElement?.id')).toBe('channel');
    await page.getByLabel('By text message').check();
    await go('address');
    await page.getByLabel('What is your mobile number?').fill('123');
    await go('address-error');
    await page.getByLabel('What is your mobile number?').fill('07700 900456');
    await go('districts');
    await go('districts-error');
    await page.getByRole('link', { name: 'Choose at least one district' }).click();
    expect(await page.evaluate('document.activeElement?.id')).toBe('districts');
    await page.getByLabel('Southend-on-Sea').check();
    await go('check');
    await go('code');
    await page.getByLabel('6-digit code').fill('000000');
    await go('code-error');
    await page.goto('/');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Postcode or district').fill('Atlantis');
    await page.getByRole('button', { name: 'Find' }).click();
    await shoot(page, `find-${width}`);
    expect(await violations(page)).toEqual([]);
    await page.goto(`/subscriptions/${manage}`);
    await page.getByLabel('Southend-on-Sea').uncheck();
    await page.getByRole('button', { name: 'Save changes' }).click();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe.each([true, false])('a resident, with JavaScript: %s', (javaScriptEnabled) => {
  test('finds their district and asks to be told by text, changes their mind, and leaves', async () => {
    const { page, close } = await open(360, { javaScriptEnabled });
    await page.goto('/');
    await page.getByLabel('Postcode or district').fill('harlow');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('heading', { name: 'Police events in Harlow' }).waitFor();
    await page.getByRole('link', { name: 'Get told by email or text' }).first().click();
    const go = (name = 'Continue') => page.getByRole('button', { name }).click();
    await page.getByLabel('By text message').check();
    await go();
    await page
      .getByLabel('What is your mobile number?')
      .fill(javaScriptEnabled ? '07700 900001' : '07700 900002');
    await go();
    await page.getByRole('heading', { name: 'Which events?' }).waitFor();
    await page.getByLabel('Basildon').check();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('What is your mobile number?').waitFor();
    await go();
    expect(await page.getByLabel('Basildon').isChecked()).toBe(true);
    await go();
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
    await page.getByText('Basildon and Harlow').waitFor();
    await page.goBack();
    await page.getByLabel('Basildon').uncheck();
    await go();
    await page.getByRole('button', { name: 'Back' }).click();
    await go();
    await page.getByRole('button', { name: 'Change Mobile number' }).click();
    expect(await page.getByLabel('What is your mobile number?').inputValue()).toMatch(/07700 90000/);
    await go();
    await go();
    await go('Agree and continue');
    await page.getByLabel('6-digit code').fill(site.signed.code(newest()));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'You will be told' }).waitFor();
    await shoot(page, `done-360`);
    const link = await page.getByRole('link', { name: 'Change what you get' }).getAttribute('href');
    await page.goto(new URL(link ?? '').pathname);
    await page.getByLabel('One text for all news').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Your changes are saved').waitFor();
    await page.getByRole('link', { name: 'Stop everything' }).click();
    await page.getByRole('button', { name: 'Stop messages' }).click();
    await page.getByRole('heading', { name: 'We have stopped' }).waitFor();
    expect([...site.subscriptions.subscriptions.values()].at(-1)).toMatchObject({
      frequency: 'immediately',
      districts: ['harlow'],
      status: 'ended',
    });
    await close();
  });
});

test('a resident asks to be told by e-mail with the keyboard alone', async () => {
  const { page, close } = await open(1280);
  await page.goto('/subscribe');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement?.textContent')).toContain('Skip to main content');
  await page.keyboard.press('Enter');
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
  await press('Tab', 'Space', 'Enter');
  await heading('What is your email address?');
  await page.locator('#email').focus();
  await page.keyboard.type('carol@example.org');
  await press('Enter');
  await heading('Which events?');
  await page.locator('#districts').focus();
  for (let tab = 0; tab < 10; tab++) await press('Tab');
  await press('Space', 'Enter');
  await heading('Check your answers');
  await page.getByRole('button', { name: 'Agree and continue' }).focus();
  await press('Enter');
  await page.getByRole('heading', { name: 'Check your email' }).waitFor();
  expect([...site.subscriptions.confirmations.values()].at(-1)?.wish).toMatchObject({
    address: 'carol@example.org',
    districts: ['southend'],
  });
  await close();
});

test('a district page opened on a calendar shows the code for the camera', async () => {
  const { page, complaints, close } = await open(400);
  await page.goto('/southend');
  await page.getByText('iPhone, iPad or Mac').click();
  await page.getByAltText('QR code').screenshot({ path: `${screenshots}qr-code.png` });
  expect(complaints).toEqual([]);
  await close();
});

test('another site shows the list of a district with one script', async () => {
  const items = [
    {
      id: 'a',
      title: 'Fraud <b>talk</b>',
      start: '2999-01-26T18:00',
      status: 'published',
      allDay: false,
      venue: { name: 'Library' },
    },
    { id: 'b', title: 'Past', start: '2020-01-26T18:00', status: 'published', allDay: false },
    { id: 'c', title: 'Patrol', start: '2999-01-27', status: 'cancelled', allDay: true },
  ];
  const council = `<!doctype html><h1>Council</h1><script src="${served.origin}/embed.js" data-district="southend"></script>`;
  const { page, close } = await open(400);
  await page.route('**/calendars/southend.json', (route) =>
    route.fulfill({ json: { items }, headers: { 'access-control-allow-origin': '*' } }),
  );
  const elsewhere = await serve(async () => ({ headers: { 'content-type': 'text/html' }, body: council }));
  await page.goto(elsewhere.origin);
  await page.getByRole('link', { name: 'Fraud <b>talk</b>' }).waitFor();
  const list = page.locator('police-events');
  expect(await list.getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(/^Fraud <b>talk<\/b>Sat,? 26 Jan,? 18:00, Library$/),
    expect.stringMatching(/^CANCELLED: PatrolSun,? 27 Jan$/),
  ]);
  await close();
  await elsewhere.stop();
});

test.each(['/', '/southend', '/events/week-1'])(
  '%s weighs at most 60 KB and then 15, nothing in it jumps, and nothing is asked of others',
  async (address) => {
    const { page, complaints, close } = await open(360);
    await page.addInitScript(() => {
      const seen = globalThis as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift' as 'mark', buffered: true });
    });
    const weigh = async () => {
      sent.length = 0;
      await page.goto(address, { waitUntil: 'networkidle' });
      expect(await page.evaluate('shift')).toBe(0);
      return sent.reduce((sum, bytes) => sum + bytes, 0);
    };
    expect(await weigh()).toBeLessThan(60_000);
    // Even where the page itself has changed by then.
    expect(sent[0]).toBeLessThan(15_000);
    expect(await weigh()).toBeLessThan(15_000);
    expect(complaints).toEqual([]);
    await close();
  },
);

const main = [
  'home',
  'district',
  'district-month',
  'event',
  'event-cancelled',
  'campaign',
  'subscribe',
  'manage',
  'leave',
  'accessibility',
];

test.each([
  // A screen of 1280 by 1024 at 400 %.
  ['zoom-400', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ['forced-colours', { forcedColors: 'active' }],
  ['reduced-motion', { reducedMotion: 'reduce' }],
])('the ten main pages, to be looked at: %s', async (name, options) => {
  const { page, close } = await open(400, options);
  for (const each of main) {
    await page.goto(pages[each]?.() ?? '/');
    await shoot(page, `${each}-${name}`, name !== 'zoom-400');
    expect(await scrollsSideways(page)).toBe(false);
    if (name === 'reduced-motion') expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  }
  await close();
});
