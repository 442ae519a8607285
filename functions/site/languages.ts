import { wholeCatalogue } from '../../shared/words/whole-catalogue.ts';
import { english, type SiteWords } from './english.ts';

export type Languages = { [code: string]: object };

/** Every language there is. Another is a file like english.ts, and a line here. */
export const languages: Languages = { en: english };

/**
 * The words of the pages in the language of the force.
 * @throws CatalogueIncomplete, LanguageUnknown: at the start, not on the page of a resident
 */
export function wordsIn(language: string | undefined, known: Languages = languages): SiteWords {
  const words = known[language ?? 'en'];
  if (!words) throw new LanguageUnknown(language ?? 'en', Object.keys(known));
  return words === english ? english : wholeCatalogue(words, english);
}

export class LanguageUnknown extends Error {
  override name = 'LanguageUnknown';
  constructor(language: string, known: string[]) {
    super(`there are no words in "${language}", only in ${known.join(', ')}`);
  }
}
