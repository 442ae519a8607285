import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { lintCalendar } from './lint-calendar.ts';

/** `npm run lint:calendar -- <file or URL> …` prints each fault with its line, and fails where there is one. */
const places = process.argv.slice(2);
if (places.length === 0) {
  console.error('usage: npm run lint:calendar -- <file or URL> …');
  process.exit(2);
}
let found = 0;
for (const place of places) {
  let text: string;
  try {
    text = await read(place);
  } catch (error) {
    console.error(`${place}: cannot be read: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 2;
    continue;
  }
  const faults = lintCalendar(text);
  found += faults.length;
  for (const { line, rule, message, uid } of faults)
    console.log(`${place}${line ? `:${line}` : ''} ${rule}: ${message}${uid ? ` (${uid})` : ''}`);
  if (faults.length === 0)
    console.log(`${place}: ${text.match(/^BEGIN:VEVENT/gm)?.length ?? 0} events, no fault`);
}
if (found && !process.exitCode) process.exitCode = 1;

async function read(place: string): Promise<string> {
  if (!/^(https?|webcal):\/\//.test(place)) return decoded(readFileSync(place));
  const response = await fetch(place.replace(/^webcal:/, 'https:'));
  if (!response.ok) throw new Error(`the answer is ${response.status}`);
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/calendar')) throw new Error(`the answer is "${type}", not text/calendar`);
  return decoded(Buffer.from(await response.arrayBuffer()));
}

/** Bytes as text; what is not UTF-8 throws. */
function decoded(bytes: Buffer): string {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
}
