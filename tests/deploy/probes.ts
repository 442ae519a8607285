import { randomUUID } from 'node:crypto';
import { asRoot, rootClient } from './as-root.ts';
import { until } from './patience.ts';

/** Whether a stack of these resources cannot be made, or gives a value unlike the one on AWS. */
export const lacks = async (endpoint: string, Resources: object, Value: unknown, like: RegExp) =>
  !(await probed(endpoint, Resources, Value, async (value) => like.test(value)));

/** What is found of a value of a stack of these resources, while it is there; nothing where it cannot be made. */
export async function probed<Found>(
  endpoint: string,
  Resources: object,
  Value: unknown,
  find: (value: string) => Promise<Found>,
): Promise<Found | undefined> {
  const stack = { StackName: `probe-${randomUUID()}` };
  const TemplateBody = JSON.stringify({ Resources, Outputs: { Probe: { Value } } });
  const created = await asRoot(endpoint, 'cloudformation', { Action: 'CreateStack', ...stack, TemplateBody });
  if (created.status !== 200) return undefined;
  const ended = await until('the end of the probe', 10, async () => {
    const { body } = await asRoot(endpoint, 'cloudformation', { Action: 'DescribeStacks', ...stack });
    return /<StackStatus>\w+_(COMPLETE|FAILED)</.test(body) && body;
  });
  const value = /<OutputValue>([^<]*)</.exec(ended)?.[1] ?? '';
  const found = ended.includes('CREATE_COMPLETE') ? await find(value) : undefined;
  await asRoot(endpoint, 'cloudformation', { Action: 'DeleteStack', ...stack });
  return found;
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
