import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import type { Resources } from './resources.ts';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));

// A Condition could not be judged here, so a statement that has one stops the start.
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
});

export type Statement = z.infer<typeof statement>;

const document = z.object({ Statement: z.array(statement) });

const role = z.strictObject({
  AssumeRolePolicyDocument: z.unknown().optional(),
  Description: z.string().optional(),
  RoleName: z.string().optional(),
  Path: z.string().optional(),
  Policies: z.array(z.object({ PolicyDocument: document })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Tags: z.unknown().optional(),
});

const policy = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: document,
  Roles: z.array(z.string()).default([]),
});

const managedPolicy = z.object({ PolicyDocument: document, Roles: z.array(z.string()).default([]) });

/** AWS's own policies that a role may name; they concern logs and traces, which do not pass the wire. */
const harmless =
  /:policy\/(service-role\/AWSLambdaBasicExecutionRole|AWSXRayDaemonWriteAccess|CloudWatch\w+)$/;

/**
 * What each role of the template may do, by the role's ARN.
 * @throws CannotRun naming a policy that cannot be judged here
 */
export function policyStatements(resources: Resources): Map<string, Statement[]> {
  const policies = [
    ...resources.ofType('AWS::IAM::Policy', policy),
    ...resources.ofType('AWS::IAM::ManagedPolicy', managedPolicy),
  ];
  const statements = resources.ofType('AWS::IAM::Role', role).map((found) => {
    const own = found.properties.ManagedPolicyArns.filter((name) => !harmless.test(name));
    const strange = own.find((name) => !policies.some(({ ref }) => ref === name));
    if (strange)
      throw new CannotRun(`${found.logicalId}: what ${strange} allows is not known on one machine`);
    const documents = [
      ...found.properties.Policies.map(({ PolicyDocument }) => PolicyDocument),
      ...policies
        .filter(({ ref, properties }) => properties.Roles.includes(found.ref) || own.includes(ref))
        .map(({ properties }) => properties.PolicyDocument),
    ];
    return [found.attributes.Arn ?? found.ref, documents.flatMap(({ Statement }) => Statement)] as const;
  });
  return new Map(statements);
}
