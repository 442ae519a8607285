import { isPublic } from '../../../shared/events/event.ts';
import type { EventStore } from '../../../shared/events/event-store.ts';
import type { Force } from '../../../shared/force/force.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { json } from '../../../shared/http/response.ts';
import { Conflict, Gone, Invalid, NotFound } from '../../../shared/runtime/errors.ts';
import type { Signing } from '../../../shared/runtime/signing.ts';
import { consentTo } from '../../../shared/subscriptions/consent.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import type { SubscriptionStore } from '../../../shared/subscriptions/subscription-store.ts';
import {
  preferencesInput,
  readProof,
  standInInput,
  standInWish,
  wishInput,
} from '../../../shared/subscriptions/wish.ts';
import type { ApiRoute } from '../openapi/operation.ts';
import { subscriptionOperations } from './subscription-operations.ts';

type SubscriptionRoutesDeps = {
  subscriptions: Pick<
    SubscriptionStore,
    'requestConfirmation' | 'confirm' | 'find' | 'changePreferences' | 'dropStandIn' | 'end'
  >;
  events: Pick<EventStore, 'getAll'>;
  signing: Pick<Signing, 'sign' | 'verify'>;
  force: Force;
  origin: string;
  now: () => Date;
};

/** Asking for notices, confirming, and what the holder of a subscription's link may do. */
export function subscriptionRoutes({
  subscriptions,
  events,
  signing,
  force,
  origin,
  now,
}: SubscriptionRoutesDeps): ApiRoute[] {
  const input = wishInput(force);

  async function ask(request: HttpRequest) {
    const wish = accept(input, request.json());
    await subscriptions.requestConfirmation(wish, {
      consent: consentTo(force, now()),
      client: request.clientAddress,
    });
    return json(202, { status: 'confirmation-sent' });
  }

  async function confirm(request: HttpRequest) {
    const { id } = await subscriptions.confirm(readProof(request.json()));
    return json(200, { manageUrl: `${origin}/subscriptions/${signing.sign('manage', id)}` });
  }

  const read = async (request: HttpRequest) => json(200, shown(await held(request)));

  async function change(request: HttpRequest) {
    const before = await held(request);
    const changes = accept(preferencesInput(force, before.channel), request.json());
    await knowAll(changes.follows ?? [], before.follows);
    return json(200, shown(await subscriptions.changePreferences(before.id, changes)));
  }

  /** One followed before may have been withdrawn since: it does no harm. */
  async function knowAll(follows: string[], before: string[]) {
    const known = await events.getAll(follows.filter((id) => !before.includes(id)));
    const faults = follows.flatMap((id, place) => {
      const event = known.get(id);
      return before.includes(id) || (event && isPublic(event))
        ? []
        : [{ pointer: `/follows/${place}`, message: 'is not a public event' }];
    });
    if (faults.length) throw new Invalid(faults);
  }

  async function forget(request: HttpRequest) {
    await subscriptions.end(idOf(request), 'forgotten', { erase: true });
    return { status: 204 };
  }

  /** By e-mail where a text cannot go: the address confirms that as any other. */
  async function nameStandIn(request: HttpRequest) {
    const { id, channel } = await held(request);
    if (channel !== 'sms') throw new Conflict('Only texts need an address that stands in for them');
    const { address } = accept(standInInput, request.json());
    await subscriptions.requestConfirmation(standInWish(address, id), {
      consent: consentTo(force, now()),
      client: request.clientAddress,
    });
    return json(202, { status: 'confirmation-sent' });
  }

  async function dropStandIn(request: HttpRequest) {
    await subscriptions.dropStandIn((await held(request)).id);
    return { status: 204 };
  }

  async function held(request: HttpRequest): Promise<Subscription> {
    const subscription = await subscriptions.find(idOf(request));
    if (subscription?.status !== 'active') throw new Gone('This subscription has ended');
    return subscription;
  }

  function idOf({ params }: HttpRequest): string {
    const id = signing.verify('manage', params.manageToken ?? '');
    if (!id) throw new NotFound('There is no such subscription');
    return id;
  }

  const one = '/api/v1/subscriptions/{manageToken}';
  const operations = subscriptionOperations(input, { force, origin });
  return [
    { method: 'POST', path: '/api/v1/subscriptions', answer: ask, operation: operations.ask },
    {
      method: 'POST',
      path: '/api/v1/subscriptions/confirmations',
      answer: confirm,
      operation: operations.confirm,
    },
    { method: 'GET', path: one, answer: read, operation: operations.read },
    { method: 'PATCH', path: one, answer: change, operation: operations.change },
    { method: 'DELETE', path: one, answer: forget, operation: operations.forget },
    { method: 'PUT', path: `${one}/stand-in`, answer: nameStandIn, operation: operations.nameStandIn },
    { method: 'DELETE', path: `${one}/stand-in`, answer: dropStandIn, operation: operations.dropStandIn },
  ];
}

const shown = (held: Subscription) => ({
  channel: held.channel,
  address: held.address,
  districts: held.districts,
  kinds: held.kinds,
  frequency: held.frequency,
  reminders: held.reminders,
  follows: held.follows,
  hasStandIn: held.channel === 'sms' ? held.pair !== undefined : undefined,
  status: held.status,
  confirmedAt: held.confirmedAt,
});
