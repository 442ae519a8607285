import { resolve } from 'node:path';
import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';

const wholeNumber = (most: number, least = 0) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least, `must be at least ${least}`)
    .refine((value) => value <= most, `must be at most ${most}`);

const settings = z.object({
  PORT: wholeNumber(65_535).default(3000),
  DATA_DIR: z
    .string()
    .min(1, 'must not be empty')
    .default('.local')
    .transform((path) => resolve(path)),
  SAMPLE_DATA: z.enum(['on', 'off'], 'must be on or off').default('on'),
  SETTLE_SECONDS: wholeNumber(900).default(5),
  // An outbox has no limits, unless one is tried out.
  EMAIL_RATE: wholeNumber(100_000, 1).default(100_000),
  SMS_RATE: wholeNumber(100_000, 1).default(100_000),
  SMS_MONTHLY_BUDGET_PENCE: wholeNumber(999_999_999).default(1_000_000),
  DYNAMODB_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http address' }).optional(),
});

export type Settings = z.infer<typeof settings>;

/** @throws CannotRun naming the first malformed setting */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = settings.safeParse(environment);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const name = String(problem?.path[0]);
  throw new CannotRun(`${name} ${problem?.message}, but is ${JSON.stringify(environment[name])}`);
}
