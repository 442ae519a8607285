import * as z from 'zod';
import { kinds } from '../events/event-terms.ts';
import { toLocalDate } from '../events/zone-time.ts';
import type { Force } from '../force/force.ts';
import { hasEnded } from '../force/succession.ts';
import { accept } from '../http/request.ts';
import { contactAddress, emailAddress, mobileNumber } from './contact-address.ts';
import { type AskedFor, type Channel, frequencies, MOST_FOLLOWS, type Wish } from './subscription.ts';

/**
 * What a resident may ask for, with defaults filled in and lists in one order, so that those who want the same
 * are found to.
 */
export const wishInput = (force: Force, now = () => new Date()) =>
  z
    .discriminatedUnion(
      'channel',
      [channelInput('email', emailAddress, force, now), channelInput('sms', mobileNumber, force, now)],
      {
        error: (issue) => (issue.code === 'invalid_union' ? 'must be email or sms' : undefined),
      },
    )
    .transform((wish): Wish => ({ follows: [], ...wish }));

/** The e-mail address that stands in for a phone. */
export const standInInput = z.strictObject({ address: emailAddress });

/** It is told nothing of its own, unless it is already. */
export const standInWish = (address: string, standsInFor: string): AskedFor => ({
  channel: 'email',
  address,
  districts: [],
  kinds: [],
  frequency: 'immediately',
  reminders: false,
  follows: [],
  standsInFor,
});

/** What may be changed of a subscription on this channel. */
export const preferencesInput = (force: Force, channel: Channel, now = () => new Date()) => {
  const { districts, kinds, reminders, follows } = members(force, now);
  return z
    .strictObject({ districts, kinds, frequency: z.enum(frequencies[channel]), reminders, follows })
    .partial();
};

const byLink = z.strictObject({ token: z.string() });
const byCode = z
  .strictObject({ address: contactAddress, code: sixDigits() })
  .transform(({ address, code }) => ({ ...address, code }));

/** Either form in which a wish is confirmed. */
export const proofInput = z.union([byLink, byCode]);

export type Proof = z.output<typeof byLink> | z.output<typeof byCode>;

/**
 * The link's token, or the code with the address it went to.
 * @throws Invalid
 */
export const readProof = (sent: unknown): Proof =>
  typeof sent === 'object' && sent && 'token' in sent ? accept(byLink, sent) : accept(byCode, sent);

function channelInput<Name extends Channel, Address extends z.ZodType<string>>(
  channel: Name,
  address: Address,
  force: Force,
  now: () => Date,
) {
  const { districts, kinds, reminders } = members(force, now);
  return z.strictObject({
    channel: z.literal(channel),
    address,
    districts,
    kinds: kinds.default([]),
    frequency: z.enum(frequencies[channel]).default(frequencies[channel][0]),
    reminders: reminders.default(false),
  });
}

const members = (force: Force, now: () => Date) => ({
  districts: inOrder(z.array(districtOf(force, now)).min(1, 'must name a district'), [
    ...force.district.keys(),
  ]),
  kinds: inOrder(z.array(z.enum(kinds)), kinds),
  reminders: z.boolean(),
  follows: z
    .array(z.string().regex(/^[\w-]{1,64}$/, 'must be the id of an event'))
    .max(MOST_FOLLOWS)
    .transform(unique),
});

const districtOf = (force: Force, now: () => Date) =>
  z.string().superRefine((id, context) => {
    const problem = (message: string) => context.addIssue({ code: 'custom', message });
    const district = force.district.get(id);
    if (!district) return problem(`"${id}" is not a district of ${force.name}`);
    const { to, successor } = district;
    if (hasEnded(district, toLocalDate(now(), force.timeZone)))
      problem(`"${id}" ended on ${to}${successor ? `: from then on it is "${successor}"` : ''}`);
  });

const inOrder = <One extends string>(list: z.ZodType<One[]>, order: readonly One[]) =>
  list.transform((chosen) => order.filter((one) => chosen.includes(one)));

const unique = (list: string[]) => [...new Set(list)];

function sixDigits() {
  return z
    .string()
    .transform((written) => written.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'must be the six digits of the text'));
}
