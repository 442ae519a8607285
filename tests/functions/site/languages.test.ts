import { expect, test } from 'vitest';
import { english } from '../../../functions/site/english.ts';
import { anEvent } from '../../support/an-event.ts';
import { essex } from '../../support/essex.ts';
import { someSite } from './some-site.ts';

/** A language that says everything between brackets. */
function bracketed(words: unknown): unknown {
  if (typeof words === 'string') return `[${words}]`;
  if (typeof words === 'function') return (...given: unknown[]) => bracketed(words(...given));
  if (Array.isArray(words)) return words.map(bracketed);
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, each]) => [name, bracketed(each)]));
}
const complete = { ...(bracketed(english) as object), htmlLang: 'cy', locale: 'cy-GB' };
const cymru = { ...essex, language: 'cy' };

/** What stands outside all brackets. */
function outside(words: string): string {
  let depth = 0;
  return [...words]
    .filter((letter) => {
      if (letter === '[') depth++;
      if (letter === ']') depth--;
      return depth === 0 && letter !== ']';
    })
    .join('');
}

const sentences = (words: unknown): string[] =>
  typeof words === 'string'
    ? [words].filter((each) => /^[A-Z].* /.test(each))
    : typeof words === 'object' && words !== null
      ? Object.values(words).flatMap(sentences)
      : [];

test.each([
  ['GET', '/'],
  ['GET', '/southend'],
  ['GET', '/southend?month=2027-02'],
  ['GET', '/southend?past=yes'],
  ['GET', '/events/open-day'],
  ['GET', '/campaigns/npw-2027'],
  ['GET', '/subscribe'],
  ['POST', '/subscribe/districts'],
  ['POST', '/find'],
  ['GET', '/privacy'],
  ['GET', '/nowhere'],
])('%s %s is all in another language, or none of it', async (method, address) => {
  const events = [anEvent({ start: '2027-02-06T10:00', end: '2027-02-06T12:00' })];
  const site = await someSite({ events, force: cymru, languages: { cy: complete } });
  const form = method === 'POST' ? { channel: 'email', email: 'ann@example.org' } : undefined;
  const { html, words } = await site.ask(address, { method, form });
  expect(html).toContain('<html lang="cy"');
  const left = outside(words);
  expect(sentences(english).filter((each) => left.includes(each))).toEqual([]);
  expect(left).not.toMatch(/Saturday|February/);
});

test('a half-translated language is refused before anybody sees it', async () => {
  const { home: _home, district, ...rest } = complete as unknown as typeof english;
  const half = { ...rest, district: { ...district, nothing: '' } };
  await expect(someSite({ force: cymru, languages: { cy: half } })).rejects.toThrow(
    'a language lacks words: home, district.nothing',
  );
});

test('a language that nobody has written is refused', async () => {
  await expect(someSite({ force: cymru })).rejects.toThrow('there are no words in "cy", only in en');
});
