import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { atomEntry } from '../../../shared/calendars/atom.ts';
import { calendarFrame } from '../../../shared/calendars/calendar-frame.ts';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { renderEvent } from '../../../shared/calendars/render-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { anEvent } from '../../support/an-event.ts';
import { setting } from '../../support/calendar-fixtures.ts';
import { runs } from '../../support/runs.ts';

const RUNS = { numRuns: runs(2000) };
const plain = anEvent();
const framed = (text: string) => {
  const frame = { group: 'all', name: 'All', description: 'All', page: '/' };
  const { before, after } = calendarFrame(frame, setting, 'ics');
  return before + text + after;
};

/** Any UTF-16 at all, halves of pairs and control characters among it, and what iCalendar itself is made of. */
const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((all) => String.fromCharCode(...all)),
  fc
    .array(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\\',
        '\\n',
        ';',
        ',',
        ':',
        '"',
        '^',
        ' ',
        '\t',
        '\u0085',
        '\u2028',
      ) as fc.Arbitrary<string>,
      { maxLength: 30 },
    )
    .map((all) => all.join('')),
  fc.constantFrom(
    'END:VEVENT',
    'x\r\nBEGIN:VEVENT\r\nUID:evil@x',
    '👮🏽‍♀️'.repeat(40),
    'é'.repeat(75),
    'x\nATTENDEE:mailto:a@b',
  ),
);

const anyEvent: fc.Arbitrary<Event> = fc
  .record({
    title: anything,
    summary: anything,
    description: anything,
    reason: anything,
    venue: fc.record({
      name: anything,
      address: anything,
      postcode: anything,
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
    contact: fc.record({ name: anything, phone: anything }),
    partners: fc.array(anything, { maxLength: 3 }),
    onlineUrl: fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), anything),
    bookingUrl: anything,
    campaign: fc.constantFrom('npw-2027', undefined),
    status: fc.constantFrom('published', 'postponed', 'cancelled', 'completed') as fc.Arbitrary<
      Event['status']
    >,
  })
  .map(({ venue, ...members }) => ({ ...plain, ...members, venue: { ...venue, access: [] } }));

describe('any words in any field', () => {
  it('make a calendar that is lint clean, of just as many events', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        for (const flavour of ['standard', 'google'] as const) {
          const text = framed(renderEvent(event, setting, flavour));
          expect(lintCalendar(text)).toEqual([]);
          expect(text.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(1);
        }
      }),
      RUNS,
    );
  });

  it('arrive as they were written, line breaks and control characters apart', () => {
    const kept = (words: string) =>
      words
        .toWellFormed()
        .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
        .replace(/(?![\n\t])\p{Cc}/gu, '');
    fc.assert(
      fc.property(anything, anything, (title, name) => {
        const event = { ...plain, title, contact: { name } };
        const vevent = new ICAL.Component(
          ICAL.parse(framed(renderEvent(event, setting))),
        ).getFirstSubcomponent('vevent');
        expect(vevent?.getFirstPropertyValue('summary')).toBe(kept(title).replace(/[\n\t]+/g, ' '));
        expect(vevent?.getFirstPropertyValue('contact')).toBe(kept(name));
      }),
      RUNS,
    );
  });

  it('make an Atom entry of well-formed XML', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const entry = atomEntry(event, setting);
        expect(entry.isWellFormed()).toBe(true);
        expect(entry.replace(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>|&(?:amp|lt|gt|quot);/g, '')).not.toMatch(
          /[<>&\uFFFE\uFFFF]|(?![\n\t])\p{Cc}/u,
        );
      }),
      RUNS,
    );
  });
});
