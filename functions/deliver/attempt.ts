import type { Sent } from './sent.ts';

/** Tries at a send that the provider says came too fast. */
const TRIES = 3;
const FIRST_PAUSE = 200;

export type Refusal = Sent & {
  /** What the provider said, in its own words. */
  says?: string;
};

/**
 * One send whose outcome is decided whatever happens. The provider's own answer, even an error, means that nothing
 * was sent; only silence leaves it unknown. The SDK must not retry: a lost reply would be sent twice.
 */
export async function attempt<Answer>(
  send: () => Promise<Answer>,
  { pause = sleep }: { pause?: (milliseconds: number) => Promise<void> } = {},
): Promise<{ answer: Answer } | Refusal> {
  for (let tried = 1; ; tried++) {
    try {
      return { answer: await send() };
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined) return { outcome: wasNeverAsked(error) ? 'refused' : 'unknown' };
      const { name, message } = error instanceof Error ? error : { name: '', message: '' };
      if (isThrottling(name, status) && tried < TRIES) {
        await pause(FIRST_PAUSE * 2 ** (tried - 1) * (1 + Math.random()));
        continue;
      }
      const isFinal = rejections.has(name) && !isOurFault(message);
      return { outcome: isFinal ? 'rejected' : 'refused', reason: name, says: message };
    }
  }
}

const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** Nobody was reached, so nothing was done. */
const wasNeverAsked = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(error.code));

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

/** A sender that operators have not verified yet is no reason to give up on whoever should hear. */
const isOurFault = (message: string) => /not verified/i.test(message);

const isThrottling = (name: string, status: number) =>
  status === 429 || /Throttl|TooManyRequests|LimitExceeded/.test(name);

/** The status of the provider's answer, if it gave one. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
