import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { FailedRecords } from './failed-records.ts';
import type { ServiceFunction } from './service-function.ts';

/** The one table, its stream, and who may touch them. */
export class Store extends Construct {
  readonly table: Table;
  readonly failedRecords: FailedRecords;
  /** Who reads the stream, and the id of the mapping that feeds it. */
  readonly readers: { name: string; mappingId: string }[] = [];

  constructor(scope: Construct, id: string, { deployment }: { deployment: Deployment }) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: !deployment.disposable,
      removalPolicy: deployment.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'due',
      partitionKey: { name: 'dueShard', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.failedRecords = new FailedRecords(this, 'FailedRecords', { deployment });
  }

  /** Reads by key and by partition: nobody may Scan. */
  connectReader(fn: ServiceFunction): void {
    fn.set('TABLE_NAME', this.table.tableName).allow(reading, this.table.tableArn);
  }

  /** Reads, and writes single items, batches and transactions (which are judged by the single actions). */
  connectWriter(fn: ServiceFunction): void {
    this.connectReader(fn);
    fn.allow(writing, this.table.tableArn);
  }

  /** Asks what is due. */
  connectSweeper(fn: ServiceFunction): void {
    fn.allow(['dynamodb:Query'], `${this.table.tableArn}/index/due`);
  }

  /**
   * Gives a function the changes that match one of the filters. A record that fails again and again is
   * kept whole and let go, so that it harms only itself: unbounded retries would stop its whole shard.
   */
  streamTo(name: string, fn: ServiceFunction, filters: RecordFilter[]): void {
    const source = new DynamoEventSource(this.table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: filters.map((filter) => ({ pattern: JSON.stringify(filter) })),
      batchSize: 100,
      parallelizationFactor: 2,
      retryAttempts: 5,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: this.failedRecords,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    fn.addEventSource(source);
    this.readers.push({ name, mappingId: source.eventSourceMappingId });
  }
}

/** A pattern over a stream record, for example `{eventName: ['INSERT']}`. */
export type RecordFilter = { [member: string]: string[] | RecordFilter };

const reading = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const writing = [
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];
