import type { Browser, Page } from 'playwright-core';
import { site } from '../../../functions/site/site.ts';
import { withFiles } from '../../support/asset-files.ts';
import { essex } from '../../support/essex.ts';
import { serve } from '../../support/serve.ts';
import { allScreenshots, faultsOf, violations, withAxe } from '../site/in-a-browser.ts';
import { origin, type someConsole } from './some-console.ts';

/** How a page, or a state of it, is come to. */
export type Way = { address: string; act?: (page: Page) => Promise<unknown> };
export type Ways = Record<string, Way>;
export type Desk = ReturnType<typeof someConsole>;
/** A console with what is on its pages, and the pages that each of its people looks at, by name, in this order. */
export type Looked = { desk: Desk; by: (readonly [who: string, ways: Ways])[] };

/** A browser of somebody signed in to the console on stores in memory. */
export async function opened(
  browser: Browser,
  desk: Desk,
  {
    who,
    width = 1280,
    javaScriptEnabled = true,
  }: { who: string; width?: number; javaScriptEnabled?: boolean },
) {
  const { cookies } = await desk.as(who);
  const residents = siteOf(desk);
  const whole = withFiles((event, setting) =>
    (event.rawPath.startsWith('/console') ? desk.handler : residents)(event, setting),
  );
  /** Addresses of pages that were asked for. */
  const seen = new Set<string>();
  const served = await serve(async (event, setting) => {
    if (event.requestContext.http.method === 'GET') seen.add(event.rawPath);
    const { origin: sentFrom, ...headers } = event.headers;
    const sent = { ...event, cookies, headers: { ...headers, ...(sentFrom && { origin }) } };
    const answer = await whole(sent, setting);
    // Drafts save themselves after a shorter pause than people need.
    return { ...answer, body: answer.body?.replace('data-autosave="2000"', 'data-autosave="250"') };
  });
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    baseURL: served.origin,
    javaScriptEnabled,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A component that cannot begin says so in a mere log line.
    const isBad = message.type() === 'error' || message.text().includes('ElementError');
    if (isBad && !message.text().includes('the server responded')) complaints.push(message.text());
  });
  if (javaScriptEnabled) await withAxe(page);

  /** What is wrong with these pages, by name; with the first, which has the menu of all, axe is strict on a phone, too. */
  async function faultsIn(ways: Ways) {
    const found: Record<string, unknown> = {};
    for (const [place, [name, { address, act }]] of Object.entries(ways).entries()) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(address);
      await act?.(page);
      const against = await faultsOf(page, allScreenshots ? `console-${name}` : undefined);
      if (!place) against.push(...(await violations(page)));
      if (against.length) found[name] = against;
    }
    return found;
  }

  async function close() {
    await context.close();
    await served.stop();
  }
  return { page, complaints, seen, faultsIn, close };
}

/** The residents' site beside it: what is looked at before it is published is its page. */
const siteOf = ({ events, subscriptions, signing, clock }: Desk) =>
  site({
    events: async () => events,
    personal: async () => ({ subscriptions, signing }),
    force: essex,
    origin,
    now: () => clock.now,
  });

/** Presses a button that leads to another page. */
export const press = (page: Page, name: string) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);
