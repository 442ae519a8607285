import { z } from 'zod';
import { type DynamoDb, DynamoDbError } from './dynamodb.ts';
import type { Found, Resources } from './resources.ts';

const schema = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.array(z.unknown()),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: z.array(z.unknown()),
        Projection: z.unknown().optional(),
        ContributorInsightsSpecification: z.unknown().optional(),
      }),
    )
    .optional(),
  StreamSpecification: z.strictObject({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.literal(true) }).optional(),
  // A laptop's backup is a copy of DATA_DIR.
  PointInTimeRecoverySpecification: z.unknown().optional(),
  DeletionProtectionEnabled: z.unknown().optional(),
  SSESpecification: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

export type Table = Found<z.infer<typeof schema>>;

/** The template's tables, made where they are missing. */
export async function openTables(resources: Resources, db: DynamoDb): Promise<Table[]> {
  const tables = resources.ofType('AWS::DynamoDB::Table', schema);
  for (const table of tables) await create(table, db);
  return tables;
}

async function create({ ref, properties }: Table, db: DynamoDb) {
  try {
    await db.ask('CreateTable', {
      TableName: ref,
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: properties.BillingMode,
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(
        ({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
        }),
      ),
      ...(properties.StreamSpecification && {
        StreamSpecification: { StreamEnabled: true, ...properties.StreamSpecification },
      }),
    });
  } catch (error) {
    if (error instanceof DynamoDbError && error.code === 'ResourceInUseException') return;
    throw error;
  }
  if (properties.TimeToLiveSpecification)
    await db.ask('UpdateTimeToLive', {
      TableName: ref,
      TimeToLiveSpecification: properties.TimeToLiveSpecification,
    });
}
