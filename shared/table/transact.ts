import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';

/** A write of a transaction, and what it means when its condition does not hold. */
export type Guarded = {
  write: NonNullable<TransactWriteCommandInput['TransactItems']>[number];
  failed?: () => Error;
};

const ATTEMPTS = 5;

/** Runs a transaction. @throws what the first failed condition means */
export async function transact({ client }: Pick<Table, 'client'>, guarded: Guarded[]): Promise<void> {
  const writes = guarded.map(({ write }) => write);
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes }));
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const place = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
      if (place >= 0) throw guarded[place]?.failed?.() ?? error;
      if (attempt === ATTEMPTS || !reasons.some(({ Code }) => Code === 'TransactionConflict')) throw error;
    }
  }
}
