import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { write } from '../functions/console/looked-at/event-pages.ts';
import { opened, press } from '../functions/console/opened.ts';
import { someConsole } from '../functions/console/some-console.ts';
import { toldOf } from '../functions/console/told-of.ts';
import { aDraft, anEvent } from '../support/an-event.ts';
import { launchBrowser } from '../support/browser.ts';
import { countEvent } from '../support/count-event.ts';
import { twoPersonForce } from '../support/two-person-force.ts';

let browser: Browser;
let desk: ReturnType<typeof someConsole>;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(() => {
  desk = someConsole();
});

const titles = async () =>
  (await desk.events.list({ limit: 10, isVisible: () => true })).items.map(({ title }) => title);

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

  test('what was saved while its answer was lost is neither refused nor made twice, nor is a word of it', async () => {
    const { page, close } = await opened(browser, desk, { who: 'southend' });
    await page.goto('/console/events/new');
    const loseNext = () =>
      page.route(
        '**/console/events/**',
        async (route) => {
          await route.fetch();
          await route.abort();
        },
        { times: 1 },
      );
    for (const summary of ['Bring a cup', 'Bring two cups']) {
      await loseNext();
      if (summary === 'Bring a cup') await write(page);
      await page.getByLabel('More about it').fill(`Before: ${summary}`);
      await page.getByText('Not saved yet: there is no connection.').waitFor();
      await page.getByLabel('In one sentence').fill(summary);
      await page.getByText(/Draft saved at/).waitFor();
    }
    await press(page, 'Save draft');
    const { items } = await desk.events.list({ limit: 10, isVisible: () => true });
    expect(items).toMatchObject([{ summary: 'Bring two cups', description: 'Before: Bring two cups' }]);
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

test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'one submits, another returns it with a note, and approves it once it is changed; JavaScript: $javaScriptEnabled',
  async (options) => {
    desk = someConsole({ force: twoPersonForce });
    await desk.given(aDraft());
    const officer = await opened(browser, desk, { who: 'southend', ...options });
    const supervisor = await opened(browser, desk, { who: 'supervisor', ...options });
    await officer.page.goto('/console/events/open-day/publish');
    await press(officer.page, 'Submit for approval');
    await supervisor.page.goto('/console');
    await supervisor.page.getByRole('link', { name: 'Waiting for approval' }).click();
    await supervisor.page.getByRole('link', { name: 'Southend Police Station open day' }).click();
    await supervisor.page.getByLabel('Or return it: what should change?').fill('Which door?');
    await press(supervisor.page, 'Return with this note');
    await officer.page.reload();
    await officer.page.getByText('Which door?').waitFor();
    await officer.page.getByRole('link', { name: 'Change the event' }).click();
    await officer.page.getByLabel('In one sentence').fill('By the front door');
    await press(officer.page, 'Save and look at what goes out');
    await press(officer.page, 'Submit for approval');
    await supervisor.page.goto('/console/waiting');
    await supervisor.page.getByRole('link', { name: 'Southend Police Station open day' }).click();
    await supervisor.page.getByText('By the front door').first().waitFor();
    await press(supervisor.page, 'Approve and publish');
    await supervisor.page.getByRole('heading', { name: 'It is published' }).waitFor();
    expect(await desk.events.get('open-day')).toMatchObject({
      status: 'published',
      summary: 'By the front door',
    });
    expect([...officer.complaints, ...supervisor.complaints]).toEqual([]);
    await officer.close();
    await supervisor.close();
  },
  60_000,
);

test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'one date of a series is called off, and after an event is said what came of it; JavaScript: $javaScriptEnabled',
  async (options) => {
    await toldOf(desk, anEvent({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' } }));
    await desk.given(anEvent({ start: '2027-01-24T10:00', end: '2027-01-24T12:00' }, 'over'));
    const { page, complaints, close } = await opened(browser, desk, { who: 'southend', ...options });
    await page.goto('/console/events/open-day');
    await page.getByRole('button', { name: 'Dates of the series' }).click();
    await page.getByRole('link', { name: 'Cancel Saturday 13 February' }).click();
    await page.getByLabel('Why?').fill('The hall is flooded');
    await press(page, 'See what people will read first');
    await page.getByText('CANCELLED').first().waitFor();
    await press(page, 'Cancel the date');
    await page.getByRole('heading', { name: 'The date is cancelled' }).waitFor();
    expect((await desk.events.get('open-day'))?.recurrence?.overrides).toEqual([
      { recurrenceId: '2027-02-13T10:00', status: 'cancelled', reason: 'The hall is flooded' },
    ]);

    await page.goto('/console/events/over');
    await page.getByRole('button', { name: 'After the event' }).click();
    await page.getByLabel('How many people came?').fill('120');
    await page.getByLabel('What did people raise?').fill('Cars race along the seafront.');
    await page.getByLabel('What did you do about it?').fill('We check cars there each Friday.');
    await page.getByLabel('Show “you said, we did”').check();
    await press(page, 'Save');
    await page.getByText('Cars race along the seafront.').first().waitFor();
    const over = await desk.events.get('over');
    expect(over).toMatchObject({ status: 'completed', attendance: 120, outcome: { isPublished: true } });
    if (over) await countEvent(desk.counters, over, desk.now());
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByText('People who came').first().waitFor();
    expect(await page.locator('dl.figures').textContent()).toMatch(/People who came\s*120/);
    expect(await page.locator('svg.chart:visible').count()).toBeGreaterThan(7);
    expect(complaints).toEqual([]);
    await close();
  },
  60_000,
);
