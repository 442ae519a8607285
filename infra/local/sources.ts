import type { Bucket } from './bucket.ts';
import { CannotRun } from './cannot-run.ts';
import type { DataDirectory } from './data-directory.ts';
import type { DynamoDb } from './dynamodb.ts';
import { checkReader, eventSources } from './event-sources.ts';
import type { Functions } from './functions.ts';
import { allows } from './permissions.ts';
import { queueSource } from './queue-source.ts';
import type { QueueStore } from './queues.ts';
import type { Resources } from './resources.ts';
import { streamReader } from './stream-reader.ts';
import { streamSource } from './stream-source.ts';
import type { Table } from './table.ts';
import type { Work } from './work.ts';

export type SourcesDeps = {
  functions: Functions;
  queues: QueueStore;
  tables: Table[];
  db: DynamoDb;
  buckets: Map<string, Bucket>;
  data: DataDirectory;
  work: Work;
  now: () => number;
  report: (line: string) => void;
};

/** Connects every queue and stream of the template with the functions that read it. */
export async function openSources(resources: Resources, deps: SourcesDeps) {
  const { functions, work, now, report } = deps;
  const mappings = eventSources(resources);
  const { changed } = work;

  const queues = mappings.queues.map((mapping) => {
    const { EventSourceArn, FunctionName } = mapping.properties;
    const queue = deps.queues.getQueueByArn(EventSourceArn);
    if (!queue) throw new CannotRun(`${mapping.logicalId}: there is no queue ${EventSourceArn}`);
    const fn = functions.find(FunctionName, mapping.logicalId);
    checkReader(mapping, fn.statements);
    return queueSource({ mapping, queue, store: deps.queues, invoke: fn.invoke, now, changed });
  });

  const streams = await Promise.all(
    mappings.streams.map(async (mapping) => {
      const { EventSourceArn, FunctionName } = mapping.properties;
      const table = deps.tables.find(({ attributes }) => attributes.StreamArn === EventSourceArn);
      if (!table) throw new CannotRun(`${mapping.logicalId}: there is no stream ${EventSourceArn}`);
      const fn = functions.find(FunctionName, mapping.logicalId);
      checkReader(mapping, fn.statements);
      const checkpoint = `stream-${mapping.logicalId}.json`;
      return streamSource({
        mapping,
        reader: await streamReader({ name: table.ref, streamArn: EventSourceArn }, deps.db),
        invoke: fn.invoke,
        checkpoints: {
          read: () => deps.data.readJson(checkpoint),
          write: (positions) => deps.data.writeJson(checkpoint, positions),
        },
        keepFailed: failureBucket(
          mapping.properties.DestinationConfig?.OnFailure.Destination,
          mapping.logicalId,
          fn.statements,
        ),
        now,
        changed,
        report,
      });
    }),
  );

  function failureBucket(
    destination: string | undefined,
    logicalId: string,
    statements: Parameters<typeof allows>[0],
  ) {
    if (destination === undefined) return () => {};
    const bucket = deps.buckets.get(destination.replace('arn:aws:s3:::', ''));
    if (!bucket) throw new CannotRun(`${logicalId}: failed records cannot be kept in ${destination}`);
    if (!allows(statements, { action: 's3:PutObject', resource: `${destination}/aws/lambda/x` }))
      throw new CannotRun(`${logicalId}: the function's role does not allow s3:PutObject on ${destination}`);
    return (key: string, content: string) => {
      bucket.put(key, Buffer.from(content), { 'content-type': 'application/json' });
    };
  }

  work.add(...queues, ...streams);
  let isFollowing = false;
  return {
    /** From now on streams are read: what was written before comes in whole batches. */
    followStreams() {
      isFollowing = true;
      this.wakeStreams();
    },
    /** Whether all that was written to tables has been through the functions that read their streams. */
    isCaughtUp: () => streams.every((stream) => stream.busy() === 0),
    /** After a write to a table. */
    wakeStreams() {
      if (!isFollowing) return;
      for (const stream of streams) stream.wake();
      changed();
    },
    /** After anything that may have put a message on a queue. */
    pumpQueues() {
      for (const queue of queues) queue.pump();
      changed();
    },
    close() {
      for (const source of [...queues, ...streams]) source.close();
    },
  };
}
