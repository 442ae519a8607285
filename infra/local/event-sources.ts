import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import { passes, readPattern } from './event-filter.ts';
import { allows } from './permissions.ts';
import type { Statement } from './policy-statements.ts';
import type { Found, Resources } from './resources.ts';
import type { Json } from './template.ts';

const common = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.literal(true).optional(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  MetricsConfig: z.unknown().optional(),
  Tags: z.unknown().optional(),
};

const queueMapping = z.strictObject({
  ...common,
  BatchSize: z.coerce.number().default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.coerce.number() }).optional(),
});

const streamMapping = z.strictObject({
  ...common,
  BatchSize: z.coerce.number().default(100),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  MaximumRecordAgeInSeconds: z.unknown().optional(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
  // One shard here, one batch at a time: the order that a factor above one keeps per item is kept for all.
  ParallelizationFactor: z.unknown().optional(),
});

export type QueueMapping = Found<z.infer<typeof queueMapping>>;
export type StreamMapping = Found<z.infer<typeof streamMapping>>;

/** @throws CannotRun naming a mapping from something that is neither a queue nor a table's stream */
export function eventSources(resources: Resources) {
  const type = 'AWS::Lambda::EventSourceMapping';
  const from = (service: string) => (properties: Record<string, Json>) =>
    String(properties.EventSourceArn).startsWith(`arn:aws:${service}:`);
  const [strange] = resources
    .ofType(type, z.looseObject({ EventSourceArn: z.string() }))
    .filter(({ properties }) => !/^arn:aws:(sqs|dynamodb):/.test(properties.EventSourceArn));
  if (strange)
    throw new CannotRun(`${strange.logicalId}: nothing here reads ${strange.properties.EventSourceArn}`);
  return {
    queues: resources.ofType(type, queueMapping, from('sqs')),
    streams: resources.ofType(type, streamMapping, from('dynamodb')),
  };
}

/** The mapping's filter: a record passes when any of its patterns does. */
export function mappingFilter({ logicalId, properties }: QueueMapping | StreamMapping) {
  const patterns = properties.FilterCriteria?.Filters.map(({ Pattern }) => readPattern(Pattern, logicalId));
  return (record: Json) => !patterns || patterns.some((pattern) => passes(pattern, record));
}

const needs = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
};

/**
 * Lambda reads a source with the function's own role, and refuses the mapping without these grants.
 * @throws CannotRun naming the missing grant
 */
export function checkReader(
  { logicalId, properties }: QueueMapping | StreamMapping,
  statements: Statement[],
) {
  const source = properties.EventSourceArn;
  const missing = needs[source.startsWith('arn:aws:sqs:') ? 'sqs' : 'dynamodb'].find(
    (action) => !allows(statements, { action, resource: source }),
  );
  if (missing)
    throw new CannotRun(`${logicalId}: the function's role does not allow ${missing} on ${source}`);
}
