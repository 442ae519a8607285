import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, OAuthScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Website } from './website.ts';

/** Who vouches for officers: the force's own provider if it has one, a user pool otherwise. */
export class Identity extends Construct {
  readonly #issuer: string;
  readonly #audience: string;
  /** Where the issuer wants the console to prove itself: the whole secret is the client's. */
  readonly #clientSecret?: string;

  constructor(
    scope: Construct,
    id: string,
    { deployment, website }: { deployment: Deployment; website: Website },
  ) {
    super(scope, id);
    if (deployment.oidcIssuer && deployment.oidcAudience) {
      this.#issuer = deployment.oidcIssuer;
      this.#audience = deployment.oidcAudience;
      this.#clientSecret = deployment.oidcClientSecretArn;
      return;
    }
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: { minLength: 14 },
      deletionProtection: !deployment.disposable,
      removalPolicy: deployment.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    pool.addDomain('SignIn', {
      // Unique in the world, so the account is part of it.
      cognitoDomain: { domainPrefix: `streetmeet-${deployment.env}-${pool.env.account}` },
    });
    const client = pool.addClient('Console', {
      // Authorization code only, without a secret: a client that proves itself with PKCE.
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
        callbackUrls: [`${website.origin}/console/callback`],
        logoutUrls: [`${website.origin}/console/signed-out`],
      },
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      preventUserExistenceErrors: true,
    });
    this.#issuer = pool.userPoolProviderUrl;
    this.#audience = client.userPoolClientId;
  }

  connectVerifier(fn: ServiceFunction): void {
    fn.set('OIDC_ISSUER', this.#issuer).set('OIDC_AUDIENCE', this.#audience);
  }

  /** Officers sign in there, and their tokens are verified. */
  connectSignIn(fn: ServiceFunction): void {
    this.connectVerifier(fn);
    if (!this.#clientSecret) return;
    fn.set('OIDC_CLIENT_SECRET_ARN', this.#clientSecret).allow(
      ['secretsmanager:GetSecretValue'],
      this.#clientSecret,
    );
  }
}
