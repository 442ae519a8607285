import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addresses } from '../../../functions/site/site.ts';
import { cancelled, postponed } from '../../../shared/events/edit-event.ts';
import { allScreenshots, faultsOf, inABrowser, scrollsSideways, shoot, withAxe } from './in-a-browser.ts';
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
let opened: Awaited<ReturnType<typeof browser.open>>;
let manage: string;
let confirm: string;
let ended: string;
let byText: string;

beforeAll(async () => {
  browser = await inABrowser({ events });
  opened = await browser.open(1280);
  await withAxe(opened.page);
  const { site, newestConfirmation } = browser;
  const ask = (email: string) =>
    site.post('/subscribe', { channel: 'email', email, districts: ['southend', 'harlow'] });
  const subscribe = async (email: string) => {
    await ask(email);
    await site.post(`/subscribe/confirm/${site.signed.sign('confirm', newestConfirmation())}`);
    return newest();
  };
  const { get } = site.events;
  site.events.get = async (id) => {
    if (id === 'broken') throw new Error('the table is gone');
    return get(id);
  };
  const newest = () => site.signed.sign('manage', [...site.subscriptions.subscriptions.keys()].at(-1) ?? '');
  await site.post('/subscribe', { channel: 'sms', sms: '07700 900123', districts: ['southend'] });
  const code = site.signed.code(newestConfirmation());
  await site.post('/subscribe/code', { address: '+447700900123', code });
  byText = newest();
  manage = await subscribe('ann@example.org');
  ended = await subscribe('eve@example.org');
  await site.post(`/unsubscribe/${ended}`);
  await ask('bob@example.org');
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
  address: () => '/subscribe/address?channel=email&district=southend',
  confirm: () => `/subscribe/confirm/${confirm}`,
  manage: () => `/subscriptions/${manage}`,
  'stand-in': () => `/subscriptions/${byText}/stand-in`,
  saved: () => `/subscriptions/${manage}?saved=yes`,
  leave: () => `/unsubscribe/${manage}`,
  'leave-by-text': () => `/u/${manage}`,
  privacy: () => '/privacy',
  accessibility: () => '/accessibility',
  cookies: () => '/cookies',
  'not-found': () => '/nowhere',
  gone: () => `/subscriptions/${ended}`,
  broken: () => '/events/broken',
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

async function isSound(name: string) {
  const { page, complaints } = opened;
  await page.setViewportSize({ width: 1280, height: 800 });
  if (allScreenshots) await shoot(page, `${name}-1280`);
  expect(await faultsOf(page), name).toEqual([]);
  if (allScreenshots || main.includes(name)) await shoot(page, `${name}-320`);
  expect(complaints, name).toEqual([]);
  complaints.length = 0;
}

test.each(Object.entries(pages))(
  '%s is accessible, fits, and needs nothing from elsewhere',
  async (name, address) => {
    await opened.page.goto(address());
    await isSound(name);
    if (main.includes(name)) await lookOtherwise(opened.page, name);
  },
);

/** As those see it who chose their own colours, or no movement. At 400 % a screen of 1280 pixels is 320 wide. */
async function lookOtherwise(page: Page, name: string) {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  expect(await scrollsSideways(page)).toBe(false);
  expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  if (allScreenshots) await shoot(page, `${name}-forced-colours`);
  await page.emulateMedia({ forcedColors: null, reducedMotion: null });
}

// A screen of 1280 by 1024: as wide as a phone, and shorter.
test.runIf(allScreenshots)('the ten main pages at 400 %, to be looked at', async () => {
  const { page, close } = await browser.open(320, {
    viewport: { width: 320, height: 256 },
    deviceScaleFactor: 4,
  });
  for (const name of main) {
    await page.goto(pages[name]?.() ?? '/');
    await shoot(page, `${name}-zoom-400`);
  }
  await close();
});

test('every state of a form is accessible, and an error leads to its field', async () => {
  const { page } = opened;
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const focused = () => page.evaluate('document.activeElement?.id || document.activeElement?.className');
  const go = async (name: string, button: string | RegExp = /ontinue$/) => {
    await press(button);
    await isSound(name);
  };
  /** The summary has the focus, and its line takes one to the field. */
  const leadsTo = async (field: string, words: string) => {
    expect(await focused()).toContain('govuk-error-summary');
    await page.getByRole('link', { name: words }).click();
    expect(await focused()).toBe(field);
  };
  await page.goto('/subscribe');
  await go('channel-error');
  await leadsTo('channel', 'Choose email or text message');
  await page.getByLabel('By email').check();
  await press(/ontinue$/);
  await page.getByLabel('What is your email address?').fill('ann');
  await go('email-error');
  await leadsTo('email', 'Enter an email address');
  await press('Back');
  await page.getByLabel('By text message').check();
  await go('mobile');
  await page.getByLabel('What is your mobile number?').fill('123');
  await go('mobile-error');
  await leadsTo('sms', 'Enter a UK mobile number');
  await page.getByLabel('What is your mobile number?').fill('07700 900456');
  await go('districts');
  await go('districts-error');
  await leadsTo('districts', 'Choose at least one district');
  await page.getByLabel('Southend-on-Sea').check();
  await go('check');
  // As if by a page of somebody else's making.
  await page.evaluate(`document.querySelector('[name=districts]').remove()`);
  await go('answer-lost');
  await leadsTo('districts', 'Choose at least one district');
  await page.getByLabel('Southend-on-Sea').check();
  await press(/ontinue$/);
  await press('Change How we tell you');
  await page.evaluate(`document.querySelector(':checked').checked = false`);
  await go('channel-lost');
  await leadsTo('channel', 'Choose email or text message');
  await page.getByLabel('By text message').check();
  for (const _ of ['channel', 'mobile', 'districts']) await press(/ontinue$/);
  await go('code');
  for (const code of ['000001', '000002', '000003', '000004']) {
    await page.getByLabel('6-digit code').fill(code);
    await press(/ontinue$/);
  }
  await isSound('code-error');
  await leadsTo('code', 'Enter the 6-digit code');
  await page.getByLabel('6-digit code').fill('000005');
  await go('too-many-codes');
  await page.goto('/');
  await go('find-error', 'Find');
  await leadsTo('place', 'Enter a postcode');
  await page.getByLabel('Postcode or district').fill('Atlantis');
  await go('found-nothing', 'Find');
  await page.goto(`/subscriptions/${manage}`);
  for (const district of ['Southend-on-Sea', 'Harlow']) await page.getByLabel(district).uncheck();
  await go('manage-error', 'Save changes');
  await leadsTo('districts', 'Choose at least one district');
  await page.goto(`/subscriptions/${byText}/stand-in`);
  await page.getByLabel('Email address').fill('ann');
  await go('stand-in-error');
  await leadsTo('address', 'Enter an email address');
  await page.goto(`/subscribe/confirm/${confirm}`);
  await go('confirmed', 'Confirm');
  await page.goto(`/u/${manage}`);
  await go('left', 'Stop messages');
});

/** Answers that are no pages; and what will be an event's page, which is that in every byte, but where no script runs. */
const noPage = /^\/(embed\.js|robots\.txt|sitemap\.xml|qr\/|preview\/)/;
/** A button alone: nothing that could be filled in wrong. */
const buttons = ['/subscribe/confirm/{token}', '/unsubscribe/{token}', '/u/{token}'];

test('no page, and no form that can be wrong, is left out of that', () => {
  const answers = ({ method, path }: (typeof addresses)[number], isRight: (status: number) => boolean) => {
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return browser.answered.some(
      (one) => one.method === method && pattern.test(one.path) && isRight(one.status),
    );
  };
  const seen = addresses.filter(({ path }) => !noPage.test(path));
  const forms = seen.filter(({ method, path }) => method === 'POST' && !buttons.includes(path));
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.filter((one) => one.method === 'GET' && !answers(one, (status) => status === 200))).toEqual([]);
  expect(forms.filter((one) => !answers(one, (status) => status === 422))).toEqual([]);
  const statuses = new Set(browser.answered.map(({ status }) => status));
  for (const problem of [404, 410, 429, 500]) expect(statuses).toContain(problem);
});

test('a district page opened on a calendar shows the code for the camera', async () => {
  const { page, complaints } = opened;
  await page.goto('/southend');
  await page.getByText('iPhone, iPad or Mac').click();
  const code = page.locator('img[src^="/qr/"]');
  await expect
    .poll(() => code.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
    .toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});
