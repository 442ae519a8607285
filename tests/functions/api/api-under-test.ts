import { expect } from 'vitest';
import { api, apiRoutes } from '../../../functions/api/api.ts';
import { Unauthenticated } from '../../../shared/http/problem.ts';
import { type Officer, officerOf } from '../../../shared/identity/officer.ts';
import type { KeptOfficer } from '../../../shared/identity/officer-store.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeCounterStore } from '../../support/fakes/counter-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';
import { fakeOfficerStore } from '../../support/fakes/officer-store.ts';
import { fakeRunningImportStore } from '../../support/fakes/running-import-store.ts';
import { fakeSubmissionStore } from '../../support/fakes/submission-store.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';
import { type Call, call } from '../../support/http-call.ts';
import { documentOf } from './as-documented.ts';

const groups: Record<string, string[]> = {
  southend: ['officer', 'district:southend'],
  basildon: ['officer', 'district:basildon'],
  supervisor: ['officer', 'supervisor'],
  chief: ['officer', 'supervisor'],
};

/** One for all: making it takes longer than most tests. */
let described: ReturnType<typeof documentOf> | undefined;

/** The API over stores in memory. Tokens are the names of personas. */
export function apiUnderTest(clock = { now: new Date('2027-01-05T12:00:00Z') }, force = essex) {
  let ids = 0;
  const events = fakeEventStore();
  const secret = signing('a secret of the tests');
  const now = () => clock.now;
  const newId = () => `id-${ids++}`;
  const officers = fakeOfficerStore();
  const { kept } = officers;
  const deps = {
    events,
    submissions: fakeSubmissionStore(),
    bulletins: fakeBulletinStore(),
    imports: fakeRunningImportStore(now),
    notices: fakeNoticeStore(),
    subscriptions: fakeSubscriptionStore({ signing: secret, now, newId }),
    counters: fakeCounterStore(),
    signing: secret,
    force,
    origin: 'https://events.example',
    verify: async (token: string): Promise<Officer> => {
      const officer = officerOf({ sub: token, groups: groups[token] ?? [] }, essex);
      if (!officer) throw new Unauthenticated('The token gives no role here');
      return officer;
    },
    officers,
    now,
    newId,
  };
  const handler = api(deps);
  const routes = apiRoutes(deps);
  described ??= documentOf(routes);
  const { undocumented } = described;

  /** Calls the API; whatever it answers must be what its document says. */
  const as =
    (persona: string | undefined) =>
    async (method: string, address: string, { headers, ...options }: Call = {}) => {
      const answer = await call(handler, method, `/api/v1${address}`, {
        ...options,
        headers: { ...(persona && { authorization: `Bearer ${persona}` }), ...headers },
      });
      const path = `/api/v1${address}`.replace(/\?.*/, '');
      if (method !== 'OPTIONS') expect(undocumented(method, path, answer)).toEqual([]);
      return answer;
    };
  return {
    deps,
    officers: () => [...kept.values()],
    /** As the table does when they were not seen for 90 days. */
    forgetOfficers: () => kept.clear(),
    keepOfficer: (officer: KeptOfficer) => kept.set(officer.id, officer),
    events,
    clock,
    /** Anywhere, below /api/v1 or not. */
    handler,
    routes,
    as,
    anybody: as(undefined),
    southend: as('southend'),
    basildon: as('basildon'),
    supervisor: as('supervisor'),
    /** Another supervisor. */
    chief: as('chief'),
  };
}
