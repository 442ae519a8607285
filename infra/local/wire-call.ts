import type { Wish } from './permissions.ts';

/** A request of a function to a service, as it came over the wire. */
export type WireCall = {
  service: string;
  accessKeyId: string;
  method: string;
  /** Undecoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: Buffer;
};

export type WireReply = { status: number; headers: Record<string, string>; body: Buffer | string };

/** One service behind the wire. */
export type Service = {
  answer: (call: WireCall) => Promise<WireReply> | WireReply;
  /** What the caller must be allowed to do. */
  wishes: (call: WireCall) => Wish[];
  /** In the service's own form: what an SDK reads as this error. */
  refuse: (status: number, code: string, message: string) => WireReply;
  /** The service's own word for "slow down", with its status. */
  throttle: { status: number; code: string };
};

export const jsonReply = (value: unknown, status = 200): WireReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** Answers errors as the services that speak JSON do. */
export const refuseInJson =
  (prefix: string, contentType = 'application/x-amz-json-1.0') =>
  (status: number, code: string, message: string): WireReply => ({
    status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: `${prefix}${code}`, message }),
  });

export const escapeXml = (value: string) =>
  value.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The action of a call that names it in a header, as `DynamoDB_20120810.PutItem`. */
export const targetAction = ({ headers }: WireCall) => headers['x-amz-target']?.split('.').at(-1) ?? '';

export const jsonBody = ({ body }: WireCall): Record<string, unknown> => JSON.parse(body.toString() || '{}');
