import { RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';

/** A bucket that nobody reaches but whom a policy names, over TLS. It outlives the stack, unless that is disposable. */
export class PrivateBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    { deployment, lifecycleRules }: { deployment: Deployment; lifecycleRules?: LifecycleRule[] },
  ) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules,
      removalPolicy: deployment.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
  }
}
