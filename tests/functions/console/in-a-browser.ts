import type { Browser } from 'playwright-core';
import { withAxe } from '../site/in-a-browser.ts';
import { origin, type someConsole } from './some-console.ts';

/** A browser of somebody signed in, whose every request the console on stores in memory answers. */
export async function opened(
  desk: ReturnType<typeof someConsole>,
  browser: Browser,
  who: string,
  width: number,
) {
  const officer = await desk.as(who);
  const context = await browser.newContext({ viewport: { width, height: 800 }, baseURL: origin });
  await context.route('**/*', async (route) => {
    const asked = route.request();
    const { pathname, search } = new URL(asked.url());
    const answer =
      asked.method() === 'POST'
        ? await officer.post(pathname, Object.fromEntries(new URLSearchParams(asked.postData() ?? '')))
        : await officer.get(pathname + search);
    await route.fulfill({ status: answer.status, headers: answer.headers, body: answer.html });
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('the server responded'))
      complaints.push(message.text());
  });
  await withAxe(page);
  return { page, complaints, close: () => context.close() };
}
