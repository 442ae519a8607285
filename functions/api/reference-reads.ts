import * as z from 'zod';
import type { Force } from '../../shared/force/force.ts';
import { json } from '../../shared/http/response.ts';
import { type ApiRoute, jsonForm, listExample, listOf, ok } from './openapi/operation.ts';

const date = z.iso.date();
const district = z.strictObject({
  id: z.string(),
  name: z.string(),
  gss: z.string().meta({ description: 'Its code at the Office for National Statistics' }),
  from: date.optional(),
  to: date.optional(),
  successor: z.string().optional(),
  url: z.url(),
  calendarUrl: z.url(),
});
const team = z.strictObject({ id: z.string(), name: z.string(), districts: z.array(z.string()) });
const campaign = z.strictObject({
  id: z.string(),
  name: z.string(),
  from: date,
  to: date,
  themes: z.array(z.string()),
});

/** The force's data. */
export function referenceReads({ force, origin }: { force: Force; origin: string }): ApiRoute[] {
  const list = (name: string, schema: z.ZodType, items: unknown[]): ApiRoute => ({
    method: 'GET',
    path: `/api/v1/${name.toLowerCase()}s`,
    answer: () => json(200, { items, cursor: null }, { 'cache-control': 'public, max-age=300' }),
    operation: {
      id: `list${name}s`,
      summary: `The ${name.toLowerCase()}s of ${force.name}`,
      about: 'Reference',
      who: 'anybody',
      answers: [
        ok(jsonForm(`${name}List`, listOf(schema), listExample(...items.slice(0, 1))), 'All of them', [
          'Cache-Control',
        ]),
      ],
    },
  });
  return [
    list(
      'District',
      district,
      force.districts.map((each) => ({
        ...each,
        url: `${origin}/${each.id}`,
        calendarUrl: `${origin}/calendars/${each.id}.ics`,
      })),
    ),
    list('Team', team, force.teams),
    list('Campaign', campaign, force.campaigns),
  ];
}
