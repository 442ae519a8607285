import * as z from 'zod';
import type { Force } from '../../../shared/force/force.ts';
import { jsonForm, type Operation } from '../openapi/operation.ts';
import { countEngagement } from './count-engagement.ts';

const count = {
  events: z.int().meta({ description: 'Published or completed, each once' }),
  occurrences: z.int().meta({ description: 'Each time one of them is on' }),
  cancelled: z.int(),
  postponed: z.int(),
  attendance: z.int().meta({ description: 'As officers counted, in completed events' }),
};
const notices = z
  .strictObject({ email: z.int(), sms: z.int() })
  .meta({ description: 'Sent about these events; one about several events counts once' });
const counted = z.strictObject({ id: z.string(), name: z.string(), ...count });

const engagementReport = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  districts: z.array(z.string()),
  total: z.strictObject({ ...count, notices }),
  byDistrict: z.array(counted.extend({ notices })).meta({
    description: 'An event of several districts is in each',
  }),
  byKind: z.array(counted),
  byCampaign: z.array(counted),
  byMonth: z.array(counted),
  quietDistricts: z.array(z.string()).meta({ description: 'Nothing took place there in the last 30 days' }),
});
export type EngagementReport = z.infer<typeof engagementReport>;

export function engagementOperation(query: z.ZodObject, force: Force): Operation {
  const districts = force.districts.slice(0, 1).map(({ id }) => id);
  const [from, to] = ['2027-01-01', '2027-01-31'];
  const { total, byDistrict, ...counts } = countEngagement([], { districts, from, to, force });
  const none = { email: 0, sms: 0 };
  const example: EngagementReport = {
    from,
    to,
    districts,
    total: { ...total, notices: none },
    byDistrict: byDistrict.map((one) => ({ ...one, notices: none })),
    ...counts,
    quietDistricts: districts,
  };
  return {
    id: 'getEngagementReport',
    summary: 'What one’s districts did between two days, and how many heard of it',
    description:
      'Without dates, the year up to today; at most two years. Events count by their start; drafts do not.',
    about: 'Officers',
    who: 'officer',
    query,
    answers: [
      {
        status: 200,
        description: 'As asked, as JSON or, where `Accept` asks for it, as one table',
        forms: [jsonForm('EngagementReport', engagementReport, example), { type: 'text/csv' }],
      },
    ],
    problems: [401, 403, 422],
  };
}
