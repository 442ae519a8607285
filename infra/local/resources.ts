import type { z } from 'zod';
import { CannotRun } from './cannot-run.ts';
import { hasPart, identifier } from './identities.ts';
import { resolveTemplate } from './intrinsics.ts';
import { leftOut } from './left-out.ts';
import { pseudoParameters } from './place.ts';
import type { Json, Resource, Template } from './template.ts';

export type Found<Properties> = Omit<Resource, 'properties'> & { properties: Properties };

/**
 * The template's resources with everything worked out.
 * @throws CannotRun naming each type that no part runs
 */
export function readResources(
  template: Template,
  {
    stackName,
    parameters,
    ...addresses
  }: {
    stackName: string;
    parameters: Record<string, string>;
    siteHost: string;
    wireOrigin: string;
    issuer: string;
  },
) {
  const strange = Object.entries(template.Resources).filter(
    ([, { Type }]) => !hasPart(Type) && !(Type in leftOut),
  );
  if (strange.length > 0)
    throw new CannotRun(
      `no part of this host runs ${strange.map(([logicalId, { Type }]) => `${logicalId} (${Type})`).join(', ')}`,
    );
  const all = resolveTemplate(template, {
    parameters,
    pseudo: pseudoParameters(stackName),
    identify: identifier(addresses),
    isLeftOut: (type) => type in leftOut && !hasPart(type),
  });

  return {
    /** @throws CannotRun naming a property that the schema does not know or accept */
    ofType<Schema extends z.ZodType>(
      type: string,
      schema: Schema,
      such: (properties: Record<string, Json>, attributes: Record<string, string>) => boolean = () => true,
    ): Found<z.output<Schema>>[] {
      return all
        .filter((resource) => resource.type === type && such(resource.properties, resource.attributes))
        .map(({ properties, ...resource }) => {
          const parsed = schema.safeParse(properties);
          if (!parsed.success) throw new CannotRun(describe(resource, parsed.error));
          return { ...resource, properties: parsed.data };
        });
    },
  };
}

export type Resources = ReturnType<typeof readResources>;

function describe({ logicalId, type }: { logicalId: string; type: string }, error: z.ZodError) {
  const problems = error.issues.map((issue) => {
    const path = issue.path.join('.');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${path ? `${path}.` : ''}${key} has no part on one machine`).join(', ')
      : `${path}: ${issue.message}`;
  });
  return `${logicalId} (${type}): ${problems.join('; ')}`;
}
