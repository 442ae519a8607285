import * as z from 'zod';
import { version } from '../events/event-operations.ts';
import { jsonForm, listExample, listOf, type Operation } from '../openapi/operation.ts';

const line = version.extend({
  by: z.strictObject({ id: z.string(), name: z.string() }),
  event: z.strictObject({ id: z.string(), title: z.string(), districts: z.array(z.string()) }),
});

export const auditOperation = (query: z.ZodObject): Operation => ({
  id: 'listAudit',
  summary: 'Who did what to which event, newest first',
  description:
    'For supervisors and admins. What was done is kept for seven years as it was written; nothing changes it.',
  about: 'Officers',
  who: 'officer',
  query,
  answers: [
    {
      status: 200,
      description: 'A page, as JSON or, where `Accept` asks for it, as a table with a row for each change',
      headers: ['Cache-Control'],
      forms: [
        jsonForm(
          'Audit',
          listOf(line),
          listExample({
            version: 2,
            at: '2027-01-05T09:30:00.000Z',
            by: { id: 'b7c3', name: 'Sam Example' },
            action: 'publish',
            changes: [{ field: 'status', before: 'draft', after: 'published' }],
            bulletins: [],
            event: { id: '01ktxn5ev4d7f0q1g9w2zj8m3c', title: 'Open day', districts: ['southend'] },
          }),
        ),
        { type: 'text/csv' },
      ],
    },
  ],
  problems: [401, 403, 404, 422],
});
