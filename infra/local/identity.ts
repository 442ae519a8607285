import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration } from 'oidc-provider';
import { z } from 'zod';
import type { DataDirectory } from './data-directory.ts';
import { isPersona, type Persona, personaNames, personas } from './personas.ts';
import type { Resources } from './resources.ts';
import { signInMemory } from './sign-in-memory.ts';

const clientSchema = z.strictObject({
  UserPoolId: z.string(),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  GenerateSecret: z.literal(false),
  AllowedOAuthFlows: z.tuple([z.literal('code')]),
  AllowedOAuthFlowsUserPoolClient: z.literal(true),
  AllowedOAuthScopes: z.array(z.string()),
  ClientName: z.unknown().optional(),
  // Tokens here live long, because the clock may be moved.
  AccessTokenValidity: z.unknown().optional(),
  IdTokenValidity: z.unknown().optional(),
  RefreshTokenValidity: z.unknown().optional(),
  TokenValidityUnits: z.unknown().optional(),
  PreventUserExistenceErrors: z.unknown().optional(),
  SupportedIdentityProviders: z.unknown().optional(),
  ExplicitAuthFlows: z.unknown().optional(),
  EnableTokenRevocation: z.unknown().optional(),
});

export const oidcPath = '/_local/oidc';
export const signInPath = '/_local/sign-in';
const tenYears = 10 * 365 * 24 * 3600;
const resource = 'urn:streetmeet:api';
const scopes = 'openid profile email';

/**
 * The template's user pool, played by `oidc-provider` with personas for people. Access tokens have the claims of
 * Cognito's. Nothing when the app trusts an outside issuer.
 */
export async function openIdentity(
  resources: Resources,
  { issuer, data, report }: { issuer: string; data: DataDirectory; report: (line: string) => void },
) {
  const [client] = resources.ofType('AWS::Cognito::UserPoolClient', clientSchema);
  if (!client) return undefined;
  const { jwks, cookieKey, secret } = await keys(data);
  const audience = client.ref;
  const claims = (persona: Persona) => ({
    sub: persona,
    client_id: audience,
    token_use: 'access',
    username: persona,
    name: personas[persona].name,
    'cognito:groups': personas[persona].groups,
  });
  const configuration: Configuration = {
    adapter: signInMemory(),
    jwks,
    clients: [
      {
        client_id: audience,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: client.properties.CallbackURLs,
        post_logout_redirect_uris: client.properties.LogoutURLs,
        application_type: 'web',
      },
      ...personaNames.map((name) => ({
        client_id: name,
        client_secret: secret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
    ],
    cookies: { keys: [cookieKey] },
    routes: { jwks: '/.well-known/jwks.json' },
    scopes: scopes.split(' '),
    claims: { openid: ['sub', 'cognito:groups'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes,
          // Cognito's access tokens have no audience, which the provider insists on: one that nobody may accept.
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: tenYears,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: {
      AccessToken: tenYears,
      ClientCredentials: tenYears,
      Session: tenYears,
      Grant: tenYears,
      RefreshToken: tenYears,
      IdToken: tenYears,
      Interaction: tenYears,
    },
    // Cognito gives one with every sign-in.
    issueRefreshToken: async (_, asking) => asking.grantTypeAllowed('refresh_token'),
    interactions: { url: (_, interaction) => `${signInPath}/${interaction.uid}` },
    findAccount: (_, id) =>
      isPersona(id)
        ? { accountId: id, claims: () => ({ ...claims(id), email: `${id}@streetmeet.example` }) }
        : undefined,
    formats: {
      customizers: {
        jwt(_, token, parts) {
          const holder = 'accountId' in token ? token.accountId : token.clientId;
          if (!isPersona(holder)) return;
          parts.payload = { ...parts.payload, ...claims(holder) };
        },
      },
    },
    loadExistingGrant(ctx) {
      const { session, client: asking } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        clientId: asking?.clientId,
        accountId: session?.accountId,
      });
      grant.addOIDCScope(scopes);
      grant.addResourceScope(resource, scopes);
      return grant.save().then(() => grant);
    },
  };
  const { Provider } = await import('oidc-provider');
  const provider = new Provider(issuer, configuration);
  provider.on('server_error', (_, error) => report(`identity: ${error.stack}`));
  const callback = provider.callback();

  return {
    /** Whatever is asked below `/_local/oidc`. */
    serve(request: IncomingMessage & { originalUrl?: string }, response: ServerResponse) {
      request.originalUrl = request.url;
      request.url = request.url?.slice(oidcPath.length) || '/';
      return callback(request, response);
    },
    /** Ends an interactive sign-in. */
    async signIn(request: IncomingMessage, response: ServerResponse, persona: Persona) {
      await provider.interactionFinished(request, response, { login: { accountId: persona } });
    },
    async token(persona: Persona) {
      const reply = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${persona}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes }),
      });
      const answer = z.object({ access_token: z.string() }).safeParse(await reply.json());
      if (!answer.success) throw new Error(`no token for ${persona}: ${reply.status}`);
      return answer.data.access_token;
    },
  };
}

export type IdentityPart = NonNullable<Awaited<ReturnType<typeof openIdentity>>>;

const keptKeys = z.object({
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  cookieKey: z.string(),
  secret: z.string(),
});

/** Kept, so that a token outlives the process. */
async function keys(data: DataDirectory) {
  const kept = keptKeys.safeParse(data.readJson('identity.json'));
  if (kept.success) return kept.data;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const made = {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'local', alg: 'RS256', use: 'sig' }] },
    cookieKey: randomBytes(32).toString('hex'),
    secret: randomBytes(32).toString('hex'),
  };
  data.writeJson('identity.json', made);
  return keptKeys.parse(made);
}
