import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../support/serve.ts';
import { byKeyboard } from './by-keyboard.ts';
import { inABrowser } from './in-a-browser.ts';
import { sampleWeek } from './sample-week.ts';

let browser: Awaited<ReturnType<typeof inABrowser>>;
beforeAll(async () => {
  browser = await inABrowser({ events: sampleWeek() });
});
afterAll(() => browser?.close());

test('a resident goes back, changes what they answered and then what they get, and leaves, without JavaScript', async () => {
  const { page, close } = await browser.open(320, { javaScriptEnabled: false });
  await page.goto('/');
  await page.getByLabel('Postcode or district').fill('harlow');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('heading', { name: 'Police events in Harlow' }).waitFor();
  await page.getByRole('link', { name: 'Get told by email or text' }).first().click();
  const go = (name = 'Continue') => page.getByRole('button', { name }).click();
  await page.getByLabel('By text message').check();
  await go();
  await page.getByLabel('What is your mobile number?').fill('07700 900001');
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
  await page.getByLabel('6-digit code').fill(browser.site.signed.code(browser.newestConfirmation()));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'You will be told' }).waitFor();
  const link = await page.getByRole('link', { name: 'Change what you get' }).getAttribute('href');
  await page.goto(new URL(link ?? '').pathname);
  await page.getByLabel('One text for all news').check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Your changes are saved').waitFor();
  await page.getByRole('link', { name: 'Stop everything' }).click();
  await page.getByRole('button', { name: 'Stop messages' }).click();
  await page.getByRole('heading', { name: 'We have stopped' }).waitFor();
  expect([...browser.site.subscriptions.subscriptions.values()].at(-1)).toMatchObject({
    frequency: 'immediately',
    districts: ['harlow'],
    status: 'ended',
  });
  await close();
});

// Each way to be told with and without JavaScript, and on either width.
describe.each([
  { javaScriptEnabled: true, widths: { email: 320, sms: 1280 } },
  { javaScriptEnabled: false, widths: { email: 1280, sms: 320 } },
])('with the keyboard alone, with JavaScript: $javaScriptEnabled', ({ javaScriptEnabled, widths }) => {
  let opened: Awaited<ReturnType<typeof browser.open>>;
  /** The pages that they came to. */
  const seen: string[] = [];
  beforeAll(async () => {
    opened = await browser.open(1280, { javaScriptEnabled });
    opened.page.on('framenavigated', (frame) => {
      if (!frame.url().includes('#')) seen.push(new URL(frame.url()).pathname);
    });
  });
  afterAll(() => opened?.close());

  test.each(['email', 'sms'] as const)(
    'a resident finds their district and asks to be told by %s, in five pages',
    async (channel) => {
      const width = widths[channel];
      const { page } = opened;
      const { site, newestConfirmation } = browser;
      const { tabTo, follow, fill, choose, press } = byKeyboard(page);
      await page.setViewportSize({ width, height: 700 });
      seen.length = 0;
      await page.goto('/');
      await tabTo('Skip to main content');
      await fill('Postcode or district', 'harlow');
      await Promise.all([page.waitForURL('**/harlow'), press('Enter')]);
      expect(seen).toEqual(['/', '/harlow']);

      seen.length = 0;
      await follow('Get told by email or text');
      await choose('By email');
      // One of several: the arrows go from one to the next.
      if (channel === 'sms') await press('ArrowDown');
      await follow('Continue');
      if (channel === 'sms')
        await fill('What is your mobile number?', `07700 900${width === 320 ? 320 : 128}`);
      else await fill('What is your email address?', `c${width}${javaScriptEnabled}@example.org`);
      await follow('Continue');
      await choose('Basildon');
      await follow('Continue');
      await follow('Agree and continue');
      expect(seen).toEqual([
        '/subscribe',
        '/subscribe/address',
        '/subscribe/districts',
        '/subscribe/check',
        '/subscribe',
      ]);
      if (channel === 'sms') {
        await fill('6-digit code', site.signed.code(newestConfirmation()));
        await follow('Continue');
      } else {
        await page.goto(`/subscribe/confirm/${site.signed.sign('confirm', newestConfirmation())}`);
        await follow('Confirm');
      }
      const subscription = [...site.subscriptions.subscriptions.values()].at(-1);
      expect(subscription).toMatchObject({ channel, districts: ['basildon', 'harlow'], status: 'active' });

      await page.goto(`/unsubscribe/${site.signed.sign('manage', subscription?.id ?? '')}`);
      await follow('Stop messages');
      await page.getByRole('heading', { name: 'We have stopped' }).waitFor();
      expect([...site.subscriptions.subscriptions.values()].at(-1)?.status).toBe('ended');
    },
  );

  test('a resident follows an event', async () => {
    const { page } = opened;
    const { follow, fill, choose } = byKeyboard(page);
    await page.goto('/events/week-1');
    await follow('Follow this event');
    await choose('By email');
    await follow('Continue');
    await fill('What is your email address?', 'dan@example.org');
    await follow('Continue');
    await follow('Agree and continue');
    await page.getByRole('heading', { name: 'Check your email' }).waitFor();
    expect([...browser.site.subscriptions.confirmations.values()].at(-1)?.wish).toMatchObject({
      address: 'dan@example.org',
      follows: ['week-1'],
      districts: [],
    });
  });

  test('a resident comes to every way to put a district in a calendar', async () => {
    const { page } = opened;
    const { tabTo, press } = byKeyboard(page);
    await page.goto('/southend');
    for (const [client, link, address] of [
      ['iPhone, iPad or Mac', 'Add to Apple Calendar', /^webcal:.+\/calendars\/southend\.ics$/],
      [
        'Google Calendar',
        'Add to Google Calendar',
        /^https:\/\/calendar\.google\.com\/.+calendars%2Fgoogle%2Fsouthend\.ics$/,
      ],
      ['Outlook on a computer', 'Open in Outlook', /^webcal:/],
    ] as const) {
      await tabTo(client);
      await press('Enter');
      await tabTo(link);
      expect(await page.evaluate('document.activeElement.href')).toMatch(address);
    }
  });
});

test('another site shows the list of a district with one script', async () => {
  const council = `<!doctype html><h1>Council</h1><script src="${browser.origin}/embed.js" data-district="southend" data-count="3"></script>`;
  const elsewhere = await serve(async () => ({ headers: { 'content-type': 'text/html' }, body: council }));
  const { page, close } = await browser.open(400);
  await page.goto(elsewhere.origin);
  const list = page.locator('police-events');
  await list.getByRole('heading', { name: 'Police events in Southend-on-Sea' }).waitFor();
  const items = await list.getByRole('listitem').allTextContents();
  expect(items).toHaveLength(3);
  for (const item of items) expect(item).toMatch(/\w+day \d+ January 2027, .+/);
  await list.getByRole('link', { name: 'See all events in your district' }).waitFor();
  await close();
  await elsewhere.stop();
});

test.each(['/', '/southend', '/events/week-1'])(
  '%s weighs at most 60 KB and then 15, nothing in it jumps, and nothing is asked of others',
  async (address) => {
    const { page, complaints, close } = await browser.open(360);
    await page.addInitScript(() => {
      const seen = globalThis as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift' as 'mark', buffered: true });
    });
    const weigh = async () => {
      browser.answered.length = 0;
      await page.goto(address);
      expect(await page.evaluate('shift')).toBe(0);
      return browser.answered.reduce((sum, { bytes }) => sum + bytes, 0);
    };
    expect(await weigh()).toBeLessThan(60_000);
    // Even where the page itself has changed by then.
    expect(browser.answered[0]?.bytes).toBeLessThan(15_000);
    const again = await weigh();
    expect(again).toBeLessThan(15_000);
    // It was asked, and said that nothing had changed.
    expect(browser.answered).toHaveLength(1);
    expect(again).toBeLessThan(1_000);
    expect(complaints).toEqual([]);
    await close();
  },
);
