import type { Route } from '../../../shared/http/http-handler.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { Invalid, NotFound } from '../../../shared/runtime/errors.ts';
import { consentTo, consentWording } from '../../../shared/subscriptions/consent.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { standInInput, standInWish } from '../../../shared/subscriptions/wish.ts';
import { formErrors } from '../../../shared/views/form-errors.ts';
import type { PersonalPageDeps } from '../deps.ts';
import sentTemplate from '../subscribe/sent.njk';
import { held } from './held.ts';
import template from './stand-in.njk';

const path = '/subscriptions/{manageToken}/stand-in';

/** An e-mail address for texts that cannot go: named, proved like any other, and dropped again. */
export function standInRoutes(deps: PersonalPageDeps): Route[] {
  const { pages, subscriptions, force, now } = deps;
  const { words } = pages;

  async function ofPhone(request: HttpRequest): Promise<Subscription> {
    const subscription = await held(request, deps);
    if (subscription.channel !== 'sms')
      throw new NotFound('Only texts need an address that stands in for them');
    return subscription;
  }

  const show = async (request: HttpRequest) => page(request, await ofPhone(request));

  async function change(request: HttpRequest): Promise<HttpResponse> {
    const subscription = await ofPhone(request);
    const form = request.form();
    if (form.get('drop')) {
      await subscriptions.dropStandIn(subscription.id);
      const location = `${manageOf(request)}?saved=yes`;
      return { status: 303, headers: { location, 'cache-control': 'no-store' } };
    }
    const typed = form.get('email') ?? '';
    try {
      const { address } = accept(standInInput, { address: typed });
      await subscriptions.requestConfirmation(standInWish(address, subscription.id), {
        consent: consentTo(force, now()),
        client: request.clientAddress,
      });
      return pages.personal(sentTemplate, { title: words.subscribe.sent.title });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return page(request, subscription, { typed, ...formErrors(error, errorWords) }, 422);
    }
  }

  const errorWords = { other: words.subscribe.errors.email };
  const manageOf = ({ params }: HttpRequest) => `/subscriptions/${params.manageToken}`;

  const page = (request: HttpRequest, { pair }: Subscription, more: object = {}, status = 200) =>
    pages.personal(
      template,
      {
        title: words.standIn.title,
        isNamed: pair !== undefined,
        consent: consentWording(force),
        manage: manageOf(request),
        ...more,
      },
      status,
    );

  return [
    { method: 'GET', path, answer: show },
    { method: 'POST', path, answer: change },
  ];
}
