const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension = '^{}\\[~]|€';
/** Plain characters and what they stand in for. */
const standIns: Record<string, string> = {
  "'": '‘’‚‛′`´',
  '"': '“”„″«»',
  '-': '‐‑‒–—―−•·',
  '...': '…',
  x: '×',
  '/': '÷⁄',
  l: 'ł',
  L: 'Ł',
  d: 'đð',
  D: 'ĐÐ',
  oe: 'œ',
  OE: 'Œ',
  th: 'þ',
  Th: 'Þ',
  i: 'ı',
  No: '№',
  '': '™®©',
};
const plainer = new Map(
  Object.entries(standIns).flatMap(([plain, others]) => [...others].map((other) => [other, plain])),
);

/** One segment of a text holds 160 of these. */
export const SEGMENT = 160;

const isBasic = (character: string) => basic.includes(character);
const isExtension = (character: string) => extension.includes(character);

/**
 * The text in the GSM 03.38 alphabet on one line: typographic characters mapped down, accents it has not dropped
 * from their letters, anything else (emoji, other scripts) left out. One character outside it makes a text 70 long.
 */
export const toGsm7 = (text: string) =>
  [...text.normalize('NFC')].map(inAlphabet).join('').replace(/\s+/g, ' ').trim();

function inAlphabet(character: string): string {
  if (/\s/.test(character)) return ' ';
  if (isBasic(character) || isExtension(character)) return character;
  const mapped = plainer.get(character);
  if (mapped !== undefined) return mapped;
  const parts = [...character.normalize('NFKD')].map((part) => plainer.get(part) ?? part);
  return parts.filter((part) => isBasic(part) || isExtension(part)).join('');
}

/** What a text weighs: characters of the extension table count twice. */
export const septets = (text: string) =>
  [...text].reduce((sum, character) => sum + (isExtension(character) ? 2 : 1), 0);

/** The text if it fits, otherwise cut after a word (a first word too long: within it) and ended with three dots. */
export function shorten(text: string, most: number): string {
  if (septets(text) <= most) return text;
  let kept = '';
  let atWord = '';
  for (const character of text) {
    if (septets(kept + character) + 3 > most) break;
    if (character === ' ') atWord = kept;
    kept += character;
  }
  const cut = (atWord || kept).replace(/[\s,.;:-]+$/, '');
  return cut ? `${cut}...` : '';
}
