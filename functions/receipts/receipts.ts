import type { SQSEvent } from 'aws-lambda';
import { eachMessage } from '../../shared/runtime/batches.ts';
import { sesEvent } from './ses-event.ts';
import { type TakeReceiptDeps, takeReceipt } from './take-receipt.ts';

/** Works through what SES tells; a message that cannot be read harms itself only. */
export const receipts = (deps: TakeReceiptDeps) => (batch: SQSEvent) =>
  eachMessage(batch.Records, (body) => takeReceipt(sesEvent.parse(body), deps));
