/** A fault in what was sent: `pointer` is a JSON pointer (RFC 6901) to the member at fault. */
export type Fault = { pointer: string; message: string };

/** What was sent can be read but not accepted. */
export class Invalid extends Error {
  override name = 'Invalid';
  readonly faults: Fault[];
  constructor(faults: Fault[], message = 'Something sent is not right') {
    super(message);
    this.faults = faults;
  }
}

export class NotFound extends Error {
  override name = 'NotFound';
}

/** The state of the thing forbids the action. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** Somebody else changed the thing since it was read. */
export class Stale extends Error {
  override name = 'Stale';
}

/** The caller is known and may not do this. */
export class Forbidden extends Error {
  override name = 'Forbidden';
}

/** Was there, has ended or been used. */
export class Gone extends Error {
  override name = 'Gone';
}

export class TooMany extends Error {
  override name = 'TooMany';
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
