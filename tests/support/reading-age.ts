import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

/**
 * How old a reader must be, by Flesch-Kincaid: an American school year and five. Two sentences of everyday words give
 * too little to measure, so that a text as short as that counts as easy.
 */
export function readingAge(text: string): number {
  const sentences = sentencesOf(text);
  const words = sentences.flatMap(wordsOf);
  const grade = fleschKincaid({
    sentence: sentences.length,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0),
  });
  return grade + 5;
}

/** A line is a sentence or several: headings and links have no full stop. */
const sentencesOf = (text: string) =>
  text
    .split(/\n+|(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length);

const wordsOf = (sentence: string) => sentence.match(/\p{L}[\p{L}’'-]*/gu) ?? [];
