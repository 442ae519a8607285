import * as z from 'zod';
import { CONFIRMATIONS } from '../../shared/subscriptions/subscription.ts';

/**
 * What SES tells of an e-mail, as far as it matters here.
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const sesEvent = z
  .object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      tags: z.record(z.string(), z.array(z.string())).default({}),
    }),
    bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().optional() }).optional(),
  })
  .transform(({ eventType, mail: { messageId, tags }, bounce }) => ({
    type: eventType,
    messageId,
    notice: noticeOf(tags),
    /** Whose address it went to: of a text that could not go, not who was to be told. */
    subscription: (tags.standIn ?? tags.subscription)?.[0],
    isHardBounce: bounce?.bounceType === 'Permanent',
  }));

export type SesEvent = z.output<typeof sesEvent>;

/** The row of the send ledger that deliver's tags name. */
function noticeOf({ bulletin, subscription, confirmation }: Record<string, string[]>) {
  if (bulletin?.[0] && subscription?.[0]) return { bulletin: bulletin[0], subscription: subscription[0] };
  if (confirmation?.[0]) return { bulletin: CONFIRMATIONS, subscription: confirmation[0] };
}
