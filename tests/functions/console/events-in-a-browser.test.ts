import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { edit, revised } from '../../../shared/events/edit-event.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';
import { launchBrowser } from '../../support/browser.ts';
import { opened } from './opened.ts';
import { someConsole } from './some-console.ts';

let browser: Browser;
let desk: ReturnType<typeof someConsole>;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(() => {
  desk = someConsole();
});

const write = async (page: Page, title = 'Coffee with a copper') => {
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Kind').selectOption('street-meet');
  await page.getByLabel('Date', { exact: true }).fill('2027-02-02');
  await page.getByLabel('From').fill('10:00');
  await page.getByLabel('Until', { exact: true }).fill('11:30');
};
const press = (page: Page, name: string) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);
const titles = async () =>
  (await desk.events.list({ limit: 10, isVisible: () => true })).items.map(({ title }) => title);

test.each([320, 1280])(
  'pages to write events are for everybody, %i wide',
  async (width) => {
    const recurrence = { rrule: 'FREQ=WEEKLY;COUNT=12', exceptions: [], overrides: [] };
    const draft = aDraft({ summary: 'W'.repeat(60) }, 'draft');
    await desk.given(
      anEvent({ recurrence, audience: 'internal' }),
      draft,
      anEvent({ title: 'W'.repeat(80) }, 'long'),
    );
    await desk.venues.learn(draft);
    const { complaints, faultsOf, close } = await opened(browser, desk, { who: 'southend', width });
    const found = await faultsOf({
      events: { address: '/console' },
      'events-none': { address: '/console?words=nothing+like+this' },
      event: { address: '/console/events/open-day' },
      'event-long': { address: '/console/events/long' },
      'event-saved': { address: '/console/events/draft?saved=yes' },
      new: { address: '/console/events/new' },
      'new-faults': {
        address: '/console/events/new',
        act: (page) => press(page, 'Save draft').then(() => {}),
      },
      'new-dates': {
        address: '/console/events/new',
        act: async (page) => {
          await write(page);
          await page.getByText('It repeats, or goes on for several days').click();
          await page.getByLabel('How often?').selectOption('fortnightly');
          await press(page, 'Show the dates it makes');
        },
      },
      edit: { address: '/console/events/open-day/edit' },
      'edit-stale': {
        address: '/console/events/draft/edit',
        act: async (page) => {
          const after = revised(draft, inputOf({ summary: 'Theirs', capacity: 50 }), desk.clock.now);
          const by = { id: 'x', name: 'Sergeant Other' };
          await desk.events.save(
            edit(draft, after, { by, action: 'edit', now: desk.clock.now, newId: desk.newId }),
          );
          await page.getByLabel('In one sentence').fill('Mine');
          await press(page, 'Save draft');
          await page.getByText('Sergeant Other changed').waitFor();
        },
      },
      date: { address: '/console/events/open-day/dates/2027-02-06T10:00' },
      'not-found': { address: '/console/events/nothing' },
    });
    expect(found).toEqual({});
    expect(complaints).toEqual([]);
    await close();
  },
  120_000,
);

describe('with a script', () => {
  test('a draft is saved as you go, once, and the button then saves the same', async () => {
    const { page, complaints, close } = await opened(browser, desk, { who: 'southend' });
    await page.goto('/console/events/new');
    await page.getByLabel('Title').fill('Coffee');
    await page.getByText('Not saved yet: something is missing.').waitFor();
    expect(await titles()).toEqual([]);
    await write(page);
    await page.getByText(/Draft saved at/).waitFor();
    expect(page.url()).toMatch(/\/console\/events\/[^/]+\/edit$/);
    await page.getByLabel('In one sentence').fill('Bring a cup');
    await press(page, 'Save draft');
    expect(await titles()).toEqual(['Coffee with a copper']);
    const [event] = (await desk.events.list({ limit: 10, isVisible: () => true })).items;
    expect(event).toMatchObject({ summary: 'Bring a cup', status: 'draft' });
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('of two officers who write, the second is told and nothing is overwritten', async () => {
    await desk.given(aDraft());
    const one = await opened(browser, desk, { who: 'southend' });
    const other = await opened(browser, desk, { who: 'supervisor' });
    await one.page.goto('/console/events/open-day/edit');
    await other.page.goto('/console/events/open-day/edit');
    await one.page.getByLabel('In one sentence').fill('Bring the dog');
    await one.page.getByText(/Draft saved at/).waitFor();
    await other.page.getByLabel('In one sentence').fill('Bring the cat');
    await other.page.getByText('Somebody else changed this event.').waitFor();
    await press(other.page, 'Save draft');
    await other.page.getByText('Bring the dog').waitFor();
    await press(other.page, 'Save');
    expect((await desk.events.get('open-day'))?.summary).toBe('Bring the cat');
    await one.close();
    await other.close();
  }, 60_000);

  test('who makes a school visit public is asked at once whether the school agreed', async () => {
    const { page, close } = await opened(browser, desk, { who: 'southend' });
    await page.goto('/console/events/new');
    const question = page.getByText('The school agreed that everybody may know of it');
    await page.getByLabel('Kind').selectOption('school-visit');
    expect(await question.isVisible()).toBe(false);
    await page.getByRole('radio', { name: 'Everybody' }).check();
    expect(await question.isVisible()).toBe(true);
    await close();
  }, 60_000);
});
