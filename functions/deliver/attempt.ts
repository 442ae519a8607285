import type { Sent } from './deliver-chunk.ts';

/** Tries at a send that the provider says came too fast. */
const TRIES = 3;
const FIRST_PAUSE = 200;

/**
 * One send whose outcome is decided whatever happens. The provider's own answer, even an error, means that nothing
 * was sent; only silence leaves it unknown. The SDK must not retry: a lost reply would be sent twice.
 */
export async function attempt<Answer>(
  send: () => Promise<Answer>,
  { pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) } = {},
): Promise<{ answer: Answer } | Sent> {
  for (let tried = 1; ; tried++) {
    try {
      return { answer: await send() };
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined) return { outcome: 'unknown' };
      if (isThrottling(error, status)) {
        if (tried === TRIES) return { outcome: 'refused' };
        await pause(FIRST_PAUSE * 2 ** (tried - 1) * (1 + Math.random()));
        continue;
      }
      return { outcome: rejections.has(nameOf(error)) ? 'rejected' : 'refused' };
    }
  }
}

/** Answers that say this message will never go: SESv2 and SNS API references. */
const rejections = new Set([
  'BadRequestException',
  'MessageRejected',
  'InvalidParameter',
  'InvalidParameterException',
  'InvalidParameterValue',
  'OptedOut',
  'OptedOutException',
]);

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

const isThrottling = (error: unknown, status: number) =>
  status === 429 || /Throttl|TooManyRequests|LimitExceeded/.test(nameOf(error));

/** The status of the provider's answer, if it gave one. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
