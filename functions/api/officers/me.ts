import * as z from 'zod';
import { json } from '../../../shared/http/response.ts';
import {
  type KnownOfficersDeps,
  privateCalendarPath,
  remember,
  replaceCalendar,
} from '../../../shared/identity/known-officers.ts';
import { roles } from '../../../shared/identity/officer.ts';
import { type ApiDeps, officerWho } from '../deps.ts';
import { type ApiRoute, jsonForm, ok } from '../openapi/operation.ts';

const me = z.strictObject({
  name: z.string(),
  roles: z.array(z.enum(roles)),
  districts: z.array(z.string()),
  privateCalendarUrl: z.url(),
});

/** Who asks, as the system sees them. */
export const meRoute = (
  deps: Pick<ApiDeps, 'verify' | 'origin' | 'force'> & KnownOfficersDeps,
): ApiRoute => ({
  method: 'GET',
  path: '/api/v1/me',
  answer: async (request) => {
    const officer = await officerWho(request, deps);
    const { name, roles: held, districts } = officer;
    const path = privateCalendarPath(await remember(officer, deps));
    return json(200, { name, roles: held, districts, privateCalendarUrl: `${deps.origin}${path}` });
  },
  operation: {
    id: 'getMe',
    summary: 'What the system takes you for',
    about: 'Officers',
    who: 'officer',
    answers: [
      ok(
        jsonForm('Me', me, {
          name: 'Sam Example',
          roles: ['officer'],
          districts: deps.force.districts.slice(0, 1).map(({ id }) => id),
          privateCalendarUrl: `${deps.origin}${privateCalendarPath('b2ZmaWNlcg.c2lnbmF0dXJl')}`,
        }),
      ),
    ],
    problems: [401],
  },
});

const address = z.strictObject({ privateCalendarUrl: z.url() });

/** A new address for the officer's private calendar; the one before shows nothing any more. */
export const replaceCalendarRoute = (
  deps: Pick<ApiDeps, 'verify' | 'origin'> & KnownOfficersDeps,
): ApiRoute => ({
  method: 'POST',
  path: '/api/v1/me/private-calendar',
  answer: async (request) => {
    const officer = await officerWho(request, deps);
    const path = privateCalendarPath(await replaceCalendar(officer, deps));
    return json(200, { privateCalendarUrl: `${deps.origin}${path}` }, { 'cache-control': 'no-store' });
  },
  operation: {
    id: 'replacePrivateCalendar',
    summary: 'A new address for one’s private calendar; the one before is 404 from then on',
    about: 'Officers',
    who: 'officer',
    answers: [
      ok(
        jsonForm('PrivateCalendar', address, {
          privateCalendarUrl: `${deps.origin}${privateCalendarPath('b2ZmaWNlcg.1.c2lnbmF0dXJl')}`,
        }),
        'The address, to be added to a calendar app',
        ['Cache-Control'],
      ),
    ],
    problems: [401],
  },
});
