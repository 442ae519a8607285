import { escape as escapedText, foldLines } from 'ical-generator';

/**
 * Words as one TEXT value may hold them: no control characters, no half of a surrogate pair, and every kind of
 * line break the same, so that no value can begin a new property (RFC 5545 §3.3.11).
 */
export const cleanText = (words: string) =>
  words
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is dropped
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

export const cleanLine = (words: string) => cleanText(words).replace(/[\n\t]+/g, ' ');

/** `NAME:words` with the words escaped. */
export const textLine = (name: string, words: string) => `${name}:${escapedText(cleanText(words), false)}`;

/** `NAME:uri`. A URI is not escaped: what iCalendar could take for its own is percent-encoded. */
export const uriLine = (name: string, uri: string) => `${name}:${safeUri(uri)}`;

/** Content lines as they travel: folded at 75 octets, CRLF after each (RFC 5545 §3.1). */
export const folded = (lines: string[]) => (lines.length ? `${foldLines(lines.join('\r\n'))}\r\n` : '');

/** RFC 5545 §3.3.5, form 2. */
export const utcTime = (instant: string) =>
  `${new Date(instant).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

const safeUri = (uri: string) => (URL.canParse(uri) ? new URL(uri).href : encodeURI(cleanLine(uri)));
