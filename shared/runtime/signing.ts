import { createHmac, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** What a signed token lets its holder do. A token for one purpose is worth nothing for another. */
export type Purpose = 'manage' | 'confirm' | 'private-calendar' | 'preview';

/** Bytes kept of the signature: 96 bits, so that a link fits a text. */
const SIGNATURE_BYTES = 12;

export type Signing = ReturnType<typeof signing>;

/** Signed tokens (`id.signature`) and six-digit codes, made from one secret: nothing about them is stored. */
export function signing(secret: string) {
  const digest = (purpose: string, id: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${id}`).digest();
  const signature = (purpose: Purpose, id: string) => digest(purpose, id).subarray(0, SIGNATURE_BYTES);

  const sign = (purpose: Purpose, id: string) => `${id}.${signature(purpose, id).toString('base64url')}`;

  /** The id a token was made for; nothing when it was not made here for this purpose. */
  function verify(purpose: Purpose, token: string): string | undefined {
    const dot = token.lastIndexOf('.');
    if (dot < 1) return undefined;
    const id = token.slice(0, dot);
    // As text: decoders of base64 forgive what is added to it.
    const given = Buffer.from(token);
    const right = Buffer.from(sign(purpose, id));
    return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
  }

  /** A six-digit code. */
  const code = (id: string) => String(digest('code', id).readUIntBE(0, 6) % 1_000_000).padStart(6, '0');

  /** A name for a personal value that does not give it away. */
  const pseudonym = (value: string) => digest('pseudonym', value).subarray(0, 18).toString('base64url');

  return { sign, verify, code, pseudonym };
}

/** The secret this system signs with. */
export async function readSecret(arn: string): Promise<string> {
  const client = new SecretsManagerClient({
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error('the signing secret is empty');
  return SecretString;
}
