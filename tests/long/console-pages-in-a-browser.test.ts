import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { officersRoutes } from '../../functions/console/console.ts';
import { eventPages } from '../functions/console/looked-at/event-pages.ts';
import { importPages } from '../functions/console/looked-at/import-pages.ts';
import { approvalPages, publishPages } from '../functions/console/looked-at/publish-pages.ts';
import { countedDesk, reportPages } from '../functions/console/looked-at/report-pages.ts';
import { wayInPages } from '../functions/console/looked-at/way-in-pages.ts';
import { opened } from '../functions/console/opened.ts';
import { someConsole } from '../functions/console/some-console.ts';
import { allScreenshots, shoot } from '../functions/site/in-a-browser.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());

const seen = new Set<string>();

test.each([
  ['of events', eventPages],
  ['of publishing', publishPages],
  ['of approving', approvalPages],
  ['of imports', importPages],
  ['of reports', reportPages],
  ['on the way in and out', wayInPages],
])(
  'pages %s are for everybody, on a phone and at a desk',
  async (_, pages) => {
    const { desk, by } = await pages();
    for (const [who, ways] of by) {
      const visit = await opened(browser, desk, { who });
      expect(await visit.faultsIn(ways)).toEqual({});
      expect(visit.complaints).toEqual([]);
      for (const address of visit.seen) seen.add(address);
      await visit.close();
    }
  },
  180_000,
);

/** Answers that are no pages: files, and an email in its frame. */
const noPage = /\.csv$|\/publish\/email$/;

test('no page of the console is left out of that', () => {
  const patterns = officersRoutes(someConsole())
    .filter(({ method, path }) => method === 'GET' && !noPage.test(path))
    .map(({ path }) => path);
  const isSeen = (path: string) => {
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return [...seen].some((address) => pattern.test(address));
  };
  expect(patterns.length).toBeGreaterThan(15);
  expect(patterns.filter((path) => !isSeen(path))).toEqual([]);
});

test('the dashboard on paper is its drawings and figures, without what one would press', async () => {
  const { page, close } = await opened(browser, await countedDesk(), { who: 'supervisor', width: 794 });
  await page.goto('/console/dashboard');
  await page.emulateMedia({ media: 'print' });
  if (allScreenshots) await shoot(page, 'console-dashboard-print');
  for (const gone of ['form.filter', '.govuk-service-navigation', 'footer', '.no-print'])
    expect(await page.locator(gone).first().isVisible(), gone).toBe(false);
  expect(await page.locator('svg.chart:visible').count()).toBe(
    await page.locator('.measures table:visible').count(),
  );
  expect(await page.locator('svg.chart:visible').count()).toBeGreaterThan(7);
  await close();
}, 60_000);
