import * as z from 'zod';

const whole = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);

/** Every setting a function may be given, and its form. The stack grants by these names. */
const settings = {
  TABLE_NAME: z.string().min(1),
  CALENDAR_BUCKET: z.string().min(1),
  SITE_ORIGIN: z.url().regex(/[^/]$/, 'must not end with a slash'),
  REFRESH_QUEUE_URL: z.url(),
  SETTLE_QUEUE_URL: z.url(),
  /** Quiet seconds after a change before its district is told. */
  SETTLE_SECONDS: whole,
  /** A district's topic is this and the district's id. */
  TOPIC_PREFIX: z.string().startsWith('arn:'),
  FAN_OUT_QUEUE_URL: z.url(),
  EMAIL_QUEUE_URL: z.url(),
  EMAIL_URGENT_QUEUE_URL: z.url(),
  SMS_QUEUE_URL: z.url(),
  SMS_URGENT_QUEUE_URL: z.url(),
  /** What the edge adds to a request; who adds it may say where the viewer is. */
  EDGE_PROOF: z.string().min(8),
  /** The secret that signs links and codes. */
  SECRET_ARN: z.string().min(1),
  EMAIL_TEMPLATE: z.string().min(1),
  EMAIL_CONFIGURATION_SET: z.string().min(1),
  /** E-mails a second. */
  EMAIL_RATE: whole,
  /** Texts a second. */
  SMS_RATE: whole,
  SMS_MONTHLY_BUDGET_PENCE: whole,
  /** A service that speaks as postcodes.io does; where it is not set, residents choose from the list. */
  POSTCODES_ORIGIN: z.url().regex(/[^/]$/, 'must not end with a slash'),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
};

export type SettingName = keyof typeof settings;

/**
 * The named settings from the environment.
 * @throws SettingsInvalid naming each that is missing or malformed
 */
export function readSettings<Name extends SettingName>(
  environment: Record<string, string | undefined>,
  ...names: Name[]
) {
  const shape = Object.fromEntries(names.map((name) => [name, settings[name]])) as Pick<
    typeof settings,
    Name
  >;
  const parsed = z.object(shape).safeParse(environment);
  if (!parsed.success) throw new SettingsInvalid(parsed.error);
  return parsed.data;
}

export class SettingsInvalid extends Error {
  override name = 'SettingsInvalid';
  constructor(error: z.ZodError) {
    super(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
}
