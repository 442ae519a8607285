import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';

const golden = (name: string) =>
  readFileSync(new URL(`../../golden/calendars/${name}.ics`, import.meta.url), 'utf8');
const sound = golden('single');
const series = golden('recurring');
const rules = (text: string) => [...new Set(lintCalendar(text).map(({ rule }) => rule))];

it('finds nothing in a sound calendar', () => {
  expect(lintCalendar(sound)).toEqual([]);
});

describe('the lint finds', () => {
  it.each<[string, string, (text: string) => string]>([
    ['lines that end in LF alone', 'line-end', (text) => text.replaceAll('\r\n', '\n')],
    ['a missing last CRLF', 'line-end', (text) => text.trimEnd()],
    ['a lone line feed inside', 'control', (text) => text.replace('open day', 'open\nday')],
    ['a byte order mark', 'encoding', (text) => `\uFEFF${text}`],
    ['a line of 76 octets', 'folding', (text) => text.replace('SUMMARY:', `SUMMARY:${'x'.repeat(76)}`)],
    [
      'a line of 75 characters in 76 octets',
      'folding',
      (text) => text.replace(/^SUMMARY:.*$/m, `SUMMARY:é${'x'.repeat(66)}`),
    ],
    ['a fold inside an emoji', 'folding', (text) => text.replace('SUMMARY:', 'SUMMARY:\ud83d\r\n \udc6e')],
    ['an unescaped comma', 'escape', (text) => text.replace(/^SUMMARY:.*$/m, 'SUMMARY:a, b')],
    ['an unescaped semicolon', 'escape', (text) => text.replace(/^SUMMARY:.*$/m, 'SUMMARY:a\\\\;b')],
    ['a backslash that escapes nothing', 'escape', (text) => text.replace(/^SUMMARY:.*$/m, 'SUMMARY:a\\:b')],
    ['DTSTAMP without Z', 'dtstamp', (text) => text.replace(/^(DTSTAMP:\d+T\d+)Z/m, '$1')],
    ['no DTSTAMP', 'required', (text) => text.replace(/^DTSTAMP.*\r\n/m, '')],
    ['a UID without a domain', 'uid', (text) => text.replace(/^(UID:01\w+)@.*$/m, '$1')],
    ['the same UID twice', 'uid', (text) => text.replace(/BEGIN:VEVENT.*END:VEVENT\r\n/s, '$&$&')],
    ['no VTIMEZONE', 'vtimezone', (text) => text.replace(/BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n/s, '')],
    [
      'a VTIMEZONE of dates',
      'vtimezone',
      (text) => text.replace('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'RDATE:19800330T010000'),
    ],
    [
      'a VTIMEZONE that begins late',
      'vtimezone',
      (text) => text.replace('DTSTART:19700329', 'DTSTART:20200329'),
    ],
    ['a time without a zone', 'zone', (text) => text.replace(/^DTSTART;TZID=[^:]*/m, 'DTSTART')],
    ['an end before the start', 'time', (text) => text.replace(/^(DTEND.*:)\d{8}/m, '$120200101')],
    ['an impossible form of time', 'time', (text) => text.replace(/^(DTEND.*:\d{8})T\d+/m, '$1T10')],
    [
      'an all-day event that ends on the day it starts',
      'time',
      () => golden('all-day').replace('DTEND;VALUE=DATE:20270329', 'DTEND;VALUE=DATE:20270327'),
    ],
    ['no ORGANIZER', 'required', (text) => text.replace(/^ORGANIZER.*\r\n/m, '')],
    [
      'an ATTENDEE',
      'method',
      (text) => text.replace('END:VEVENT', 'ATTENDEE:mailto:a@b.example\r\nEND:VEVENT'),
    ],
    ['a METHOD in an event', 'method', (text) => text.replace('END:VEVENT', 'METHOD:PUBLISH\r\nEND:VEVENT')],
    ['an alarm', 'alarm', (text) => text.replace('END:VEVENT', 'BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT')],
    ['an event that blocks a diary', 'transp', (text) => text.replace('TRANSPARENT', 'OPAQUE')],
    ['a METHOD that is not PUBLISH', 'method', (text) => text.replace('METHOD:PUBLISH', 'METHOD:REQUEST')],
    ['a prefixed PRODID', 'prodid', (text) => text.replace('PRODID:-//', 'PRODID:--//')],
    [
      'a GEO of seven decimals',
      'geo',
      (text) => text.replace('END:VEVENT', 'GEO:51.1234567;0.7\r\nEND:VEVENT'),
    ],
    ['an UNTIL that is not in UTC', 'until', () => series.replace(/UNTIL=(\w+)Z/, 'UNTIL=$1')],
    [
      'an EXDATE in another zone',
      'zone',
      () => series.replace('EXDATE;TZID=Europe/London', 'EXDATE;TZID=Europe/Paris'),
    ],
    [
      'a cancelled event that does not say so',
      'cancelled',
      () => golden('cancelled').replace('CANCELLED: ', ''),
    ],
    ['text that is no calendar', 'structure', () => 'BEGIN:VCARD\r\nEND:VCARD\r\n'],
    ['an event that has no end', 'structure', (text) => text.replace('END:VEVENT\r\n', '')],
    [
      'a refresh interval without its type',
      'refresh-interval',
      (text) => text.replace(';VALUE=DURATION', ''),
    ],
  ])('%s', (_, rule, broken) => {
    expect(rules(broken(sound))).toContain(rule);
  });
});

it('names the line and the event', () => {
  const [fault] = lintCalendar(sound.replace(/^SUMMARY:.*$/m, 'SUMMARY:a, b'));
  const line = sound.split('\r\n').findIndex((one) => one.startsWith('SUMMARY:')) + 1;
  expect(fault).toEqual({
    rule: 'escape',
    message: 'SUMMARY is not escaped',
    line,
    uid: expect.stringMatching(/@essex\.streetmeet$/),
  });
});
