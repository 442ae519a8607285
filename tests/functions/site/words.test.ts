import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { english } from '../../../functions/site/english.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const templates = globSync('functions/site/**/*.njk', { cwd: root }).map((file): [string, string] => [
  file,
  readFileSync(`${root}${file}`, 'utf8'),
]);

/** Words in a template itself, which a second language would not reach. */
function wordsIn(template: string): string[] {
  const literals = [
    ...template.matchAll(/\b(?:text|titleText|summaryText|html|label): "([^"]*[a-z][^"]*)"/gi),
  ];
  const attributes = [...template.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"{]*[a-z][^"{]*)"/gi)];
  const text = template
    .replace(/\{#[\s\S]*?#\}|\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, ' ')
    .replace(/<(script|svg|code)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>|&\w+;/g, ' ');
  return [
    ...literals.map(([, words]) => words ?? ''),
    ...attributes.map(([, words]) => words ?? ''),
    ...(text.match(/[a-z]{2,}/gi) ?? []),
  ];
}

test.each(templates)('%s takes every word from the catalogue', (_file, template) => {
  expect(wordsIn(template)).toEqual([]);
});

test.each(templates)('%s names words that are in the catalogue', (_file, template) => {
  for (const [, path = ''] of template.matchAll(/\bwords\.([\w.]+)/g)) {
    const found = path
      .split('.')
      .reduce<unknown>((words, name) => (words as Record<string, unknown> | undefined)?.[name], english);
    expect(found, path).toBeDefined();
  }
});

test('words in a template are seen', () => {
  expect(wordsIn('<p title="Hi">{{ words.a }} hello {{ button({ text: "Go" }) }}</p>')).toEqual([
    'Go',
    'Hi',
    'hello',
  ]);
});
