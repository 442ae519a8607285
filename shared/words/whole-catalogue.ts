type Catalogue = { [name: string]: unknown };

/**
 * A catalogue that has everything English has, of the same form, and nothing left empty: a page is never half
 * translated.
 * @throws CatalogueIncomplete naming what is missing
 */
export function wholeCatalogue<Words extends object>(words: object, english: Words): Words {
  const missing = missingIn(words as Catalogue, english as Catalogue, '');
  if (missing.length) throw new CatalogueIncomplete(missing);
  return words as Words;
}

export class CatalogueIncomplete extends Error {
  override name = 'CatalogueIncomplete';
  constructor(missing: string[]) {
    super(`a language lacks words: ${missing.join(', ')}`);
  }
}

function missingIn(words: Catalogue, english: Catalogue, path: string): string[] {
  return Object.entries(english).flatMap(([name, value]) => {
    const [other, place] = [words[name], `${path}${name}`];
    if (typeof other !== typeof value || other === '') return [place];
    return isCatalogue(value) ? missingIn(isCatalogue(other) ? other : {}, value, `${place}.`) : [];
  });
}

const isCatalogue = (value: unknown): value is Catalogue => typeof value === 'object' && value !== null;
