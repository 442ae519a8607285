import { hash } from 'node:crypto';

/** A piece of a page, escaped when it was made, and what tells it from another. */
export type Part = { text: string; digest: string };
/** Markup by turns with the names of the parts that come between: `<!--parts days-->` in a template. */
export type Frame = { pieces: string[]; digest: string };

/** No text can look like it: it would have been escaped. */
const place = /<!--parts (\w+)-->/;

export const partOf = (text: string): Part => ({ text, digest: digestOf(text) });

export const frameOf = (text: string): Frame => ({ pieces: text.split(place), digest: digestOf(text) });

/**
 * The frame with its parts; its digest changes with each of theirs.
 * @throws Error where a template names parts that there are none of
 */
export function fill({ pieces, digest }: Frame, parts: Record<string, Part[]>): Part {
  const texts: string[] = [];
  const digests = [digest];
  for (const [at, piece] of pieces.entries()) {
    if (at % 2 === 0) {
      texts.push(piece);
      continue;
    }
    const own = parts[piece];
    if (!own) throw new Error(`there are no parts "${piece}"`);
    for (const part of own) {
      texts.push(part.text);
      digests.push(part.digest);
    }
  }
  return { text: texts.join(''), digest: digestOf(digests.join()) };
}

/** 22 characters that change with the text. */
export const digestOf = (text: string) => hash('sha256', text, 'base64url').slice(0, 22);
