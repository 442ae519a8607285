import type { Force } from '../force/force.ts';

/** What somebody agreed to, kept with the subscription. */
export type Consent = { version: string; wording: string; at: string };

/** Rises with each change of the wording below, which is then a wording of its own: never edit one in use. */
const VERSION = '2026-11';

/** What every form shows beside the button that asks for a subscription. */
export const consentWording = (force: Pick<Force, 'name'>) =>
  `I want ${force.name} to tell me about events and changes to them at this address. I can stop at any time. ` +
  'My address is used for nothing else, and is erased 28 days after I stop, or at once if I ask.';

/** Consent given now. */
export const consentTo = (force: Pick<Force, 'name'>, now: Date): Consent => ({
  version: VERSION,
  wording: consentWording(force),
  at: now.toISOString(),
});
