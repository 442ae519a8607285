import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { developerPage } from '../../../infra/local/developer-page.ts';
import { faults } from '../../../infra/local/faults.ts';
import { mailEvents } from '../../../infra/local/mail-events.ts';
import { fillIn, isBeyondUs } from '../../../infra/local/mail-template.ts';
import { openOutbox } from '../../../infra/local/outbox.ts';
import { preview } from '../../../infra/local/preview.ts';
import { textService } from '../../../infra/local/text-messages.ts';

let folder = '';
const file = () => join(folder, 'messages.jsonl');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mail = { channel: 'email' as const, to: 'Ann@example.org', from: 'x@y', subject: 'S', text: 'T' };

test('what was sent outlives the process; a line cut off by a kill does not', () => {
  openOutbox(file()).send(mail);
  appendFileSync(file(), '{"id":"ha');
  const again = openOutbox(file());
  again.send({ channel: 'sms', to: '+447700900123', from: 'Police', text: 'T' });
  expect(openOutbox(file()).list({})).toHaveLength(2);
});

test('is searched by address, channel and time, oldest first', () => {
  const outbox = openOutbox(file());
  outbox.send(mail);
  outbox.send({ ...mail, channel: 'sms', to: '+447700900123' });
  expect(outbox.list({ to: 'ann@EXAMPLE.org' })).toHaveLength(1);
  expect(outbox.list({ channel: 'sms' })).toHaveLength(1);
  expect(outbox.list({ since: '2100-01-01T00:00:00Z' })).toEqual([]);
  outbox.clear();
  expect(openOutbox(file()).list({})).toEqual([]);
});

test('words of any length and script are read back as they were sent', () => {
  const outbox = openOutbox(file());
  const long = 'é😀'.repeat(300_000);
  outbox.send({ ...mail, text: long });
  outbox.send({ ...mail, text: 'Short' });
  const again = openOutbox(file());
  again.send({ ...mail, text: 'Last' });
  expect(again.list({}).map(({ text }) => text)).toEqual([long, 'Short', 'Last']);
  expect(again.latest(1)).toMatchObject([{ text: 'Last' }]);
  expect(again.count()).toBe(3);
});

test('every message is shown as a sample', () => {
  const page = preview(null).body.toString();
  expect(page).toContain('/_local/preview?file=cancelled.email.html');
  expect(page).toContain('is your code for');
  expect(preview('cancelled.email.html').headers['content-type']).toBe('text/html; charset=utf-8');
  expect(() => preview('../../../package.json')).toThrow('There is no sample');
});

test('a text goes to an E.164 number only', () => {
  const outbox = openOutbox(file());
  const send = textService(outbox);
  expect(send(new URLSearchParams({ PhoneNumber: '07700900123', Message: 'Hi' })).status).toBe(400);
  expect(send(new URLSearchParams({ PhoneNumber: '+447700900123', Message: 'Hi' })).status).toBe(200);
  expect(outbox.list({ to: '+447700900123' })).toMatchObject([{ channel: 'sms', text: 'Hi' }]);
});

test('a template is filled in without escaping, and a missing word fails it', () => {
  expect(fillIn('{{a}} {{{b}}}', { a: '<', b: '&' })).toBe('< &');
  expect(() => fillIn('{{c}}', {})).toThrow("Attribute 'c' is not present");
  expect(isBeyondUs('{{#if x}}')).toBe(true);
});

test.each([
  ['ann@example.org', ['Send', 'Delivery']],
  ['success+a@simulator.amazonses.com', ['Send', 'Delivery']],
  ['bounce+x@simulator.amazonses.com', ['Send', 'Bounce']],
  ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
  ['complaint+y@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
])('a mail to %s has the events %j', (to, expected) => {
  const events = mailEvents({
    id: '1',
    at: '2026-11-20T10:00:00Z',
    from: 'Essex <e@essex.example>',
    to,
    subject: 'S',
    configurationSet: 'set',
    headers: {},
    tags: { bulletin: 'b' },
  });
  expect(events.map(({ event }) => event)).toMatchObject(
    expected.map((eventType) => ({
      eventType,
      mail: {
        messageId: '1',
        destination: [to],
        tags: { bulletin: ['b'], 'ses:configuration-set': ['set'] },
      },
      [eventType.toLowerCase()]: {},
    })),
  );
});

test('the page escapes what was sent', () => {
  const outbox = openOutbox(file());
  outbox.send({ ...mail, subject: '<script>alert(1)</script>' });
  const page = developerPage({
    outbox,
    faults: faults(),
    siteOrigin: 'http://localhost:1',
    now: '2026-11-20T10:00:00Z',
  });
  expect(page).not.toContain('<script');
  expect(page).toContain('&#60;script&#62;');
});
