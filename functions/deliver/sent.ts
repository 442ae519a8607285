import type { Occasion } from '../../shared/bulletins/bulletin.ts';
import type { NoticeEntry } from '../../shared/notices/notice-entry.ts';
import type { EndReason, Subscription } from '../../shared/subscriptions/subscription.ts';

/** What became of one send. `rejected` is the provider's final no, `refused` its not now. */
export type Outcome = 'sent' | 'rejected' | 'refused' | 'unknown';

export type Sent = {
  outcome: Outcome;
  messageId?: string;
  /** Why not: the provider's word for it, or ours. */
  reason?: string;
  /** It was a text, and went by e-mail. */
  byEmail?: true;
  /** The address will never take anything: its subscription ends for this reason. */
  ends?: EndReason;
};

/** Sends the same entries to each of these subscribers; an answer for each, in their order. */
export type SendNotices = (
  subscriptions: Subscription[],
  about: {
    bulletin: string;
    district: string;
    occasion?: Occasion;
    entries: NoticeEntry[];
    isPressing: boolean;
  },
) => Promise<Sent[]>;
