import type { Browser, Page } from 'playwright-core';
import { allScreenshots, scrollsSideways, shoot, violations, withAxe } from '../site/in-a-browser.ts';
import { origin, type someConsole } from './some-console.ts';

type Way = { address: string; act?: (page: Page) => Promise<void> };

/** A browser of somebody signed in, whose every request the console on stores in memory answers. */
export async function opened(
  browser: Browser,
  desk: ReturnType<typeof someConsole>,
  {
    who,
    width = 1280,
    javaScriptEnabled = true,
  }: { who: string; width?: number; javaScriptEnabled?: boolean },
) {
  const officer = await desk.as(who);
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    baseURL: origin,
    javaScriptEnabled,
  });
  await context.route('**/*', async (route) => {
    const asked = route.request();
    const { pathname, search } = new URL(asked.url());
    const answer =
      asked.method() === 'POST'
        ? await officer.post(pathname, formIn(asked.postData() ?? ''))
        : await officer.get(pathname + search);
    await route.fulfill({ status: answer.status, headers: answer.headers, body: answer.html });
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('the server responded'))
      complaints.push(message.text());
  });
  if (javaScriptEnabled) await withAxe(page);

  /** What is wrong with these pages, by name: for axe, and where something is too wide. */
  async function faultsOf(pages: Record<string, Way>) {
    const found: Record<string, unknown> = {};
    for (const [name, { address, act }] of Object.entries(pages)) {
      await page.goto(address);
      await act?.(page);
      if (allScreenshots) await shoot(page, `console-${name}-${width}`);
      const against = await violations(page);
      if (await scrollsSideways(page)) against.push('scrolls sideways');
      if (against.length) found[name] = against;
    }
    return found;
  }

  return { page, complaints, faultsOf, close: () => context.close() };
}

/** Several values of a field stay several. */
function formIn(body: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(body)) fields[name] = [...(fields[name] ?? []), value];
  return fields;
}
