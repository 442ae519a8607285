import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Force } from '../../shared/force/force.ts';
import { noticeText } from '../../shared/notices/notice-text.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import { attempt } from './attempt.ts';
import type { SendNotices, Sent } from './deliver-chunk.ts';

export type TextDeps = { sns: SNSClient; signing: Signing; force: Force; origin: string };

/** Sends one text of one segment. */
export async function sendText(to: string, words: string, { sns, force }: TextDeps): Promise<Sent> {
  const result = await attempt(() =>
    sns.send(
      new PublishCommand({
        PhoneNumber: to,
        Message: words,
        MessageAttributes: {
          'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: force.senders.text },
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        },
      }),
    ),
  );
  return 'answer' in result ? { outcome: 'sent', messageId: result.answer.MessageId } : result;
}

/** A bulletin's notices by text, one after the other. */
export const textNotices =
  (deps: TextDeps): SendNotices =>
  async (subscriptions, { district, entries }) => {
    const sent: Sent[] = [];
    for (const { id, address } of subscriptions) {
      const stopLink = `${deps.origin}/u/${deps.signing.sign('manage', id)}`;
      const words = noticeText({ force: deps.force, origin: deps.origin, district, entries, stopLink });
      sent.push(await sendText(address, words, deps));
    }
    return sent;
  };
