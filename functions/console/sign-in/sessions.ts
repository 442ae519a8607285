import { randomBytes } from 'node:crypto';
import type { Force } from '../../../shared/force/force.ts';
import { officerIn } from '../../../shared/identity/claims.ts';
import type { Officer } from '../../../shared/identity/officer.ts';
import { causeOf, log } from '../../../shared/runtime/log.ts';
import type { Issuer, Vouched } from './issuer.ts';
import { keyOf, seal, unseal } from './seal.ts';
import type { KeptSession, SessionStore } from './session-store.ts';

const MINUTE = 60_000;
/** A shift, and no more, however busy. */
export const SESSION_HOURS = 8;
/** So soon a role or district that was taken away is gone here. */
export const ASKED_EVERY = 5 * MINUTE;
/** So long we go on when the issuer cannot be reached. */
export const LONGEST_UNVOUCHED = 30 * MINUTE;

export type Sessions = ReturnType<typeof sessionsOf>;
type Deps = {
  sessions: SessionStore;
  issuer: Pick<Issuer, 'renew'>;
  force: Force;
  now: () => Date;
};

/** Officers who are signed in, each known by a secret that only their browser has. */
export function sessionsOf({ sessions, issuer, force, now }: Deps) {
  /** A new session, never one that somebody may have put into the browser before; nothing for who has no role here. */
  async function start(vouched: Vouched): Promise<string | undefined> {
    const officer = officerIn(vouched.claims, force);
    if (!officer) return undefined;
    const secret = randomBytes(32).toString('base64url');
    const at = now().toISOString();
    await sessions.open({
      key: keyOf(secret),
      officer,
      endsAt: endOf(vouched, now()).toISOString(),
      vouchedAt: at,
      askedAt: at,
      sealed: seal(JSON.stringify(tokensOf(vouched)), secret),
    });
    return secret;
  }

  /** The officer whose browser has this secret, as the issuer vouched for them a few minutes ago. */
  async function officerOf(secret: string): Promise<Officer | undefined> {
    const session = await sessions.find(keyOf(secret), now());
    if (!session) return undefined;
    const isFresh = Date.parse(session.askedAt) + ASKED_EVERY > now().getTime();
    if (isFresh) return session.officer;
    return (await sessions.claimAsking(session, now()))
      ? askAgain(session, secret)
      : // Another request is asking at this moment.
        (await sessions.find(session.key, now()))?.officer;
  }

  async function askAgain(session: KeptSession, secret: string): Promise<Officer | undefined> {
    const { refreshToken } = tokensIn(session, secret);
    if (refreshToken === undefined) return session.officer;
    let vouched: Vouched | undefined;
    try {
      vouched = await issuer.renew({ refreshToken, subject: session.officer.id });
    } catch (error) {
      log.error('the issuer cannot be asked', causeOf(error));
      if (Date.parse(session.vouchedAt) + LONGEST_UNVOUCHED > now().getTime()) return session.officer;
    }
    const officer = vouched && officerIn(vouched.claims, force);
    if (!vouched || !officer || officer.id !== session.officer.id) {
      await sessions.end(session.key);
      return undefined;
    }
    const at = now().toISOString();
    const tokens = { ...tokensIn(session, secret), ...tokensOf(vouched) };
    const renewed = {
      ...session,
      officer,
      vouchedAt: at,
      askedAt: at,
      sealed: seal(JSON.stringify(tokens), secret),
    };
    return (await sessions.renew(renewed)) ? officer : undefined;
  }

  /** Ends it here, and says what the issuer needs to end it there. */
  async function end(secret: string): Promise<{ idToken?: string }> {
    const session = await sessions.find(keyOf(secret), now());
    await sessions.end(keyOf(secret));
    return session ? tokensIn(session, secret) : {};
  }

  return { start, officerOf, end };
}

type Tokens = Pick<Vouched, 'idToken' | 'refreshToken'>;

const tokensOf = ({ idToken, refreshToken }: Vouched): Tokens => ({
  ...(idToken && { idToken }),
  ...(refreshToken && { refreshToken }),
});

const tokensIn = ({ sealed }: KeptSession, secret: string): Tokens => JSON.parse(unseal(sealed, secret));

/** Who cannot be vouched for again is signed in no longer than without asking, and signs in again with one click. */
const endOf = ({ refreshToken }: Vouched, now: Date) =>
  new Date(now.getTime() + (refreshToken ? SESSION_HOURS * 60 * MINUTE : LONGEST_UNVOUCHED));
