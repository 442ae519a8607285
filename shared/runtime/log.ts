type Detail = Record<string, string | number | boolean | undefined>;

const write =
  (level: 'info' | 'warn' | 'error') =>
  (message: string, detail: Detail = {}) =>
    process.stdout.write(`${JSON.stringify({ level, message, ...detail })}\n`);

/** One JSON line each. Identifiers only: never an address, a token or what somebody wrote. */
export const log = { info: write('info'), warn: write('warn'), error: write('error') };

/** What may be logged of an error. */
export const causeOf = (error: unknown): Detail =>
  error instanceof Error
    ? { error: error.name, cause: error.message, stack: error.stack }
    : { error: String(error) };
