import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { CurrentDistrict } from '../../shared/bulletins/what-to-hear.ts';
import type { Force } from '../../shared/force/force.ts';
import { noticeText } from '../../shared/notices/notice-text.ts';
import { successorText } from '../../shared/notices/successor-text.ts';
import type { Signing } from '../../shared/runtime/signing.ts';
import type { EndReason } from '../../shared/subscriptions/subscription.ts';
import { attempt, type Refusal } from './attempt.ts';
import type { SendNotices, Sent } from './sent.ts';
import type { TextBudget } from './text-budget.ts';

export type TextDeps = {
  sns: SNSClient;
  budget: TextBudget;
  signing: Signing;
  force: Force;
  origin: string;
  /** How to wait before a provider that finds us too fast is asked again. */
  pause?: (milliseconds: number) => Promise<void>;
  current: CurrentDistrict;
};

/** Sends one text of one segment, as far as the month's money goes. */
export async function sendText(
  to: string,
  words: string,
  { isPressing }: { isPressing: boolean },
  { sns, budget, force, pause }: TextDeps,
): Promise<Sent> {
  const pence = force.senders.textPence;
  if (!(await budget.reserve(pence, { isPressing }))) return { outcome: 'rejected', reason: 'budget' };
  const result = await attempt(
    () =>
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
    { pause },
  );
  if ('answer' in result) return { outcome: 'sent', messageId: result.answer.MessageId };
  if (result.outcome !== 'unknown') await budget.giveBack(pence);
  const { outcome, reason } = result;
  return { outcome, reason, ends: endOf(result) };
}

/** A bulletin's notices by text, one after the other. */
export const textNotices =
  (deps: TextDeps): SendNotices =>
  async (subscriptions, { district, occasion, entries, isPressing }) => {
    const sent: Sent[] = [];
    for (const { id, address } of subscriptions) {
      const stopLink = `${deps.origin}/u/${deps.signing.sign('manage', id)}`;
      const common = { force: deps.force, origin: deps.origin, stopLink };
      const words =
        occasion === 'succession'
          ? successorText({ ...common, from: district, to: deps.current(district) })
          : noticeText({ ...common, district, entries });
      sent.push(await sendText(address, words, { isPressing }, deps));
    }
    return sent;
  };

/** SNS has two names for an opt-out, and says both things about a number also as an invalid parameter. */
function endOf({ outcome, reason = '', says = '' }: Refusal): EndReason | undefined {
  if (outcome !== 'rejected') return undefined;
  if (reason.startsWith('OptedOut') || /opted out/i.test(says)) return 'opted-out';
  return /PhoneNumber Reason|phone number/i.test(says) ? 'refused' : undefined;
}
