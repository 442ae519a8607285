import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { PrivateBucket } from './private-bucket.ts';
import { ServiceFunction } from './service-function.ts';
import type { RecordFilter } from './store.ts';
import { WorkQueue } from './work-queue.ts';

/** The published calendars: the bucket they stand in, who renders them, and the queue that asks for a refresh. */
export class Calendars extends Construct {
  readonly bucket: PrivateBucket;
  readonly render: ServiceFunction;
  readonly refresh: WorkQueue;

  constructor(scope: Construct, id: string, { deployment }: { deployment: Deployment }) {
    super(scope, id);
    // No versions: every object can be rebuilt from the table.
    this.bucket = new PrivateBucket(this, 'Bucket', { deployment });
    this.render = new ServiceFunction(this, 'Function', {
      name: 'calendars',
      force: deployment.force,
      does: 'Renders each changed event and reassembles the calendars it is in',
      timeoutSeconds: 60,
      memoryMegabytes: 1024,
    });
    this.render
      .set('CALENDAR_BUCKET', this.bucket.bucketName)
      .allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], this.bucket.arnForObjects('calendars/*'))
      // Without it a calendar that does not exist yet answers 403, not 404.
      .allow(['s3:ListBucket'], this.bucket.bucketArn);
    this.refresh = new WorkQueue(this, 'Refresh', {
      worker: this.render,
      setting: 'REFRESH_QUEUE_URL',
      batchSize: 10,
      atOnce: 5,
    });
  }

  readonly wantedRecords: RecordFilter[] = [
    // What is not an event is passed on to be counted.
    { dynamodb: { NewImage: { type: { S: ['event', 'bulletin', 'subscription'] } } } },
    { dynamodb: { OldImage: { type: { S: ['event', 'subscription'] } } } },
  ];

  connectRefresher(fn: ServiceFunction): void {
    this.refresh.connectSender(fn);
  }
}
