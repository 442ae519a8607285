import { mkdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { viewerResponse } from '../../../infra/local/viewer-response.ts';
import type { Event } from '../../../shared/events/event.ts';
import { withFiles } from '../../support/asset-files.ts';
import { launchBrowser } from '../../support/browser.ts';
import { serve } from '../../support/serve.ts';
import { someSite } from './some-site.ts';

/** What the edge does to an answer on its way to a browser. */
const askAgain = viewerResponse(
  readFileSync(new URL('../../../infra/ask-again.js', import.meta.url), 'utf8'),
);
const folder = new URL('../../../.local/screenshots/', import.meta.url).pathname;

/** `SCREENSHOTS=all npx vitest run tests/functions/site/pages-in-a-browser.test.ts`: every page, whole, in every form. */
export const allScreenshots = process.env.SCREENSHOTS === 'all';

/** The site on stores in memory, and a browser to look at it with. */
export async function inABrowser({ events }: { events: Event[] }) {
  const site = await someSite({ events });
  const whole = withFiles(site.handler);
  /** What was answered, with the bytes that went over the wire. */
  const answered: { method: string; path: string; status: number; bytes: number }[] = [];
  const [served, browser] = await Promise.all([
    serve(async (event, context) => {
      const given = await whole(event, context);
      const { status, headers } = await askAgain({
        status: given.statusCode ?? 200,
        headers: (given.headers ?? {}) as Record<string, string>,
        body: Buffer.alloc(0),
      });
      const answer = { ...given, statusCode: status, headers: headers as Record<string, string> };
      // As the edge compresses it, with what its headers take.
      const body = gzipSync(Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8'));
      const { method, path } = event.requestContext.http;
      answered.push({ method, path, status, bytes: body.length + JSON.stringify(answer.headers).length });
      return answer;
    }),
    launchBrowser(),
  ]);

  /** A page, with what it asked for elsewhere and what the browser complained of. */
  async function open(width: number, options: BrowserContextOptions = {}) {
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

  return {
    site,
    open,
    answered,
    origin: served.origin,
    newestConfirmation: () => [...site.subscriptions.confirmations.keys()].at(-1) ?? '',
    async close() {
      await browser.close();
      await served.stop();
    },
  };
}

/**
 * What is wrong with a page, for axe and where it is too wide: all at a desk, and on a phone what that can change.
 * @param name under which pictures of both are kept
 */
export async function faultsOf(page: Page, name?: string) {
  await page.setViewportSize({ width: 1280, height: 800 });
  if (name) await shoot(page, `${name}-1280`);
  const found = await violations(page);
  if (await scrollsSideways(page)) found.push('scrolls sideways at a desk');
  await page.setViewportSize({ width: 320, height: 800 });
  if (name) await shoot(page, `${name}-320`);
  found.push(...(await violations(page, rulesOfLayout)));
  if (await scrollsSideways(page)) found.push('scrolls sideways on a phone');
  return found;
}

/** For people to look at. After some forty pages a busy browser now and then says that it cannot, once. */
export async function shoot(page: Page, name: string) {
  mkdirSync(folder, { recursive: true });
  const take = () =>
    allScreenshots
      ? page.screenshot({ path: `${folder}${name}.png`, fullPage: true })
      : page.screenshot({ path: `${folder}${name}.jpeg`, quality: 60 });
  await take()
    .catch(take)
    .catch((error) => console.warn(`no picture of ${name}: ${error}`));
}

/** Rules whose answer is another where a page is laid out in another way. */
const rulesOfLayout = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/** What a page has against WCAG 2.2 A and AA, and against good practice; or against some rules of these. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const runOnly = only ? { type: 'rule' as const, values: only } : { type: 'tag' as const, values: tags };
    return (await axe.run({ runOnly, resultTypes: ['violations'], preload: false, pingWaitTime: 100 }))
      .violations;
  }, rules);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Has axe in every page from its beginning: handing it to each takes longer. */
export const withAxe = (page: Page) => page.addInitScript(axe.source);

export const scrollsSideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
