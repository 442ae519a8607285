import * as z from 'zod';
import { contrastWithWhite } from './contrast.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const isoDate = z.iso.date();

const district = z.strictObject({
  id: slug,
  name: z.string().min(1),
  /** ONS code of the local authority. */
  gss: z.string().regex(/^[EWSN]\d{8}$/, 'must be an ONS code such as E07000066'),
  from: isoDate.optional(),
  to: isoDate.optional(),
  successor: slug.optional(),
});

const team = z.strictObject({ id: slug, name: z.string().min(1), districts: z.array(slug).min(1) });

const campaign = z.strictObject({
  id: slug,
  name: z.string().min(1),
  from: isoDate,
  to: isoDate,
  themes: z.array(z.string()),
});

/** Addresses the edge serves itself, so no district may take them. */
const reservedPaths = new Set(
  'api accessibility assets calendars campaigns console cookies districts embed events oidc openapi privacy qr s subscribe subscriptions u unsubscribe'.split(
    ' ',
  ),
);

/** Roles; shared/identity/officer.ts says what they may do. */
const rights = new Set(['officer', 'supervisor', 'admin']);

const forceFile = z
  .strictObject({
    force: z.strictObject({
      id: slug,
      name: z.string().min(1),
      timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone'),
      policeUkId: z.string(),
      website: z.url(),
      /** What its pages are in, `en` where nothing is said. The site must have the words. */
      language: z.string().min(2).optional(),
    }),
    senders: z.strictObject({
      email: z.string().min(3),
      text: z.string().regex(/^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/, 'must be 1 to 11 letters and digits'),
      /** What one segment costs, in pence. */
      textPence: z.number().positive(),
    }),
    /** How its pages look. */
    look: z.strictObject({
      colour: z
        .string()
        .regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #0b2f5c')
        .refine((colour) => contrastWithWhite(colour) >= 4.5, 'is too light: white words on it need 4.5:1'),
      /** A PNG of 1200 by 630 in shared/force, shown beside links; without one a calendar's leaf is drawn. */
      picture: z
        .string()
        .regex(/^[a-z0-9-]+\.png$/, 'must be the name of a .png file')
        .optional(),
    }),
    contact: z.strictObject({ emergency: z.string(), nonEmergency: z.string(), note: z.string() }),
    districts: z.array(district).min(1),
    teams: z.array(team).min(1),
    campaigns: z.array(campaign),
    /** How officers work here. */
    console: z
      .strictObject({
        /** What one officer wrote, another one, a supervisor, approves before it is published. */
        secondPerson: z.boolean().default(false),
      })
      .optional(),
    /** Where a proclamation changes the bank holidays of England and Wales, which are worked out. */
    bankHolidays: z
      .strictObject({
        added: z.array(z.strictObject({ date: isoDate, name: z.string().min(1) })).default([]),
        withdrawn: z.array(isoDate).default([]),
      })
      .optional(),
    /** What groups of the force's own directory mean here: roles, and districts as `district:southend`. */
    signIn: z.strictObject({ groups: z.record(z.string().min(1), z.array(z.string()).min(1)) }).optional(),
  })
  .superRefine((file, context) => {
    const problem = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path });
    const known = new Set(file.districts.map(({ id }) => id));
    for (const list of ['districts', 'teams', 'campaigns'] as const) {
      const seen = new Set<string>();
      for (const [row, { id }] of file[list].entries()) {
        if (seen.has(id)) problem(`"${id}" appears twice`, list, row, 'id');
        seen.add(id);
      }
    }
    for (const [row, { id, successor }] of file.districts.entries()) {
      if (reservedPaths.has(id)) problem(`"${id}" is an address of the site`, 'districts', row, 'id');
      if (successor && (!known.has(successor) || successor === id))
        problem(`"${successor}" is not another district`, 'districts', row, 'successor');
    }
    for (const [row, { districts }] of file.teams.entries())
      for (const id of districts)
        if (!known.has(id)) problem(`"${id}" is not a district`, 'teams', row, 'districts');
    for (const [group, meanings] of Object.entries(file.signIn?.groups ?? {}))
      for (const meaning of meanings)
        if (!rights.has(meaning) && !known.has(/^district:(.+)$/.exec(meaning)?.[1] ?? ''))
          problem(`"${meaning}" is not a role, and no district of the file`, 'signIn', 'groups', group);
    for (const [row, { from, to }] of file.campaigns.entries())
      if (to < from) problem('ends before it starts', 'campaigns', row, 'to');
  });

export type ForceFile = z.infer<typeof forceFile>;

/** @throws ForceFileInvalid listing each fault with its place in the file */
export function parseForceFile(json: unknown): ForceFile {
  const parsed = forceFile.safeParse(json);
  if (!parsed.success) throw new ForceFileInvalid(parsed.error);
  return parsed.data;
}

export class ForceFileInvalid extends Error {
  override name = 'ForceFileInvalid';
  constructor(error: z.ZodError) {
    super(error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('\n'));
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
