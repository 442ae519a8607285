import type { Force } from '../force/force.ts';

/** How to reach the force, on every e-mail and page. */
export const contactLines = ({ contact, website }: Pick<Force, 'contact' | 'website'>) => [
  `In an emergency, call ${contact.emergency}.`,
  `If it is not an emergency, call ${contact.nonEmergency} or report online at ${website}`,
  ...contact.note
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`),
];
