import type { Page } from 'playwright-core';

/** Somebody who uses the keyboard alone. */
export function byKeyboard(page: Page) {
  /** What has the focus, as it is called on the page. */
  const focused = () =>
    page.evaluate<string>(`(() => {
      const it = document.activeElement;
      return (it?.labels?.[0] ?? it)?.textContent?.replace(/\\s+/g, ' ').trim() ?? '';
    })()`);

  /** Goes on from where the focus is. @throws where it is not come to */
  async function tabTo(name: string) {
    for (let tabs = 0; tabs < 80; tabs++) {
      await page.keyboard.press('Tab');
      if ((await focused()).startsWith(name)) return;
    }
    throw new Error(`no key leads to "${name}" on ${page.url()}`);
  }

  /** Leads to another page. */
  async function follow(name: string, key = 'Enter') {
    await tabTo(name);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
  }

  return {
    tabTo,
    follow,
    press: (key: string) => page.keyboard.press(key),
    async fill(name: string, text: string) {
      await tabTo(name);
      await page.keyboard.type(text);
    },
    /** A radio or a box. */
    async choose(name: string) {
      await tabTo(name);
      await page.keyboard.press('Space');
    },
  };
}
