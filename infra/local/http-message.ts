/** A request as it came from outside, its body read. */
export type HttpRequest = {
  method: string;
  /** Undecoded, without the query. */
  path: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer;
  clientAddress: string;
};

export type HttpReply = {
  status: number;
  /** Several values only where a header is repeated (`set-cookie`). */
  headers: Record<string, string | string[]>;
  body: Buffer;
};

/** An origin of the distribution. */
export type Origin = (request: HttpRequest) => Promise<HttpReply>;

export const textReply = (
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): HttpReply => ({
  status,
  headers: { 'content-type': contentType },
  body: Buffer.from(text),
});

export const jsonHttpReply = (status: number, value: unknown, contentType = 'application/json'): HttpReply =>
  textReply(status, JSON.stringify(value), contentType);
