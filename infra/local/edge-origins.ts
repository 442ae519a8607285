import { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import type { Origin } from './http-message.ts';

/** A group asks its second member where the first answers one of these. */
const group = z.strictObject({
  Id: z.string(),
  FailoverCriteria: z.strictObject({
    StatusCodes: z.strictObject({ Items: z.array(z.number()), Quantity: z.number() }),
  }),
  Members: z.strictObject({
    Items: z.tuple([z.strictObject({ OriginId: z.string() }), z.strictObject({ OriginId: z.string() })]),
    Quantity: z.literal(2),
  }),
});

const origin = z.strictObject({
  Id: z.string(),
  DomainName: z.string(),
  OriginPath: z.string().default(''),
  CustomOriginConfig: z.unknown().optional(),
  S3OriginConfig: z.unknown().optional(),
  OriginAccessControlId: z.unknown().optional(),
  OriginCustomHeaders: z
    .array(z.strictObject({ HeaderName: z.string().toLowerCase(), HeaderValue: z.string() }))
    .default([]),
  ConnectionAttempts: z.unknown().optional(),
  ConnectionTimeout: z.unknown().optional(),
});

/** Those members of a distribution's configuration that say who answers. */
export const originsSchema = {
  Origins: z.array(origin),
  OriginGroups: z
    .strictObject({ Items: z.array(group), Quantity: z.number() })
    .default({ Items: [], Quantity: 0 }),
};

type Config = { Origins: z.infer<typeof origin>[]; OriginGroups: { Items: z.infer<typeof group>[] } };

/** What answers for an origin, or for a group of two, by its id. @throws CannotRun */
export function originTargets(config: Config, origins: Map<string, Origin>, logicalId: string) {
  function targetOf(id: string): Origin {
    const pair = config.OriginGroups.Items.find(({ Id }) => Id === id);
    if (!pair) return single(id);
    const [first, second] = pair.Members.Items;
    const [ask, askInstead] = [single(first.OriginId), single(second.OriginId)];
    return async (request) => {
      const reply = await ask(request);
      return pair.FailoverCriteria.StatusCodes.Items.includes(reply.status) ? askInstead(request) : reply;
    };
  }

  function single(id: string): Origin {
    const target = config.Origins.find(({ Id }) => Id === id);
    const answers = target && origins.get(target.DomainName);
    if (!target || !answers)
      throw new CannotRun(`${logicalId}: nothing here is the origin ${target?.DomainName ?? id}`);
    const added = Object.fromEntries(
      target.OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName, HeaderValue]),
    );
    return (request) =>
      answers({
        ...request,
        path: target.OriginPath + request.path,
        headers: { ...request.headers, ...added },
      });
  }

  return targetOf;
}
