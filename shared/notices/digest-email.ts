import type { Force } from '../force/force.ts';
import { listed } from '../words/listed.ts';
import { renderEmail } from './email.ts';
import { canStop, endOf, type HolderLinks } from './end-of-email.ts';
import { groupsOf } from './notice-email.ts';
import { districtName, type NoticeEntry } from './notice-entry.ts';

/** The week's news of some districts: what was cancelled or moved, what is new, what is coming up. */
export function digestEmail({
  force,
  origin,
  districts,
  entries,
  links,
}: {
  force: Force;
  origin: string;
  districts: string[];
  entries: NoticeEntry[];
  links: HolderLinks;
}) {
  const places = listed(districts.map((district) => districtName(force, district)));
  const subject = `Police events this week: ${places}`;
  return renderEmail({
    subject,
    heading: subject,
    groups: groupsOf(entries, origin),
    more: districts.map((district) => ({
      text: `All police events in ${districtName(force, district)}`,
      href: `${origin}/${district}`,
    })),
    ...endOf(force, `You asked to hear about police events in ${places} each Thursday. ${canStop}`, links),
  });
}
