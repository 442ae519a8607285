import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { allScreenshots, scrollsSideways, shoot, violations } from '../site/in-a-browser.ts';
import { opened } from './opened.ts';
import { someConsole } from './some-console.ts';

const desk = someConsole({ now: '2027-01-05T12:00:00Z' });
const rows = [
  'externalId,title,kind,districts,team,start,end,publish',
  'A,Open day,open-day,southend,southend-cpt,2027-01-30T10:00,2027-01-30T15:00,yes',
  `B,${'W'.repeat(80)},talk,southend,southend-cpt,01/02/2027 10:00,01/02/2027 11:00,no`,
  `C,Talk,${'fancy-'.repeat(20)}dress,southend,southend-cpt,31/02/2027 10:00,2027-02-01T11:00,no`,
];
let browser: Browser;
let open: string;
let done: string;
beforeAll(async () => {
  const southend = await desk.as('southend');
  const bring = async (text: string) =>
    (await southend.post('/console/import', {}, { files: { file: new File([text], 'week.csv') } })).location;
  open = await bring(rows.join('\n'));
  done = await bring(rows.join('\n').replace(/^([ABC]),/gm, 'D$1,'));
  await southend.post(`${done}/confirm`, { revision: '1' });
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());

test.each([320, 1280])(
  'pages of imports are for everybody, %i wide',
  async (width) => {
    const { page, complaints, close } = await opened(browser, desk, { who: 'southend', width });
    const pages: Record<string, { address: string; act?: (page: Page) => Promise<void> }> = {
      start: { address: '/console/import' },
      rows: { address: open },
      broken: { address: `${open}?only=broken` },
      repair: { address: `${open}/rows/3` },
      'repair-fault': {
        address: `${open}/rows/3`,
        act: async () => {
          await page.getByLabel('Start').fill('soon');
          await Promise.all([page.waitForLoadState('load'), page.locator('main button').last().click()]);
        },
      },
      confirm: { address: `${open}/confirm` },
      imported: { address: done },
      undo: { address: `${done}/undo` },
    };
    const found: Record<string, unknown> = {};
    for (const [name, { address, act }] of Object.entries(pages)) {
      await page.goto(address);
      await act?.(page);
      if (allScreenshots) await shoot(page, `console-import-${name}-${width}`);
      const against = await violations(page);
      if (await scrollsSideways(page)) against.push('scrolls sideways');
      if (against.length) found[name] = against;
    }
    expect(found).toEqual({});
    expect(complaints).toEqual([]);
    await close();
  },
  120_000,
);
