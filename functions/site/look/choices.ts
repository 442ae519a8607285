import { kinds } from '../../../shared/events/event-terms.ts';
import { toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { hasEnded } from '../../../shared/force/succession.ts';
import type { SiteWords } from '../english.ts';

/** Boxes to tick. */
export const choices = {
  districts: (force: Force, chosen: string[], now = new Date()) =>
    force.districts
      .filter((district) => !hasEnded(district, toLocalDate(now, force.timeZone)))
      .map(({ id, name }) => ({ value: id, text: name, checked: chosen.includes(id) })),
  kinds: (words: SiteWords, chosen: string[]) =>
    kinds.map((kind) => ({ value: kind, text: words.kinds[kind], checked: chosen.includes(kind) })),
};
