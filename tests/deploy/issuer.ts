import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

/** An OIDC issuer as a force might run one: discovery, keys, and access tokens for whom the test wants. */
export async function startIssuer(audience: string) {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer((request, answer) => {
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
      '/keys': { keys: [key] },
    };
    const found = documents[request.url ?? ''];
    answer
      .writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(found ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const tokenFor = (person: string, ...roles: string[]) =>
    new SignJWT({ roles, name: person })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(url)
      .setAudience(audience)
      .setSubject(person)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

  return {
    url,
    audience,
    tokenFor,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
