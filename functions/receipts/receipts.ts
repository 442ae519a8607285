import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { sesEvent } from './ses-event.ts';
import { type TakeReceiptDeps, takeReceipt } from './take-receipt.ts';

/** Works through what SES tells; a message that cannot be read harms itself only. */
export const receipts = (deps: TakeReceiptDeps) => async (batch: SQSEvent) => {
  const known = await knownAlready(batch.Records, deps);
  return eachMessage(batch.Records, (body, { messageId }) =>
    takeReceipt(sesEvent.parse(body), { isKnown: known.has(messageId) }, deps),
  );
};

/** Most events tell what the ledger knows: one read spares a write for each. */
async function knownAlready(records: SQSRecord[], { notices }: TakeReceiptDeps): Promise<Set<string>> {
  const told = records.flatMap(({ messageId, body }) => {
    const { data } = sesEvent.safeParse(readJson(body));
    return data?.notice ? [{ messageId, notice: data.notice }] : [];
  });
  const areSent = told.length ? await notices.areSent(told.map(({ notice }) => notice)) : [];
  return new Set(told.flatMap(({ messageId }, place) => (areSent[place] ? [messageId] : [])));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
