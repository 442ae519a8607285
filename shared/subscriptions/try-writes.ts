import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { Conflict } from '../runtime/errors.ts';
import type { Table } from '../table/table.ts';

export type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

const ATTEMPTS = 8;

/** Writes all or nothing; whether it did: not when a condition no longer holds or another writer was first. */
export async function tryWrites(table: Table, writes: Writes): Promise<boolean> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: writes }));
    return true;
  } catch (error) {
    if (error instanceof TransactionCanceledException && error.CancellationReasons?.some(isOvertaken))
      return false;
    throw error;
  }
}

/**
 * Reads and decides anew, until what was decided could be written.
 * @throws Conflict when others are always faster
 */
export async function untilWritten<Result>(decide: () => Promise<Result | 'overtaken'>): Promise<Result> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const result = await decide();
    if (result !== 'overtaken') return result;
  }
  throw new Conflict('Somebody else is changing it. Try again in a minute.');
}

const isOvertaken = ({ Code }: { Code?: string }) =>
  Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict';
