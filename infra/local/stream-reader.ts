import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import type { DynamoDb } from './dynamodb.ts';
import { region } from './place.ts';

const record = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.unknown() }),
});

const described = z.object({
  StreamDescription: z.object({
    Shards: z.array(
      z.object({
        ShardId: z.string(),
        SequenceNumberRange: z.object({ EndingSequenceNumber: z.string().optional() }).optional(),
      }),
    ),
  }),
});

export type StreamRecord = ReturnType<typeof toLambdaRecord>;

/** Reads a table's stream, shard by shard. */
export async function streamReader(table: { name: string; streamArn: string }, db: DynamoDb) {
  const { Table } = z
    .object({ Table: z.object({ LatestStreamArn: z.string().optional() }) })
    .parse(await db.ask('DescribeTable', { TableName: table.name }));
  const StreamArn = Table.LatestStreamArn;
  if (!StreamArn) throw new CannotRun(`the table ${table.name} has no stream`);
  const iterators = new Map<string, string>();

  async function shards() {
    const { StreamDescription } = described.parse(await db.ask('DescribeStream', { StreamArn }));
    return StreamDescription.Shards.map(({ ShardId, SequenceNumberRange }) => ({
      id: ShardId,
      last: SequenceNumberRange?.EndingSequenceNumber,
    }));
  }

  async function iterator(shard: string, after: string | undefined) {
    const kept = iterators.get(shard);
    if (kept) return kept;
    const position = after
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
      : { ShardIteratorType: 'TRIM_HORIZON' };
    const answer = await db.ask('GetShardIterator', { StreamArn, ShardId: shard, ...position });
    return z.object({ ShardIterator: z.string() }).parse(answer).ShardIterator;
  }

  return {
    shards,
    /** The records that follow the last ones read, or the given sequence number at first. */
    async next(shard: string, after: string | undefined, limit: number): Promise<StreamRecord[]> {
      try {
        const answer = await db.ask('GetRecords', {
          ShardIterator: await iterator(shard, after),
          Limit: limit,
        });
        const { Records, NextShardIterator } = z
          .object({ Records: z.array(record), NextShardIterator: z.string().optional() })
          .parse(answer);
        if (NextShardIterator) iterators.set(shard, NextShardIterator);
        return Records.map((item) => toLambdaRecord(item, table.streamArn));
      } catch (error) {
        iterators.delete(shard);
        throw error;
      }
    },
  };
}

const toLambdaRecord = (item: z.infer<typeof record>, eventSourceARN: string) => ({
  ...item,
  awsRegion: region,
  eventSourceARN,
  dynamodb: { ...item.dynamodb, ApproximateCreationDateTime: Math.floor(Date.now() / 1000) },
});
