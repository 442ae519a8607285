import { api } from '../../../functions/api/api.ts';
import { Unauthenticated } from '../../../shared/http/problem.ts';
import { type Officer, officerOf } from '../../../shared/identity/officer.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';
import { type Call, call } from '../../support/http-call.ts';

const groups: Record<string, string[]> = {
  southend: ['officer', 'district:southend'],
  basildon: ['officer', 'district:basildon'],
  supervisor: ['officer', 'supervisor'],
};

/** The API over stores in memory. Tokens are the names of personas. */
export function apiUnderTest(clock = { now: new Date('2027-01-05T12:00:00Z') }) {
  let ids = 0;
  const events = fakeEventStore();
  const secret = signing('a secret of the tests');
  const now = () => clock.now;
  const newId = () => `id-${ids++}`;
  const handler = api({
    events,
    bulletins: fakeBulletinStore(),
    notices: fakeNoticeStore(),
    subscriptions: fakeSubscriptionStore({ signing: secret, now, newId }),
    signing: secret,
    force: essex,
    origin: 'https://events.example',
    verify: async (token): Promise<Officer> => {
      const officer = officerOf({ sub: token, groups: groups[token] ?? [] }, essex);
      if (!officer) throw new Unauthenticated('The token gives no role here');
      return officer;
    },
    now,
    newId,
  });
  const as =
    (persona: string | undefined) =>
    (method: string, address: string, { headers, ...options }: Call = {}) =>
      call(handler, method, `/api/v1${address}`, {
        ...options,
        headers: { ...(persona && { authorization: `Bearer ${persona}` }), ...headers },
      });
  return {
    events,
    clock,
    as,
    anybody: as(undefined),
    southend: as('southend'),
    basildon: as('basildon'),
    supervisor: as('supervisor'),
  };
}
