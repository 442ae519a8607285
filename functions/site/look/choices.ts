import { kinds } from '../../../shared/events/event.ts';
import type { Force } from '../../../shared/force/force.ts';
import type { SiteWords } from '../english.ts';

/** Boxes to tick. */
export const choices = {
  districts: (force: Force, chosen: string[]) =>
    force.districts.map(({ id, name }) => ({ value: id, text: name, checked: chosen.includes(id) })),
  kinds: (words: SiteWords, chosen: string[]) =>
    kinds.map((kind) => ({ value: kind, text: words.kinds[kind], checked: chosen.includes(kind) })),
};
