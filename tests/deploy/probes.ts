import { randomUUID } from 'node:crypto';
import { asRoot, rootClient } from './as-root.ts';
import { until } from './patience.ts';

/** Whether a stack of these resources cannot be made, or gives a value unlike the one on AWS. */
export async function lacks(
  endpoint: string,
  Resources: object,
  Value: unknown,
  like: RegExp,
): Promise<boolean> {
  const stack = { StackName: `probe-${randomUUID()}` };
  const TemplateBody = JSON.stringify({ Resources, Outputs: { Probe: { Value } } });
  const created = await asRoot(endpoint, 'cloudformation', { Action: 'CreateStack', ...stack, TemplateBody });
  if (created.status !== 200) return true;
  const ended = await until('the end of the probe', 10, async () => {
    const { body } = await asRoot(endpoint, 'cloudformation', { Action: 'DescribeStacks', ...stack });
    return /<StackStatus>\w+_(COMPLETE|FAILED)</.test(body) && body;
  });
  await asRoot(endpoint, 'cloudformation', { Action: 'DeleteStack', ...stack });
  const value = /<OutputValue>([^<]*)</.exec(ended)?.[1] ?? '';
  return !ended.includes('CREATE_COMPLETE') || !like.test(value);
}

/** Whether a user with this one permission is denied a call that AWS would allow. */
export async function denies(
  endpoint: string,
  permission: { Action: string; Resource: string },
  call: (client: ReturnType<typeof rootClient>) => Promise<unknown>,
): Promise<boolean> {
  const user = { UserName: `probe-${randomUUID()}` };
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...permission }],
  });
  await asRoot(endpoint, 'iam', { Action: 'CreateUser', ...user });
  await asRoot(endpoint, 'iam', { Action: 'PutUserPolicy', ...user, PolicyName: 'probe', PolicyDocument });
  const { body } = await asRoot(endpoint, 'iam', { Action: 'CreateAccessKey', ...user });
  const member = (name: string) => new RegExp(`<${name}>([^<]+)<`).exec(body)?.[1] ?? '';
  const credentials = { accessKeyId: member('AccessKeyId'), secretAccessKey: member('SecretAccessKey') };
  return call({ ...rootClient(endpoint), credentials }).then(
    () => false,
    (error: Error) => /AccessDenied/.test(error.name),
  );
}
