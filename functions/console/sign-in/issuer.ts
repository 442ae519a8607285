import * as oidc from 'openid-client';
import { causeOf, log } from '../../../shared/runtime/log.ts';

/** What a browser must bring back for its sign-in to be believed. */
export type Attempt = { state: string; nonce: string; verifier: string };

/** What the issuer says of a person, and what it is asked with later. */
export type Vouched = { claims: object; idToken?: string; refreshToken?: string };

export type Issuer = ReturnType<typeof issuerAt>;

/** The issuer would not let this person in, or what came back is not what was asked for. */
export class SignInFailed extends Error {
  override name = 'SignInFailed';
}

const PATIENCE_SECONDS = 5;

/** One OIDC issuer, asked with Authorization Code and PKCE as a client without a secret, or with one. */
export function issuerAt({
  issuer,
  clientId,
  clientSecret,
  origin,
}: {
  issuer: string;
  clientId: string;
  clientSecret?: () => Promise<string>;
  origin: string;
}) {
  let discovered: Promise<oidc.Configuration> | undefined;
  const callback = `${origin}/console/callback`;

  async function discover() {
    const server = new URL(issuer);
    const isHere = server.protocol === 'http:' && server.hostname === 'localhost';
    return oidc.discovery(
      server,
      clientId,
      undefined,
      clientSecret ? oidc.ClientSecretPost(await clientSecret()) : oidc.None(),
      { timeout: PATIENCE_SECONDS, execute: isHere ? [oidc.allowInsecureRequests] : [] },
    );
  }

  function configuration() {
    discovered ??= discover().catch((error) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  }

  /** Where a person signs in, and what must come back with them. */
  async function begin(): Promise<{ to: string; attempt: Attempt }> {
    const config = await configuration();
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const to = oidc.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: scopesOf(config),
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { to: to.href, attempt };
  }

  /**
   * Who came back.
   * @param query of the callback's address
   * @throws SignInFailed
   */
  async function finish(query: URLSearchParams, { state, nonce, verifier }: Attempt): Promise<Vouched> {
    const config = await configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(`${callback}?${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return vouched(tokens, tokens.claims() ?? {});
    } catch (error) {
      throw isRefusal(error) ? new SignInFailed(error.message, { cause: error }) : error;
    }
  }

  /** What the issuer says of the same person now; nothing when it no longer vouches for them. */
  async function renew({ refreshToken, subject }: { refreshToken: string; subject: string }) {
    const config = await configuration();
    try {
      const tokens = await oidc.refreshTokenGrant(config, refreshToken);
      const claims = tokens.claims() ?? (await oidc.fetchUserInfo(config, tokens.access_token, subject));
      return { refreshToken, ...vouched(tokens, claims) };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.info('an officer is no longer vouched for', causeOf(error));
      return undefined;
    }
  }

  /** Where a person signs out of the issuer, too; nothing where it knows no such address. */
  async function signOutAddress(idToken?: string): Promise<string | undefined> {
    const config = await configuration();
    if (!config.serverMetadata().end_session_endpoint) return undefined;
    const back = `${origin}/console/signed-out`;
    return oidc.buildEndSessionUrl(config, {
      ...(idToken && { id_token_hint: idToken }),
      post_logout_redirect_uri: back,
      // What Cognito calls it.
      logout_uri: back,
    }).href;
  }

  return { begin, finish, renew, signOutAddress };
}

/** Entra ID gives a refresh token only with `offline_access`; Cognito always does, and refuses that scope. */
const scopesOf = (config: oidc.Configuration) =>
  ['openid', 'profile', 'offline_access']
    .filter(
      (scope) =>
        scope !== 'offline_access' || config.serverMetadata().scopes_supported?.includes('offline_access'),
    )
    .join(' ');

const vouched = (tokens: { id_token?: string; refresh_token?: string }, claims: object): Vouched => ({
  claims,
  ...(tokens.id_token && { idToken: tokens.id_token }),
  ...(tokens.refresh_token && { refreshToken: tokens.refresh_token }),
});

/** It was answered, with no; everything else is trouble on the way. */
const isRefusal = (error: unknown): error is Error =>
  (error instanceof oidc.ResponseBodyError && error.status < 500) ||
  error instanceof oidc.AuthorizationResponseError ||
  (error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT' && error.code !== 'OAUTH_ABORT');
