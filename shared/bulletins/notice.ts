/** claimed: a worker is sending it. unknown: the provider did not say. */
export type NoticeState = 'claimed' | 'sent' | 'failed' | 'unknown';

/** One row of the ledger: what one subscriber was told of one bulletin. */
export type Notice = {
  bulletin: string;
  subscription: string;
  state: NoticeState;
  /** Places in the bulletin's entries. */
  entries: number[];
  /** How often it was claimed. */
  attempt: number;
  /** How often its outcome was lost. */
  lost: number;
  /** Whose claim it is: a worker knows its own again where the table's answer was lost. */
  claim: string;
  /** Until when a claim holds, or an unknown outcome is waited for. */
  until: string;
  messageId?: string;
  /** A text that could not go, sent by e-mail. */
  byEmail?: true;
  /** Why it failed. */
  reason?: string;
};

export type Claim =
  | { outcome: 'claimed'; notice: Notice }
  | { outcome: 'settled'; state: NoticeState; byEmail?: true }
  | { outcome: 'wait'; until: Date };

/** A send whose outcome is lost is tried once more. */
const MOST_LOST = 2;
/** A killed worker's claim is taken over; one that kills every worker is not, for ever. */
const MOST_CLAIMS = 5;

/** What somebody who wants to send finds, given the row as it is. */
export function claimOf(
  before: Notice | undefined,
  wanted: Pick<Notice, 'bulletin' | 'subscription' | 'entries' | 'claim'>,
  { now, until }: { now: Date; until: Date },
): Claim {
  if (before?.state === 'sent' || before?.state === 'failed')
    return { outcome: 'settled', state: before.state, byEmail: before.byEmail };
  if (before && (before.lost >= MOST_LOST || before.attempt >= MOST_CLAIMS) && isOver(before, now))
    return { outcome: 'settled', state: 'unknown', byEmail: before.byEmail };
  if (before && !isOver(before, now)) return { outcome: 'wait', until: new Date(before.until) };
  const attempt = (before?.attempt ?? 0) + 1;
  const lost = before?.lost ?? 0;
  return {
    outcome: 'claimed',
    notice: { ...wanted, state: 'claimed', attempt, lost, until: until.toISOString() },
  };
}

/** What is left of a claim when nothing was sent by it: nothing, unless an earlier one may have sent. */
export function givenBack(notice: Notice, now: Date): Notice | undefined {
  if (notice.attempt === 1) return undefined;
  return { ...notice, state: 'unknown', attempt: notice.attempt - 1, until: now.toISOString() };
}

const isOver = ({ until, state, lost }: Notice, now: Date) =>
  (state === 'unknown' && lost >= MOST_LOST) || Date.parse(until) <= now.getTime();
