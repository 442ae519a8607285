import type { BulletinStore } from '../../shared/bulletins/bulletin-store.ts';
import type { SubmissionStore } from '../../shared/desk/submission-store.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import type { Force } from '../../shared/force/force.ts';
import { Unauthenticated } from '../../shared/http/problem.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import type { Officer } from '../../shared/identity/officer.ts';
import type { TokenVerifier } from '../../shared/identity/token-verifier.ts';
import type { RunningImportStore } from '../../shared/imports/running-import-store.ts';

export type ApiDeps = {
  events: EventStore;
  submissions: SubmissionStore;
  bulletins: Pick<BulletinStore, 'causedBy' | 'causesOf'>;
  imports: Pick<RunningImportStore, 'goesOn' | 'isOver'>;
  force: Force;
  origin: string;
  verify: TokenVerifier;
  now: () => Date;
  newId: () => string;
};

/** The officer who asks. @throws Unauthenticated */
export async function officerWho(
  request: HttpRequest,
  { verify }: Pick<ApiDeps, 'verify'>,
): Promise<Officer> {
  const officer = await officerIfAny(request, { verify });
  if (!officer) throw new Unauthenticated('This address needs a bearer token');
  return officer;
}

/** The officer who asks, where a token was sent. @throws Unauthenticated when it does not hold */
export async function officerIfAny(request: HttpRequest, { verify }: Pick<ApiDeps, 'verify'>) {
  const header = request.header('authorization');
  if (!header) return undefined;
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (!token) throw new Unauthenticated('The Authorization header must be "Bearer" and a token');
  return verify(token);
}
