import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IEventSourceDlq, IEventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { PrivateBucket } from './private-bucket.ts';

/**
 * Stream records that no retry could save, whole (a queue would get only their position). A record may hold an
 * address, so they have a bucket that the edge cannot read, and go after the 28 days of our promise of erasure.
 */
export class FailedRecords extends Construct implements IEventSourceDlq {
  readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string, { deployment }: { deployment: Deployment }) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, 'Bucket', {
      deployment,
      lifecycleRules: [{ expiration: Duration.days(28) }],
    });
  }

  /** As CDK's S3OnFailureDestination, which also gives reading, deleting and tagging. */
  bind(_mapping: IEventSourceMapping, fn: IFunction) {
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('*')] }),
    );
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
    );
    return { destination: this.bucket.bucketArn };
  }
}
