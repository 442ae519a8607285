import { ask } from './ask.ts';
import { credentials } from './emulator.ts';

/** A call to one of AWS's query services (CloudFormation, IAM) as the emulator's root. */
export function asRoot(endpoint: string, service: keyof typeof versions, parameters: Record<string, string>) {
  return ask(endpoint, `${service}.${credentials.AWS_REGION}.amazonaws.com`, '/', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: rootSignature(service) },
    body: new URLSearchParams({ ...parameters, Version: versions[service] }).toString(),
  });
}

/** The emulator knows its root by the key alone. */
export const rootSignature = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=${credentials.AWS_ACCESS_KEY_ID}/20200101/${credentials.AWS_REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** What a client of the SDK needs to call the emulator as its root. */
export const rootClient = (endpoint: string) => ({
  endpoint,
  region: credentials.AWS_REGION,
  credentials: {
    accessKeyId: credentials.AWS_ACCESS_KEY_ID,
    secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
  },
});

const versions = { cloudformation: '2010-05-15', iam: '2010-05-08' };
