import { isDeepStrictEqual } from 'node:util';
import type { Signing } from '../runtime/signing.ts';
import type { Officer } from './officer.ts';
import type { CalendarAddress, KeptOfficer, OfficerStore } from './officer-store.ts';

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
export async function remember(officer: Officer, deps: KnownOfficersDeps) {
  const id = await keepKnown(officer, deps);
  return deps.signing.sign('private-calendar', named(id, await deps.officers.calendarAddress(id)));
}

/** When the officer last had a new address made for the private calendar; nothing where they never had. */
export async function calendarMadeAt(officer: Officer, { officers, signing }: KnownOfficersDeps) {
  return (await officers.calendarAddress(idOf(officer, signing))).at;
}

/** A new token of the officer's private calendar; those before open it no longer. */
export async function replaceCalendar(officer: Officer, deps: KnownOfficersDeps): Promise<string> {
  const id = await keepKnown(officer, deps);
  return deps.signing.sign(
    'private-calendar',
    named(id, await deps.officers.replaceCalendarAddress(id, deps.now())),
  );
}

const idOf = (officer: Officer, signing: Pick<Signing, 'pseudonym'>) =>
  signing.pseudonym(`officer ${officer.id}`);

/** What a token is signed for: the officer, and which of their addresses it is. */
const named = (id: string, { replaced }: CalendarAddress) => (replaced ? `${id}.${replaced}` : id);

async function keepKnown(officer: Officer, { officers, signing, now }: KnownOfficersDeps): Promise<string> {
  const id = idOf(officer, signing);
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
  return id;
}

/** The officer whose private calendar a token opens; nothing where it opens none, or no longer. */
export async function officerOfToken(token: string, { officers, signing, now }: KnownOfficersDeps) {
  const signed = signing.verify('private-calendar', token);
  const [id] = signed?.split('.') ?? [];
  if (id === undefined) return undefined;
  const [officer, address] = await Promise.all([officers.find(id), officers.calendarAddress(id)]);
  return officer && !isOver(officer, now()) && signed === named(id, address) ? officer : undefined;
}
