import type { Page } from 'playwright-core';

/**
 * Seconds of the Keystroke-Level Model: Card, Moran and Newell, “The keystroke-level model for user performance time
 * with interactive systems”, Communications of the ACM 23(7), 1980. K is that of an average typist (40 words a
 * minute); of a button, pressing and releasing are one B each.
 */
export const klm = { K: 0.28, P: 1.1, B: 0.1, H: 0.4, M: 1.35 };

type Operators = Record<keyof typeof klm, number>;

/** Somebody at a page whose every act is counted: what the model says they need, and how long the machine took. */
export function personAt(page: Page) {
  const done: Operators = { K: 0, P: 0, B: 0, H: 0, M: 0 };
  const counts = { pages: 0, pressed: 0, chosen: 0, typed: 0 };
  let machineMs = 0;
  const add = (more: Partial<Operators>) => {
    for (const [name, count] of Object.entries(more)) done[name as keyof Operators] += count;
  };
  /** Think of it, point at it, press it. */
  const click = { M: 1, P: 1, B: 2 };

  /** Whatever leads to another page, at which they then look. */
  async function leads(act: () => Promise<unknown>) {
    counts.pressed++;
    add(click);
    const begun = performance.now();
    await Promise.all([page.waitForEvent('load'), act()]);
    machineMs += performance.now() - begun;
    counts.pages++;
    add({ M: 1 });
  }

  return {
    counts,
    press: (name: string) => leads(() => page.getByRole('button', { name, exact: true }).click()),
    follow: (name: string | RegExp) => leads(() => page.getByRole('link', { name }).first().click()),
    /** The button of the field, the file in the window that opens, twice. */
    async pick(label: string, file: { name: string; mimeType: string; buffer: Buffer }) {
      counts.chosen++;
      add(click);
      add({ M: 1, P: 1, B: 4 });
      await page.getByLabel(label).setInputFiles(file);
    },
    /** The list, and what is in it. */
    async choose(label: string, option: string) {
      counts.chosen++;
      add(click);
      add(click);
      await page.getByLabel(label).selectOption(option);
    },
    /** The field, then the hand to the keys and back. */
    async type(label: string, text: string) {
      counts.typed++;
      add(click);
      add({ H: 2, K: text.length });
      await page.getByLabel(label).fill(text);
    },
    /** Seconds that the person needs, by the model. */
    seconds: () =>
      Object.entries(done).reduce((sum, [name, count]) => sum + count * klm[name as keyof Operators], 0),
    machineSeconds: () => machineMs / 1000,
  };
}
