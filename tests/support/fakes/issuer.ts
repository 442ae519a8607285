import { type Issuer, SignInFailed } from '../../../functions/console/sign-in/issuer.ts';

export type Person = { sub: string; name: string; groups: string[] };

/**
 * An issuer that vouches for whoever `people` holds, by name. The code of a person is their name; a change to
 * `people` is a change in the force's directory.
 */
export function fakeIssuer(people: Map<string, Person>) {
  let begun = 0;
  const asked = { renewals: 0, isDown: false };
  const vouch = (name: string | undefined) => {
    const person = people.get(name ?? '');
    return person && { claims: { sub: person.sub, name: person.name, groups: person.groups } };
  };
  const issuer: Issuer = {
    begin: async () => {
      const attempt = { state: `state-${++begun}`, nonce: `nonce-${begun}`, verifier: `verifier-${begun}` };
      return { to: `https://issuer.example/authorize?state=${attempt.state}`, attempt };
    },
    finish: async (query, attempt) => {
      const name = query.get('code') ?? undefined;
      const vouched = vouch(name);
      if (!vouched || !attempt.verifier.startsWith('verifier-')) throw new SignInFailed('no');
      return { ...vouched, idToken: `id-token-of-${name}`, refreshToken: name };
    },
    renew: async ({ refreshToken }) => {
      asked.renewals++;
      if (asked.isDown) throw new TypeError('fetch failed');
      const vouched = vouch(refreshToken);
      return vouched && { ...vouched, refreshToken };
    },
    signOutAddress: async (idToken) => `https://issuer.example/logout?id_token_hint=${idToken}`,
  };
  return { issuer, asked };
}
