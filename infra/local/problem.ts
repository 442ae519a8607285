import { STATUS_CODES } from 'node:http';
import { type HttpReply, jsonHttpReply } from './http-message.ts';

/** RFC 9457. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly errors: { pointer: string; message: string }[] | undefined;
  constructor(status: number, detail: string, errors?: { pointer: string; message: string }[]) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }

  toReply(): HttpReply {
    return jsonHttpReply(
      this.status,
      {
        type: 'about:blank',
        title: STATUS_CODES[this.status],
        status: this.status,
        detail: this.message,
        ...(this.errors && { errors: this.errors }),
      },
      'application/problem+json',
    );
  }
}
