import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../support/serve.ts';
import { inABrowser } from './in-a-browser.ts';
import { sampleWeek } from './sample-week.ts';

let browser: Awaited<ReturnType<typeof inABrowser>>;
beforeAll(async () => {
  browser = await inABrowser({ events: sampleWeek() });
});
afterAll(() => browser?.close());

describe.each([
  { javaScriptEnabled: true, width: 1280 },
  { javaScriptEnabled: false, width: 320 },
])('a resident, $width pixels, with JavaScript: $javaScriptEnabled', ({ javaScriptEnabled, width }) => {
  test('finds their district and asks to be told by text, changes their mind, and leaves', async () => {
    const { page, close } = await browser.open(width, { javaScriptEnabled });
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
});

test('a resident asks to be told by e-mail with the keyboard alone', async () => {
  const { page, close } = await browser.open(1280);
  const seen: string[] = [];
  page.on('framenavigated', (frame) => {
    if (!frame.url().includes('#')) seen.push(new URL(frame.url()).pathname);
  });
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
  expect(seen).toEqual([
    '/subscribe',
    '/subscribe/address',
    '/subscribe/districts',
    '/subscribe/check',
    '/subscribe',
  ]);
  expect([...browser.site.subscriptions.confirmations.values()].at(-1)?.wish).toMatchObject({
    address: 'carol@example.org',
    districts: ['southend'],
  });
  await close();
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
      browser.sent.length = 0;
      await page.goto(address);
      expect(await page.evaluate('shift')).toBe(0);
      return browser.sent.reduce((sum, bytes) => sum + bytes, 0);
    };
    expect(await weigh()).toBeLessThan(60_000);
    // Even where the page itself has changed by then.
    expect(browser.sent[0]).toBeLessThan(15_000);
    const again = await weigh();
    expect(again).toBeLessThan(15_000);
    // It was asked, and said that nothing had changed.
    expect(browser.sent).toHaveLength(1);
    expect(again).toBeLessThan(1_000);
    expect(complaints).toEqual([]);
    await close();
  },
);
