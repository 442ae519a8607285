import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Force } from '../force/force.ts';
import { Unauthenticated } from '../http/problem.ts';
import { officerIn } from './claims.ts';
import type { Officer } from './officer.ts';

export type TokenVerifier = ReturnType<typeof tokenVerifier>;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Cognito says who a token is for in `client_id`, others in `aud`. */
const addressee = z.object({
  sub: z.string().min(1),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  client_id: z.string().optional(),
});

const PATIENCE = 3_000;

/** Verifies access tokens of one OIDC issuer; its keys are fetched once and again when an unknown one appears. */
export function tokenVerifier({
  issuer,
  audience,
  force,
}: {
  issuer: string;
  audience: string;
  force: Force;
}) {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  async function discover() {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw new Error(`the identity provider answered ${response.status}`);
    const { jwks_uri } = discovery.parse(await response.json());
    return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: PATIENCE });
  }

  /**
   * The officer a bearer token stands for.
   * @throws Unauthenticated when the token does not hold or stands for nobody here
   */
  return async function verify(token: string): Promise<Officer> {
    keys ??= discover().catch((error) => {
      keys = undefined;
      throw error;
    });
    const payload = await jwtVerify(token, await keys, { issuer }).catch((error) => {
      if (error instanceof errors.JWKSTimeout) throw error;
      throw new Unauthenticated(`The token does not hold: ${error instanceof Error ? error.message : error}`);
    });
    const parsed = addressee.safeParse(payload.payload);
    if (!parsed.success) throw new Unauthenticated('The token does not say whose it is');
    const { aud, client_id } = parsed.data;
    if (![aud, client_id].flat().includes(audience))
      throw new Unauthenticated('The token is not for this service');
    const officer = officerIn(payload.payload, force);
    if (!officer) throw new Unauthenticated('The token gives no role here');
    return officer;
  };
}
