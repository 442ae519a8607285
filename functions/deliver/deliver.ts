import type { SQSEvent } from 'aws-lambda';
import { deliverMessage } from '../../shared/bulletins/bulletin.ts';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { type DeliverChunkDeps, deliverChunk } from './deliver-chunk.ts';
import { type DeliverConfirmationDeps, deliverConfirmation } from './deliver-confirmation.ts';
import { emailNotices } from './email-notices.ts';
import { endOptedOut, type OptOutDeps } from './end-opted-out.ts';
import { textNotices } from './send-text.ts';
import { type StandInDeps, textsOrEmails } from './stand-in.ts';

export type DeliverDeps = Omit<DeliverChunkDeps, 'send' | 'timeZone' | 'subscribers'> &
  DeliverConfirmationDeps &
  StandInDeps &
  OptOutDeps &
  Pick<DeliverChunkDeps, 'subscribers'>;

/** Delivers what the e-mail and the text queues bring: chunks of bulletins, and confirmations; and hears who opted out. */
export function deliver(deps: DeliverDeps) {
  const chunkDeps: DeliverChunkDeps = {
    ...deps,
    timeZone: deps.force.timeZone,
    send: { email: emailNotices(deps), sms: textsOrEmails(textNotices(deps), deps) },
  };
  return (batch: SQSEvent) =>
    eachMessage(batch.Records, async (body) => {
      const message = deliverMessage.parse(body);
      if ('optOutsAfter' in message) await endOptedOut(message.optOutsAfter, deps);
      else if ('confirmation' in message) await deliverConfirmation(message.confirmation, deps);
      else await deliverChunk(message.bulletin, message.chunk, chunkDeps);
    });
}
