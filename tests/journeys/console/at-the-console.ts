import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { RunningHost } from '../../support/host.ts';
import type { residentAt } from '../../support/resident.ts';

/** The running system that all journeys of the console share, once it is there. */
export type AtTheConsole = () => {
  host: RunningHost;
  resident: ReturnType<typeof residentAt>;
  officer: (name: string, options?: BrowserContextOptions) => ReturnType<typeof signedIn>;
};

/** Somebody who has signed in to the console, in a browser of their own. */
export async function signedIn(
  browser: Browser,
  host: RunningHost,
  name: string,
  options: BrowserContextOptions = {},
) {
  const context = await browser.newContext({ baseURL: host.url, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto('/console');
  await page.getByRole('button', { name }).click();
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click();
  return { page, press, complaints, close: () => context.close() };
}
