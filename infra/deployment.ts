import type { Node } from 'constructs';
import { z } from 'zod';

const flag = z.stringbool().or(z.boolean());

const context = z.object({
  env: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be a short lower-case name, such as prod'),
  force: z.string().regex(/^[a-z0-9-]+$/, 'must be the name of a file in shared/force'),
  disposable: flag.default(false),
  domain: z.string().optional(),
  certificateArn: z.string().startsWith('arn:').optional(),
  emailIdentity: z.string().optional(),
  alarmEmail: z.email().optional(),
  oidcIssuer: z.url().optional(),
  oidcAudience: z.string().min(1).optional(),
  oidcClientSecretArn: z.string().startsWith('arn:').optional(),
  postcodesOrigin: z.url().optional(),
  emailRate: z.coerce.number().int().positive().default(14),
  smsRate: z.coerce.number().int().positive().default(20),
  smsMonthlyBudgetPence: z.coerce.number().int().nonnegative().default(5000),
});

export type Deployment = z.infer<typeof context>;

/**
 * What was asked for with `--context` or in cdk.json.
 * @throws DeploymentInvalid naming each value that is missing or malformed
 */
export function readDeployment(node: Node): Deployment {
  const given = Object.keys(context.shape).map((name) => [name, node.tryGetContext(name)]);
  const parsed = context
    .refine(({ domain, certificateArn }) => !domain === !certificateArn, {
      path: ['certificateArn'],
      message: 'goes together with domain',
    })
    .refine(({ oidcIssuer, oidcAudience }) => !oidcIssuer === !oidcAudience, {
      path: ['oidcAudience'],
      message: 'goes together with oidcIssuer',
    })
    .safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new DeploymentInvalid(parsed.error);
  return parsed.data;
}

export class DeploymentInvalid extends Error {
  override name = 'DeploymentInvalid';
  constructor(error: z.ZodError) {
    super(error.issues.map(({ path, message }) => `context ${path.join('.')}: ${message}`).join('\n'));
  }
}
