import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { Invalid, NotFound, TooMany } from '../../../shared/runtime/errors.ts';
import { isOnlyStandIn } from '../../../shared/subscriptions/pairs.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { readProof } from '../../../shared/subscriptions/wish.ts';
import { formErrors } from '../../../shared/views/form-errors.ts';
import type { PersonalPageDeps } from '../deps.ts';
import type { Pages } from '../look/pages.ts';
import codeTemplate from './code.njk';
import confirmTemplate from './confirm.njk';
import doneTemplate from './done.njk';
import sentTemplate from './sent.njk';

/** Where the code of a text is typed. */
export const codePage = (pages: Pages, address: string, status = 200, more: object = {}) =>
  pages.personal(codeTemplate, { title: pages.words.subscribe.code.title, address, ...more }, status);

/** Proving whose address it is. */
export function confirmRoutes({ pages, subscriptions, signing, force, origin }: PersonalPageDeps): Route[] {
  const { words } = pages;

  async function confirmByCode(request: HttpRequest) {
    const sent = request.form();
    const address = sent.get('address') ?? '';
    try {
      return done(await subscriptions.confirm(readProof({ address, code: sent.get('code') ?? '' })));
    } catch (error) {
      if (error instanceof TooMany)
        return pages.personal(sentTemplate, { title: words.problems.wrongCodes.title, isOver: true }, 429);
      if (!(error instanceof Invalid)) throw error;
      const { wrong } = words.subscribe.code;
      return codePage(pages, address, 422, {
        code: sent.get('code') ?? '',
        ...formErrors(error, { code: wrong, other: wrong }),
      });
    }
  }

  /** A link scanner follows links: only the button confirms. */
  function offer(request: HttpRequest) {
    if (!signing.verify('confirm', request.params.token ?? ''))
      throw new NotFound('This is not one of our links');
    return pages.personal(confirmTemplate, { title: words.subscribe.confirm.title });
  }

  const confirmByLink = async (request: HttpRequest) =>
    done(await subscriptions.confirm({ token: request.params.token ?? '' }));

  const done = (subscription: Subscription) => {
    const { id, districts } = subscription;
    return pages.personal(doneTemplate, {
      isStandIn: isOnlyStandIn(subscription),
      title: words.subscribe.done.title,
      manage: `${origin}/subscriptions/${signing.sign('manage', id)}`,
      districts: districts.flatMap((each) => force.district.get(each) ?? []),
    });
  };

  return [
    { method: 'POST', path: '/subscribe/code', answer: confirmByCode },
    { method: 'GET', path: '/subscribe/confirm/{token}', answer: offer },
    { method: 'POST', path: '/subscribe/confirm/{token}', answer: confirmByLink },
  ];
}
