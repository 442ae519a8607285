import { describe, expect, test } from 'vitest';
import { officerAt } from '../../support/officer.ts';
import type { AtTheConsole } from './at-the-console.ts';

/** Events that are made, published, called off and moved: what the officer sees, and what a resident hears. */
export function publishing(at: AtTheConsole) {
  describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
    'a sergeant with JavaScript: $javaScriptEnabled',
    ({ javaScriptEnabled }) => {
      const title = `Coffee with a copper ${javaScriptEnabled ? 'one' : 'two'}`;

      test('makes and publishes an event in one sitting: three pages, and few answers', async () => {
        const { page, press, complaints, close } = await at().officer('Sam Southend', { javaScriptEnabled });
        const pages: string[] = [];
        page.on('load', () => pages.push(new URL(page.url()).pathname));
        await page
          .getByRole('link', { name: 'New event' })
          .or(page.getByRole('button', { name: 'New event' }))
          .click();
        const answers = {
          title,
          date: '2027-01-20',
          from: '10:00',
          until: '11:30',
        };
        for (const [name, value] of Object.entries(answers)) await page.locator(`#${name}`).fill(value);
        await page.locator('#kind').selectOption('street-meet');
        await press('Save and look at what goes out');
        await page.getByRole('heading', { name: 'Check before you publish' }).waitFor();
        const words = await page.locator('main').textContent();
        expect(words).toContain('An email to 1 person goes out in the next few minutes.');
        expect(words).toContain('Wednesday 20 January 2027, 10am to 11:30am');
        const shown = page.frameLocator('iframe[title="The page as it will look"]');
        await shown.getByRole('heading', { name: title }).waitFor();
        const email = page.frameLocator('iframe[title="The email as it will look"]');
        await email.getByText(title).first().waitFor();
        await press('Publish now');
        await page.getByRole('heading', { name: 'It is published' }).waitFor();
        expect(new Set(pages.filter((path) => path !== '/console')).size, pages.join()).toBeLessThanOrEqual(
          3,
        );
        expect(complaints).toEqual([]);

        await at().host.idle();
        const notices = await at().resident.notices();
        expect(notices.filter(({ text }) => text.includes(title))).toHaveLength(1);
        await page.reload();
        expect(await page.locator('main').textContent()).toContain('1 by email');
        await page.getByRole('link', { name: 'See it as residents do' }).click();
        await page.getByRole('heading', { name: title }).waitFor();
        await close();
      });
    },
  );

  test('one date of a series is cancelled: who was told of it reads which, and why, and the others take place', async () => {
    const southend = officerAt(at().host.url, await at().host.token('southend-officer'));
    const series = await southend.publish({
      title: 'Weekly drop-in',
      start: '2027-02-02T18:00',
      end: '2027-02-02T19:00',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    });
    await at().host.idle();
    const before = (await at().resident.notices()).length;
    const { page, press, close } = await at().officer('Sam Southend');
    await page.goto(`/console/events/${series.id}`);
    await page.getByRole('button', { name: 'Dates of the series' }).click();
    await page.getByRole('link', { name: 'Cancel Tuesday 16 February' }).click();
    await press('Cancel the date');
    await page.getByRole('alert').getByText('Say why').waitFor();
    await page.getByLabel('Why?').fill('The hall is flooded');
    await press('See what people will read first');
    await page.getByText('CANCELLED').first().waitFor();
    await press('Cancel the date');
    await page.getByRole('heading', { name: 'The date is cancelled' }).waitFor();
    await at().host.idle();
    const [notice, ...more] = (await at().resident.notices()).slice(before);
    expect(more).toEqual([]);
    expect(notice?.text.replace(/\s+/g, ' ')).toMatch(/16 February.*The hall is flooded/);
    const calendar = await (await at().host.get(`/calendars/events/${series.id}.ics`)).text();
    expect(calendar.match(/STATUS:CANCELLED/g)).toHaveLength(1);
    expect(calendar).toContain('RECURRENCE-ID;TZID=Europe/London:20270216T180000');
    await close();
  });

  test('an event is moved: why, who is told, and then they are', async () => {
    const southend = officerAt(at().host.url, await at().host.token('southend-officer'));
    const event = await southend.publish({ title: 'Bike marking' });
    await at().host.idle();
    const before = (await at().resident.notices()).length;
    const { page, press, close } = await at().officer('Sam Southend');
    await page.goto(`/console/events/${event.id}/edit`);
    await page.locator('#from').fill('11:00');
    await press('Save changes');
    await page.getByRole('heading', { name: 'Tell residents that this event moves?' }).waitFor();
    await page.getByLabel('Why does it move?').fill('The hall opens later');
    await press('Save and tell them');
    await page.getByRole('heading', { name: 'It is moved' }).waitFor();
    await at().host.idle();
    const [notice] = (await at().resident.notices()).slice(before);
    expect(notice?.text.replace(/\s+/g, ' ')).toContain(
      'This event has moved from 10:00 to 11:00 on Saturday 30 January 2027. Reason: The hall opens later.',
    );
    // The session ends here, and at the issuer, which asks once more.
    await press('Sign out');
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.goto(`/console/events/${event.id}`);
    await page.getByRole('heading', { name: 'Sign in as' }).waitFor();
    await close();
  });
}
