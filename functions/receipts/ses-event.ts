import { z } from 'zod';

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
  .transform(({ eventType, mail, bounce }) => ({
    type: eventType,
    messageId: mail.messageId,
    /** Deliver puts these two on every notice; a confirmation has neither. */
    bulletin: mail.tags.bulletin?.[0],
    subscription: mail.tags.subscription?.[0],
    isHardBounce: bounce?.bounceType === 'Permanent',
  }));

export type SesEvent = z.output<typeof sesEvent>;
