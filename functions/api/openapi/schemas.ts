import * as z from 'zod';
import type { ApiRoute, Form, Named } from './operation.ts';

type Json = Record<string, unknown>;

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().meta({ description: 'A JSON pointer (RFC 6901) to what is at fault' }),
        message: z.string(),
      }),
    )
    .optional(),
});

/** Bodies as they are sent, answers as they are given: defaults make the difference. */
export function schemasOf(routes: ApiRoute[]): Record<string, Json> {
  const contents = (forms: Form[] = []) => forms.flatMap(({ content }) => content ?? []);
  const sent = routes.flatMap(({ operation }) => contents(operation.body?.forms));
  const given = routes.flatMap(({ operation }) => operation.answers.flatMap(({ forms }) => contents(forms)));
  return {
    ...converted(sent, 'input'),
    ...converted([...given, { named: 'Problem', schema: problem }], 'output'),
  };
}

function converted(all: Named[], io: 'input' | 'output'): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, { schema }] of new Map(all.map((one) => [one.named, one]))) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, uri });
  // `$id` would move what `#/components` stands for.
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
  );
}

export const uri = (name: string) => `#/components/schemas/${name}`;
