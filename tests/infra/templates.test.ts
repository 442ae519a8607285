import { expect, test } from 'vitest';
import greeting from './greeting.njk';

test('a template is compiled with the GOV.UK components it uses', () => {
  expect(greeting({ words: 'Get told' })).toMatch(/<a href="\/subscribe"[^>]*class="govuk-button"/);
});

test('everything a template prints is escaped', () => {
  const page = greeting({ words: '<script>alert(1)</script>"' });
  expect(page).not.toContain('<script>');
  expect(page).toContain('&lt;script&gt;');
});
