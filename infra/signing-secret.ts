import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** The random text that signs residents' links and hides their codes. */
export class SigningSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Signs manage links and hashes confirmation codes',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
  }

  connectReader(fn: ServiceFunction): void {
    fn.set('SECRET_ARN', this.secret.secretArn).allow(
      ['secretsmanager:GetSecretValue'],
      this.secret.secretArn,
    );
  }
}
