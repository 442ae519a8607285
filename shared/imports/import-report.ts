import * as z from 'zod';

const outcomes = ['created', 'updated', 'unchanged', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

const rowFaults = z.array(z.strictObject({ column: z.string(), message: z.string() }));
const importedRow = z.strictObject({
  row: z
    .int()
    .meta({ description: 'In a CSV file the first after the header is 1; in a calendar, the first event' }),
  externalId: z.string(),
  outcome: z.enum(outcomes),
  errors: rowFaults,
  warnings: rowFaults,
});

export const importReport = z.strictObject({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  failed: z.int(),
  rows: z.array(importedRow),
});
export type ImportedRow = z.infer<typeof importedRow>;
export type ImportReport = z.infer<typeof importReport>;
