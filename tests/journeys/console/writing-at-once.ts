import { expect, test } from 'vitest';
import { officerAt } from '../../support/officer.ts';
import type { AtTheConsole } from './at-the-console.ts';

/** Two officers who write the same draft: the words of neither are lost. One then signs out. */
export function writingAtOnce(at: AtTheConsole) {
  test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
    'of two officers who edit at once the second sees both versions and chooses; JavaScript: $javaScriptEnabled',
    async (options) => {
      const southend = officerAt(at().host.url, await at().host.token('southend-officer'));
      const draft = await southend.draft({ summary: 'Bring nothing' });
      const one = await at().officer('Sam Southend', options);
      const other = await at().officer('Sue Supervisor', options);
      const edit = `/console/events/${draft.id}/edit`;
      await Promise.all([one.page.goto(edit), other.page.goto(edit)]);
      await one.page.getByLabel('In one sentence').fill('Bring the dog');
      await one.page.getByLabel('Name of the place').fill('The pier');
      await one.press('Save draft');
      await one.page.getByText('It is saved.').waitFor();
      await other.page.getByLabel('In one sentence').fill('Bring the cat');
      await other.page.getByLabel('More about it').fill('Only mine');
      await other.press('Save draft');
      await other.page.getByText('Sam Southend changed').waitFor();
      const words = await other.page.locator('main').textContent();
      for (const each of ['Bring the dog', 'Bring the cat', 'The pier', 'Only mine'])
        expect(words).toContain(each);
      await other.page.getByRole('radio', { name: 'As it is now: Bring the dog' }).check();
      await other.press('Save');
      await other.page.getByText('It is saved.').waitFor();
      const kept = (await southend.api('GET', `/events/${draft.id}`)).body as object;
      expect(kept).toMatchObject({
        summary: 'Bring the dog',
        description: 'Only mine',
        venue: { name: 'The pier' },
      });
      expect([...one.complaints, ...other.complaints].filter((each) => !each.includes('412'))).toEqual([]);
      await other.press('Sign out');
      await other.press('Yes, sign me out');
      await other.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
      await Promise.all([one.close(), other.close()]);
    },
  );
}
