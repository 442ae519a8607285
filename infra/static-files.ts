import { fileURLToPath } from 'node:url';
import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { PrivateBucket } from './private-bucket.ts';
import type { ServiceFunction } from './service-function.ts';

/**
 * Styles, scripts and pictures of pages, in a bucket of their own that only a deployment writes. Their addresses change
 * with them, so they are kept for a year, and those of earlier deployments stay: pages kept from then name them.
 */
export class StaticFiles extends Construct {
  readonly bucket: PrivateBucket;
  readonly #deployment: BucketDeployment;

  constructor(scope: Construct, id: string, { deployment }: { deployment: Deployment }) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, 'Bucket', { deployment });
    this.#deployment = new BucketDeployment(this, 'Deployment', {
      sources: [Source.asset(fileURLToPath(new URL('../dist/assets', import.meta.url)))],
      destinationBucket: this.bucket,
      destinationKeyPrefix: 'assets',
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
      prune: false,
      retainOnDelete: !deployment.disposable,
      logGroup: new LogGroup(this, 'Log', {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    new CfnOutput(this, 'BucketName', { value: this.bucket.bucketName }).overrideLogicalId('AssetBucket');
  }

  /** No page names a file that is not there yet. */
  comeBefore(fn: ServiceFunction): void {
    fn.node.addDependency(this.#deployment);
  }
}
