import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Outbox, openOutbox } from '../../../infra/local/outbox.ts';
import { textService } from '../../../infra/local/text-messages.ts';

let folder: string;
let outbox: Outbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'texts-'));
  outbox = openOutbox(join(folder, 'messages.jsonl'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const send = (PhoneNumber: string, Message = 'Hello') =>
  textService(outbox)(new URLSearchParams({ PhoneNumber, Message }));

it('shows a text that was sent', () => {
  expect(send('+447700900001').status).toBe(200);
  expect(outbox.list({})).toMatchObject([{ channel: 'sms', to: '+447700900001', text: 'Hello' }]);
});

it('refuses a number that opted out as SNS does', () => {
  expect(send('+447700900999')).toMatchObject({
    status: 400,
    body: expect.stringContaining('<Code>OptedOut<'),
  });
  expect(outbox.list({})).toEqual([]);
});

it('plays a number that opts out after a first text', () => {
  expect([send('+447700900998').status, send('+447700900998').status]).toEqual([200, 400]);
});

it('plays a number that is nobody’s any more after a first text', () => {
  expect([send('+447700900997').status, send('+447700900997').status]).toEqual([200, 400]);
});

it('lists the numbers that opted out, and no others', () => {
  const listed = () =>
    textService(outbox)(new URLSearchParams({ Action: 'ListPhoneNumbersOptedOut' })).body?.toString() ?? '';
  expect(listed()).toContain('<member>+447700900999</member>');
  expect(listed()).not.toContain('900998');
  send('+447700900998');
  send('+447700900001');
  expect(listed().match(/<member>/g)).toHaveLength(2);
});

it('refuses what is no number', () => {
  expect(send('07700900001')).toMatchObject({
    status: 400,
    body: expect.stringContaining('is not valid to publish to'),
  });
});
