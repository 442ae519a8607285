import { mappingFilter, type StreamMapping } from './event-sources.ts';
import { failedRecords } from './failed-records.ts';
import { bringThrough } from './stream-batch.ts';
import type { StreamRecord, streamReader } from './stream-reader.ts';
import type { Json } from './template.ts';
import type { WorkSource } from './work.ts';

export type StreamSourceDeps = {
  mapping: StreamMapping;
  reader: Awaited<ReturnType<typeof streamReader>>;
  invoke: (event: unknown) => Promise<unknown>;
  /** How far each shard has been read, kept on disk. */
  checkpoints: { read: () => unknown; write: (positions: Record<string, string>) => void };
  keepFailed: (key: string, content: string) => void;
  now: () => number;
  changed: () => void;
  report: (line: string) => void;
};

/** Writes are noticed on the wire; this is for what changes the table without passing there, such as TTL. */
const lookAnywayMs = 5_000;

/**
 * How long a source rests between two reads, while what is written meanwhile gathers: as long as the batch took, so
 * that many changes make few batches, but not so long that a single one is waited for. The engine looks through its
 * whole stream at each read; it gets twice that time for its other work.
 */
const restAfter = ({ took, reading }: { took: number; reading: number }) =>
  Math.min(Math.max(Math.min(took, 250), 2 * reading), 500);

/** As many as DynamoDB hands out at once. */
const mostRead = 1_000;

/** Hands a table's changes to a function, in order, and remembers how far it came. */
export async function streamSource(deps: StreamSourceDeps) {
  const { mapping, reader, checkpoints, now, changed } = deps;
  const { properties } = mapping;
  const wanted = mappingFilter(mapping);
  const rules = {
    bisect: properties.BisectBatchOnFunctionError,
    reportsItems: properties.FunctionResponseTypes.length > 0,
    maximumRetries: properties.MaximumRetryAttempts,
  };
  const positions = readPositions(checkpoints.read());
  let shards: string[] | undefined;
  let isReading = false;
  let isResting = false;
  let readingMs = 0;
  let isUnread = false;
  let open = true;
  let retryAt: number | undefined;
  let goOn: (() => void) | undefined;

  if (properties.StartingPosition === 'LATEST')
    for (const { id, last } of await reader.shards()) if (!(id in positions) && last) positions[id] = last;

  const done = (shard: string) => (upTo: StreamRecord) => {
    positions[shard] = upTo.dynamodb.SequenceNumber;
    checkpoints.write(positions);
  };

  async function readAll() {
    if (isReading || !open) return;
    isReading = true;
    try {
      while (isUnread && open) {
        isUnread = false;
        const begun = performance.now();
        readingMs = 0;
        shards ??= (await reader.shards()).map(({ id }) => id);
        for (const shard of shards) if (open) await readShard(shard);
        await rest(restAfter({ took: performance.now() - begun, reading: readingMs }));
      }
    } catch (error) {
      if (open) deps.report(`${mapping.logicalId}: ${error instanceof Error ? error.message : error}`);
    } finally {
      isReading = false;
      changed();
    }
  }

  /** Nobody waits for a source that rests with nothing left to read. */
  async function rest(ms: number) {
    isResting = true;
    changed();
    await new Promise((done) => setTimeout(done, ms));
    isResting = false;
  }

  async function readShard(shard: string) {
    for (;;) {
      const { passing, last, isEnd } = await gather(shard);
      if (!last || !open) return;
      for (let at = 0; at < passing.length && open; at += properties.BatchSize)
        await bringThrough(passing.slice(at, at + properties.BatchSize), rules, {
          invoke: (batch) => deps.invoke({ Records: batch }),
          done: done(shard),
          giveUp: async (batch) => {
            deps.report(
              `${mapping.logicalId}: gave up on ${batch.length} records after ${properties.MaximumRetryAttempts} retries`,
            );
            deps.keepFailed(...failedRecords(mapping, shard, batch, new Date(now())));
          },
          pause,
        });
      if (!open) return;
      // Records that nobody wants are not worth a write each; they are passed over again after a restart.
      if (passing.length > 0) done(shard)(last);
      else positions[shard] = last.dynamodb.SequenceNumber;
      if (isEnd) return;
    }
  }

  /** A batch is filled with records that pass: those the filter drops do not make it smaller. */
  async function gather(shard: string) {
    const passing: StreamRecord[] = [];
    let last: StreamRecord | undefined;
    for (;;) {
      const begun = performance.now();
      const records = await reader.next(shard, positions[shard], mostRead);
      readingMs += performance.now() - begun;
      last = records.at(-1) ?? last;
      passing.push(...records.filter((record) => wanted(record as Json)));
      const isEnd = records.length < mostRead;
      if (isEnd || passing.length >= properties.BatchSize) return { passing, last, isEnd };
    }
  }

  /** Held back on the movable clock, so that a jump reaches the retry too. */
  async function pause(attempt: number) {
    retryAt = now() + Math.min(100 * 2 ** attempt, 60_000);
    changed();
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    retryAt = undefined;
    return open;
  }

  function wake() {
    isUnread = true;
    void readAll();
  }

  const lookAnyway = setInterval(() => {
    shards = undefined;
    wake();
  }, lookAnywayMs);
  const source: WorkSource = {
    busy: () => (((isReading && !isResting) || isUnread) && retryAt === undefined ? 1 : 0),
    nextDueAt: () => retryAt,
    startDue() {
      if (retryAt !== undefined && retryAt <= now()) goOn?.();
    },
    unfinishedBefore: () => retryAt !== undefined,
  };

  return {
    ...source,
    wake,
    close() {
      open = false;
      clearInterval(lookAnyway);
      goOn?.();
    },
  };
}

export type StreamSource = Awaited<ReturnType<typeof streamSource>>;

function readPositions(kept: unknown): Record<string, string> {
  if (!kept || typeof kept !== 'object') return {};
  return Object.fromEntries(
    Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
