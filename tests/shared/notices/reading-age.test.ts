import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readingAge } from '../../support/reading-age.ts';

// Measured are the sentences of ours in each message that residents get. Left out are links, labels and dates, how to
// contact the force, and what officers write: titles, summaries, reasons and places. The name of the force is read as
// "the police", a district's as "Town".

/** GOV.UK: what a nine-year-old can read. */
const OLDEST = 9;

const folder = new URL('../../golden/notices/', import.meta.url);
const messages = readdirSync(folder).filter((name) => /\.(email|sms)\.txt$/.test(name));

const districts = /Southend-on-Sea|Castle Point|Rochford|Harlow|Epping Forest|Brentwood/g;
const theirs =
  /^(Coffee with a copper|Ask your Chief|Rural crime day|Café|All day across|Talk on scams).*$/gm;

function sentencesOf(name: string): string {
  const text = readFileSync(new URL(name, folder), 'utf8')
    .replace(/^Subject:.*\n/, '')
    .replace(/How to contact[\s\S]*?\n\n/, '\n\n')
    .replace(/(Stop: )?https?:\S+/g, '')
    .replace(/Reason: .*?\./g, '')
    .replace(/(on )?(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ \d{4}/g, 'on Monday')
    .replace(/(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w{3}\b/g, 'Monday')
    .replace(districts, 'Town')
    .replace(/Essex Police/g, 'the police')
    .replace(theirs, '');
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => /[.?!]$/.test(line)).join('\n');
}

const measured = messages
  .map((name) => ({ name, sentences: sentencesOf(name) }))
  // A text about events is a label and what an officer wrote: there is no sentence of ours in it.
  .filter(({ sentences }) => /[.?!]\s+\S/.test(sentences))
  .map(({ name, sentences }) => ({ name, age: readingAge(sentences) }));

test.each(measured)('$name can be read at nine', ({ age }) => {
  expect(age).toBeLessThanOrEqual(OLDEST);
});

test('the age of each is known, so that harder words are seen', async () => {
  expect(measured.length).toBeGreaterThan(20);
  const table = measured.map(({ name, age }) => `${age.toFixed(1).padStart(4)} ${name}\n`).join('');
  await expect(table).toMatchFileSnapshot('../../golden/reading-ages.txt');
});

test('long sentences and long words are told from short ones', () => {
  expect(readingAge('We will tell you the new date. You can stop at any time.')).toBeLessThan(7);
  expect(
    readingAge('Notwithstanding cancellation, subscribers will be communicated with regarding rescheduling.'),
  ).toBeGreaterThan(18);
});
