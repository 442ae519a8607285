/** The value of what is written; throws the words that say what it must be. */
type Form<Value> = (written: string) => Value;

// By hand: zod would take longer to load than everything else that a cold start does here.
const matching =
  (pattern: RegExp, fault: string): Form<string> =>
  (written) => {
    if (!pattern.test(written)) throw new Error(fault);
    return written;
  };
const text = matching(/./, 'must not be empty');
const address = matching(/^https?:\/\/[^/\s]/, 'must be an address, https://…');
const origin = matching(/^https?:\/\/[^\s]*[^/\s]$/, 'must be an address that does not end with a slash');
const whole: Form<number> = (written) => Number(matching(/^\d+$/, 'must be a whole number')(written));

/** Every setting a function may be given, and its form. The stack grants by these names. */
const settings = {
  TABLE_NAME: text,
  CALENDAR_BUCKET: text,
  SITE_ORIGIN: origin,
  REFRESH_QUEUE_URL: address,
  COUNT_QUEUE_URL: address,
  SETTLE_QUEUE_URL: address,
  /** Quiet seconds after a change before its district is told. */
  SETTLE_SECONDS: whole,
  /** A district's topic is this and the district's id. */
  TOPIC_PREFIX: matching(/^arn:/, 'must be the beginning of an ARN'),
  FAN_OUT_QUEUE_URL: address,
  EMAIL_QUEUE_URL: address,
  EMAIL_URGENT_QUEUE_URL: address,
  SMS_QUEUE_URL: address,
  SMS_URGENT_QUEUE_URL: address,
  /** What the edge adds to a request; who adds it may say where the viewer is. */
  EDGE_PROOF: matching(/.{8}/, 'must have 8 characters or more'),
  /** The secret that signs links and codes. */
  SECRET_ARN: text,
  EMAIL_TEMPLATE: text,
  EMAIL_CONFIGURATION_SET: text,
  /** E-mails a second. */
  EMAIL_RATE: whole,
  /** Texts a second. */
  SMS_RATE: whole,
  SMS_MONTHLY_BUDGET_PENCE: whole,
  /** A service that speaks as postcodes.io does; where it is not set, residents choose from the list. */
  POSTCODES_ORIGIN: origin,
  OIDC_ISSUER: address,
  OIDC_AUDIENCE: text,
  /** Where the issuer wants the console to prove itself. */
  OIDC_CLIENT_SECRET_ARN: text,
};

export type SettingName = keyof typeof settings;
type Settings<Name extends SettingName> = { [Each in Name]: ReturnType<(typeof settings)[Each]> };

/**
 * The named settings from the environment.
 * @throws SettingsInvalid naming each that is missing or malformed
 */
export function readSettings<Name extends SettingName>(
  environment: Record<string, string | undefined>,
  ...names: Name[]
) {
  const faults: string[] = [];
  const read = names.map((name) => {
    try {
      const written = environment[name];
      if (written === undefined) throw new Error('is missing');
      return [name, settings[name](written)];
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
      return [name];
    }
  });
  if (faults.length) throw new SettingsInvalid(faults);
  return Object.fromEntries(read) as Settings<Name>;
}

export class SettingsInvalid extends Error {
  override name = 'SettingsInvalid';
  constructor(faults: string[]) {
    super(faults.join('\n'));
  }
}
