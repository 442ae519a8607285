import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { press } from '../../functions/console/opened.ts';
import { personAt } from '../../support/person-minute.ts';
import type { AtTheConsole } from './at-the-console.ts';

const week = readFileSync(new URL('../../../infra/local/sample-week.csv', import.meta.url), 'utf8');
/** Another week each time, with three rows that are broken. */
const spoiled = (prefix: string) =>
  week
    .replace(/(NPW27-040,.*?,)(\w+-?\w+)(,[a-z-]+,[a-z-]+-cpt,)/, '$1fancy-dress$3')
    .replace(/(NPW27-050,.*)(2027-01-\d\dT\d\d:\d\d),(2027)/, '$131/02/2027,$3')
    .replace('NPW27-060,', ',')
    .replaceAll('NPW27-', prefix);

/** A week of 95 events with three broken rows: looked at, repaired in place, published, and what it made undone. */
export function importing(at: AtTheConsole) {
  describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
    'a week from a spreadsheet, with JavaScript: $javaScriptEnabled',
    (options) => {
      const prefix = options.javaScriptEnabled ? 'WITH-' : 'WITHOUT-';

      test('is published in under a minute of a person’s time', async ({ annotate }) => {
        const { page, complaints, close } = await at().officer('Sue Supervisor', options);
        const person = personAt(page);
        await person.follow('Import');
        const buffer = Buffer.from(spoiled(prefix));
        await person.pick('Choose a file', { name: 'week.csv', mimeType: 'text/csv', buffer });
        await person.press('Look at the file');
        await page.getByText('3 of 95 rows are broken').waitFor();
        await person.follow('Repair row 40');
        await page.getByText('The file says: fancy-dress').waitFor();
        await person.choose('Kind', 'talk');
        await person.press('Check and keep this row');
        await page.getByText('Ready to import: 93 new').waitFor();
        await person.press('Import the good rows');
        await person.press('Import and publish');
        const ordered = performance.now();
        await page.getByText('Imported: 93 new').waitFor({ timeout: 60_000 });
        const seconds = person.seconds();
        const machine = person.machineSeconds() + (performance.now() - ordered) / 1000;
        await annotate(
          `a person ${seconds.toFixed(1)} s by the model, the machine ${machine.toFixed(1)} s; ${JSON.stringify(person.counts)}`,
        );
        expect(person.counts).toEqual({ pages: 6, pressed: 6, chosen: 2, typed: 0 });
        expect(seconds).toBeLessThan(40);
        expect(complaints).toEqual([]);
        const event = await page.locator('tbody a[href^="/console/events/"]').first().getAttribute('href');
        const residents = event?.replace('/console', '') ?? '';
        expect((await at().host.get(residents)).status).toBe(200);

        if (options.javaScriptEnabled) return close();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Download the broken rows' }).click(),
        ]);
        const broken = readFileSync(await download.path(), 'utf8');
        expect(download.suggestedFilename()).toBe('broken-rows.csv');
        expect(broken.trim().split('\r\n')).toHaveLength(3);
        expect(broken).toContain('start is a day that no calendar has');

        await page.getByRole('link', { name: 'Undo' }).click();
        await press(page, 'Remove the drafts');
        await page.getByText('1 draft was removed').waitFor({ timeout: 60_000 });
        await page.getByText('92 events were kept').waitFor();
        expect((await at().host.get(residents)).status, 'what is published stays').toBe(200);
        await close();
      });
    },
  );
}
