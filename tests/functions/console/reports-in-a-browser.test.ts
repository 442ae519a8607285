import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completed } from '../../../shared/events/edit-event.ts';
import { eventCounts } from '../../../shared/reports/event-counts.ts';
import { anEvent } from '../../support/an-event.ts';
import { launchBrowser } from '../../support/browser.ts';
import { essex } from '../../support/essex.ts';
import { allScreenshots, shoot } from '../site/in-a-browser.ts';
import { opened } from './opened.ts';
import { someConsole } from './some-console.ts';

const now = new Date('2027-02-15T12:00:00Z');
let browser: Browser;
let desk: ReturnType<typeof someConsole>;
beforeAll(async () => {
  desk = someConsole({ now: now.toISOString() });
  const open = anEvent();
  await desk.given(
    open,
    anEvent({ title: 'W'.repeat(80) }, 'long'),
    completed({ ...anEvent(), id: 'over' }, 120, now),
  );
  for (let place = 0; place < 300; place++) await count(place);
  desk.counters.set('2027-01', 'NOTICES#southend', { email: 12_340, sms: 210 });
  desk.counters.set('2027-02', 'NOTICES#harlow', { email: 2_300, sms: 90 });
  desk.counters.set('ACTIVE', 'SUBSCRIPTIONS#1', { '*#email#active': 5_400, '*#sms#active': 800 });
  desk.counters.set('2026-11', 'SUBSCRIPTIONS#1', { '*#email#joined': 2_000, '*#sms#joined': 300 });
  desk.counters.set('2027-01', 'SUBSCRIPTIONS#1', { '*#email#joined': 900, '*#email#left': 40 });
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());

/** Events over a year, in every district but the last. */
const count = (place: number) => {
  const month = String(1 + (place % 12)).padStart(2, '0');
  const start = `${Number(month) < 6 ? 2027 : 2026}-${month}-1${place % 9}`;
  const districts = [essex.districts[place % 13]?.id ?? 'southend'];
  const kind = ['talk', 'open-day', 'community-meeting', 'patrol'][place % 4];
  const event = anEvent({ start: `${start}T10:00`, end: `${start}T11:00`, districts, kind });
  const state = { ...event, attendance: place % 3 ? undefined : 20 };
  return desk.counters.settle({ pk: `EVENT#${place}`, sk: 'COUNTED' }, async () => ({
    state: {},
    add: eventCounts(place % 17 ? state : { ...state, status: 'cancelled' }, {}, now),
  }));
};

const send = async (page: Page) => {
  await Promise.all([page.waitForEvent('load'), page.locator('main button').last().click()]);
};
const pages: Record<string, { address: string; act?: (page: Page) => Promise<void> }> = {
  dashboard: { address: '/console/dashboard' },
  'dashboard-fault': { address: '/console/dashboard?from=2027-03&to=2027-01' },
  audit: { address: '/console/audit' },
  'audit-of-one': { address: '/console/audit?event=open-day' },
  outcome: { address: '/console/events/long/outcome' },
  'outcome-fault': {
    address: '/console/events/long/outcome',
    act: async (page) => {
      await page.getByLabel('How many people came?').fill('lots');
      await send(page);
    },
  },
  'outcome-over': { address: '/console/events/over/outcome' },
  calendar: { address: '/console/calendar' },
  'calendar-made': { address: '/console/calendar', act: send },
};

test.each([320, 1280])(
  'pages of reports are for everybody, %i wide',
  async (width) => {
    const { complaints, faultsOf, close } = await opened(browser, desk, { who: 'supervisor', width });
    expect(await faultsOf(pages)).toEqual({});
    expect(complaints).toEqual([]);
    await close();
  },
  120_000,
);

test('the dashboard on paper is its drawings and figures, without what one would press', async () => {
  const { page, close } = await opened(browser, desk, { who: 'supervisor', width: 794 });
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
