import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confirmationText } from '../../../shared/notices/confirmation.ts';
import { septets, shorten, toGsm7 } from '../../../shared/notices/gsm7.ts';
import type { NoticeEntry } from '../../../shared/notices/notice-entry.ts';
import { noticeText } from '../../../shared/notices/notice-text.ts';
import { cancelled } from './entries.ts';
import { force, known, manageToken, someEvent } from './some-event.ts';

const title = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.lorem({ maxCount: 30 }),
);
const venue = title.map((name) => ({ name, address: '', postcode: '', access: [] }));
const localTime = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));
const event = fc
  .record({ title, venue: fc.option(venue, { nil: undefined }), start: localTime, end: localTime })
  .map(someEvent);
const what = fc.constantFrom<NoticeEntry['what'][]>(
  'published',
  'moved',
  'postponed',
  'cancelled',
  'withdrawn',
  'reminder',
);
const entry = fc
  .record({ what, event, earlier: fc.option(event, { nil: undefined }) })
  .map(({ earlier, ...rest }): NoticeEntry => ({ ...rest, before: earlier && known(earlier) }));
const origin = fc.constantFrom(
  'http://localhost:3000',
  'https://d111111abcdef8.cloudfront.net',
  'https://police-events-in-your-neighbourhood.essex.police.uk',
);
const bulletin = fc.record({
  origin,
  district: fc.constantFrom(...force.district.keys()),
  entries: fc.array(entry, { minLength: 1, maxLength: 5 }),
});

test('a text is one segment of the GSM alphabet, and always says how to stop', () => {
  fc.assert(
    fc.property(bulletin, ({ origin: site, ...rest }) => {
      const stop = `${site}/u/${manageToken}`;
      const text = noticeText({ force, origin: site, ...rest, stopLink: stop });
      expect(septets(text)).toBeLessThanOrEqual(160);
      expect(toGsm7(text)).toBe(text);
      expect(text.endsWith(`Stop: ${stop}`)).toBe(true);
      // Something is said, not only linked.
      expect(text.indexOf('http')).toBeGreaterThan(10);
    }),
    { numRuns: 1000 },
  );
});

test('a code is one segment, wherever it is for', () => {
  fc.assert(
    fc.property(fc.subarray([...force.district.keys()], { minLength: 1 }), (districts) => {
      const text = confirmationText({ force, code: '012345', districts });
      expect(septets(text)).toBeLessThanOrEqual(160);
      expect(toGsm7(text)).toBe(text);
      expect(text).toMatch(/^012345 /);
    }),
  );
});

describe('a long title', () => {
  const long = 'Neighbourhood drop-in for everybody who lives, works, studies or parks near the old market';
  const textOf = (members: object) =>
    noticeText({
      force,
      origin: 'https://d111111abcdef8.cloudfront.net',
      district: 'harlow',
      entries: [{ ...cancelled, event: someEvent({ ...cancelled.event, ...members }) }],
      stopLink: `https://d111111abcdef8.cloudfront.net/u/${manageToken}`,
    });

  test('is cut after a word, and the link gives way to the words', () => {
    expect(textOf({ title: long })).toBe(
      `CANCELLED: Neighbourhood drop-in for everybody who lives..., Tue 26 Jan 6pm. Stop: https://d111111abcdef8.cloudfront.net/u/${manageToken}`,
    );
  });

  test('without words is cut anywhere', () => {
    expect(textOf({ title: 'A'.repeat(200) })).toMatch(/^CANCELLED: A{20,}\.\.\., Tue 26 Jan 6pm\. Stop: /);
  });

  test('without a letter the alphabet has is left out', () => {
    expect(textOf({ title: '警察' })).toMatch(/^CANCELLED, Tue 26 Jan 6pm\. /);
  });
});

test('typographic characters are mapped down, Welsh accents dropped, emoji left out', () => {
  expect(toGsm7('Café – “it’s good…” ŵŷ ☕👮🏽‍♀️ €5 [½]\n\tÇa')).toBe('Café - "it\'s good..." wy €5 [1/2] Ça');
});

test('characters of the extension table count twice', () => {
  expect(septets('[€]')).toBe(6);
  expect(shorten('one [two] three', 12)).toBe('one...');
});
