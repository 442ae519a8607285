import { z } from 'zod';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);

/** What this host reads of a CloudFormation template. */
export const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: json.optional() })).default({}),
  Conditions: z.record(z.string(), json).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), json))).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Condition: z.string().optional(),
      Properties: z.record(z.string(), json).default({}),
    }),
  ),
});

export type Template = z.infer<typeof templateSchema>;

/** A resource whose properties hold no more references. */
export type Resource = {
  logicalId: string;
  type: string;
  properties: Record<string, Json>;
  /** What `Ref` answers. */
  ref: string;
  /** What `Fn::GetAtt` answers. */
  attributes: Record<string, string>;
};
