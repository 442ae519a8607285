import { isDeepStrictEqual } from 'node:util';
import type { Signing } from '../runtime/signing.ts';
import type { Officer } from './officer.ts';
import type { KeptOfficer, OfficerStore } from './officer-store.ts';

export type KnownOfficersDeps = {
  officers: OfficerStore;
  signing: Pick<Signing, 'sign' | 'verify' | 'pseudonym'>;
  now: () => Date;
};

const DAY = 86_400_000;
/** Who does not sign in for so long is no longer taken for an officer. */
const KEPT_FOR = 90 * DAY;

export const privateCalendarPath = (token: string) => `/calendars/private/${token}.ics`;

const isOver = ({ seenAt }: KeptOfficer, now: Date) => Date.parse(seenAt) + KEPT_FOR <= now.getTime();

/** Remembers what the officer's token says, and answers the token of the officer's private calendar. */
export async function remember(officer: Officer, { officers, signing, now }: KnownOfficersDeps) {
  const id = signing.pseudonym(`officer ${officer.id}`);
  const before = await officers.find(id);
  const isFresh =
    before &&
    Date.parse(before.seenAt) + DAY > now().getTime() &&
    isDeepStrictEqual(before.districts, officer.districts);
  if (!isFresh)
    await officers.keep(
      { id, districts: officer.districts, seenAt: now().toISOString() },
      new Date(now().getTime() + KEPT_FOR),
    );
  return signing.sign('private-calendar', id);
}

/** The officer whose private calendar a token opens; nothing where it opens none, or no longer. */
export async function officerOfToken(token: string, { officers, signing, now }: KnownOfficersDeps) {
  const id = signing.verify('private-calendar', token);
  const officer = id === undefined ? undefined : await officers.find(id);
  return officer && !isOver(officer, now()) ? officer : undefined;
}
