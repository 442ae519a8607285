import { ListPhoneNumbersOptedOutCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { DeliverMessage } from '../../shared/bulletins/bulletin.ts';
import type { Queue } from '../../shared/runtime/queue.ts';
import type { addressEndings } from '../../shared/subscriptions/address-endings.ts';

export type OptOutDeps = {
  sns: SNSClient;
  endAll: ReturnType<typeof addressEndings>;
  /** Where the next page waits its turn. */
  texts: Pick<Queue, 'send'>;
};

/**
 * Ends the subscriptions of a page of the numbers whose holders told the carrier to stop: SNS sends them nothing, and
 * says so of no text that is not tried. A hundred to a page; what failed is done again by the queue, page by page.
 * @param after where SNS goes on; empty at the beginning
 */
export async function endOptedOut(after: string, { sns, endAll, texts }: OptOutDeps): Promise<void> {
  const { phoneNumbers = [], nextToken } = await sns.send(
    new ListPhoneNumbersOptedOutCommand({ nextToken: after || undefined }),
  );
  await endAll(
    phoneNumbers.map((address) => ({ channel: 'sms', address })),
    'opted-out',
  );
  if (nextToken) await texts.send([{ body: { optOutsAfter: nextToken } satisfies DeliverMessage }]);
}
