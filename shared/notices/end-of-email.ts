import type { Force } from '../force/force.ts';
import { contactLines } from './contact-lines.ts';

export const canStop = 'You can stop at any time.';

export type HolderLinks = { manage: string; unsubscribe: string };

/** What ends every e-mail to a subscriber: how to reach the force, why this came, and how to change or stop it. */
export const endOf = (force: Force, why: string, links: HolderLinks) => ({
  contact: { heading: `How to contact ${force.name}`, lines: contactLines(force) },
  footer: {
    paragraphs: [why],
    links: [
      { text: 'Change what you get', href: links.manage },
      { text: 'Stop these emails', href: links.unsubscribe },
    ],
  },
});
