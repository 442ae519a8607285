import { createHash, createHmac } from 'node:crypto';

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

export type Signed = {
  service: string;
  region: string;
  credentials: Credentials;
  host: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
  at: Date;
};

/**
 * The headers of a POST to `/`, signed with Signature Version 4.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signRequest({ service, region, credentials, host, headers, body, at }: Signed) {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const date = time.slice(0, 8);
  const all: Record<string, string> = { ...headers, host, 'x-amz-date': time };
  if (credentials.sessionToken) all['x-amz-security-token'] = credentials.sessionToken;
  const names = Object.keys(all).sort();
  const signedHeaders = names.join(';');
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${all[name]}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
  const scope = [date, region, service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(
    key,
    ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n'),
  ).toString('hex');
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
