import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { english } from '../../../functions/site/english.ts';
import { readingAge } from '../../support/reading-age.ts';

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

/** Every sentence of a part of the catalogue, with names filled in; a label is none. */
function sentencesIn(words: unknown): string[] {
  if (typeof words === 'string') return /[.?!]$/.test(words) && words.split(' ').length > 3 ? [words] : [];
  if (typeof words === 'function') return sentencesIn(words('Town', 'Town'));
  return typeof words === 'object' && words ? Object.values(words).flatMap(sentencesIn) : [];
}

const parts = Object.entries(english)
  .map(([name, words]) => ({ name, sentences: sentencesIn(words) }))
  .filter(({ sentences }) => sentences.length);
/** They name laws, standards and authorities, or numbers to call. */
const older: Record<string, number> = { accessibility: 12, cookies: 11, privacy: 10, shell: 11 };

test.each(parts)('the sentences of "$name" can be read at nine', ({ name, sentences }) => {
  expect(readingAge(sentences.join('\n'))).toBeLessThanOrEqual(older[name] ?? 9);
});
