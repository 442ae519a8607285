import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelled, postponed } from '../../../shared/events/edit-event.ts';
import { allScreenshots, inABrowser, scrollsSideways, shoot, violations, withAxe } from './in-a-browser.ts';
import { sampleWeek } from './sample-week.ts';

const now = new Date('2027-01-20T10:00:00Z');
// One of everything there is: more of the same only takes longer to look at.
const [first, second, third, ...rest] = sampleWeek().slice(0, 16);
if (!first || !second || !third) throw new Error('the sample week is short');
const events = [
  first,
  cancelled(second, 'The college is closed', now),
  postponed(third, 'Strong wind', now),
  ...rest,
];

let browser: Awaited<ReturnType<typeof inABrowser>>;
let manage: string;
let confirm: string;

beforeAll(async () => {
  browser = await inABrowser({ events });
  const { site, newestConfirmation } = browser;
  await site.post('/subscribe', { channel: 'email', email: 'ann@example.org', districts: ['southend'] });
  await site.post(`/subscribe/confirm/${site.signed.sign('confirm', newestConfirmation())}`);
  manage = site.signed.sign('manage', [...site.subscriptions.subscriptions.keys()][0] ?? '');
  await site.post('/subscribe', { channel: 'email', email: 'bob@example.org', districts: ['southend'] });
  confirm = site.signed.sign('confirm', newestConfirmation());
});
afterAll(() => browser?.close());

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

async function isSound(page: Page, complaints: string[]) {
  expect(await violations(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  expect(complaints).toEqual([]);
}

describe.each([320, 1280])('at %i pixels', (width) => {
  let opened: Awaited<ReturnType<typeof browser.open>>;
  beforeAll(async () => {
    opened = await browser.open(width);
    await withAxe(opened.page);
  });
  afterAll(() => opened?.close());

  test.each(Object.entries(pages))(
    '%s is accessible, fits, and needs nothing from elsewhere',
    async (name, address) => {
      const { page, complaints } = opened;
      complaints.length = 0;
      await page.goto(address());
      if (allScreenshots || main.includes(name)) await shoot(page, `${name}-${width}`);
      await isSound(page, complaints);
    },
  );
});

test('every error state is accessible', async () => {
  const { page, complaints, close } = await browser.open(320);
  await withAxe(page);
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const go = async (shot?: string, name: string | RegExp = /ontinue$/) => {
    await press(name);
    if (shot && allScreenshots) await shoot(page, `${shot}`);
    await isSound(page, complaints);
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
  await go('find-error', 'Find');
  await page.getByLabel('Postcode or district').fill('Atlantis');
  await go('find', 'Find');
  await page.goto(`/subscriptions/${manage}`);
  await page.getByLabel('Southend-on-Sea').uncheck();
  await go('manage-error', 'Save changes');
  await close();
});

test.each([
  // A screen of 1280 by 1024 at 400 %.
  ['zoom-400', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ['forced-colours', { forcedColors: 'active' as const }],
  ['reduced-motion', { reducedMotion: 'reduce' as const }],
])('the ten main pages, to be looked at: %s', async (name, options) => {
  const { page, close } = await browser.open(400, options);
  for (const each of main) {
    await page.goto(pages[each]?.() ?? '/');
    if (allScreenshots) await shoot(page, `${each}-${name}`);
    expect(await scrollsSideways(page)).toBe(false);
    if (name === 'reduced-motion') expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  }
  await close();
});

test('a district page opened on a calendar shows the code for the camera', async () => {
  const { page, complaints, close } = await browser.open(400);
  await page.goto('/southend');
  await page.getByText('iPhone, iPad or Mac').click();
  await page.waitForFunction(`document.querySelector('img[src^="/qr/"]').naturalWidth > 0`);
  expect(complaints).toEqual([]);
  await close();
});
