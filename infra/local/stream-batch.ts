import { z } from 'zod';
import type { StreamRecord } from './stream-reader.ts';

export type BatchRules = { bisect: boolean; reportsItems: boolean; maximumRetries: number };

export type BatchDeps = {
  invoke: (records: StreamRecord[]) => Promise<unknown>;
  /** Everything up to and with this record is done with. */
  done: (upTo: StreamRecord) => void;
  /** Retries are used up: the records go to the failure destination. */
  giveUp: (records: StreamRecord[]) => Promise<void>;
  /** Waits before the next try; false when the host stops meanwhile. */
  pause: (attempt: number) => Promise<boolean>;
};

const answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/**
 * Brings a batch of records through a function as Lambda does: in order; from the first failed record on again;
 * halved after an error, so that one bad record is alone in the end; at most so often.
 */
export async function bringThrough(records: StreamRecord[], rules: BatchRules, deps: BatchDeps) {
  const pending = [{ records, attempt: 0 }];
  for (let batch = pending[0]; batch; batch = pending[0]) {
    const failedAt = await firstFailure(batch.records, rules, deps);
    const passed = batch.records.slice(0, failedAt);
    const last = passed.at(-1);
    if (last) deps.done(last);
    const rest = batch.records.slice(passed.length);
    if (rest.length === 0) {
      pending.shift();
      continue;
    }
    if (passed.length > 0) pending[0] = { records: rest, attempt: 0 };
    else if (rules.bisect && rest.length > 1) {
      const half = Math.ceil(rest.length / 2);
      pending.splice(
        0,
        1,
        ...[rest.slice(0, half), rest.slice(half)].map((part) => ({ records: part, attempt: batch.attempt })),
      );
    } else if (rules.maximumRetries >= 0 && batch.attempt >= rules.maximumRetries) {
      await deps.giveUp(rest);
      deps.done(rest.at(-1) as StreamRecord);
      pending.shift();
      continue;
    } else pending[0] = { records: rest, attempt: batch.attempt + 1 };
    if (!(await deps.pause(pending[0]?.attempt ?? 0))) return;
  }
}

/** How many records passed before the first that failed. */
async function firstFailure(records: StreamRecord[], { reportsItems }: BatchRules, { invoke }: BatchDeps) {
  try {
    const result = await invoke(records);
    if (!reportsItems) return records.length;
    const parsed = answer.safeParse(result);
    if (!parsed.success) return 0;
    const failures = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
      records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
    );
    return failures.length === 0 ? records.length : Math.max(0, Math.min(...failures));
  } catch {
    return 0;
  }
}
