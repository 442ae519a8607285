import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { isOnlyStandIn } from '../../../shared/subscriptions/pairs.ts';
import type { PersonalPageDeps } from '../deps.ts';
import template from './leave.njk';
import leftTemplate from './left.njk';

/**
 * Stopping all of it, one district, or texts and e-mails together. A GET only shows buttons: link scanners follow
 * links. The POST takes any body, that of a mail program's own button included (RFC 8058), needs no cookie, does not
 * redirect, and works as often as it is sent.
 */
export function leaveRoutes({ pages, subscriptions, signing, force }: PersonalPageDeps): Route[] {
  const { words } = pages;

  async function show(request: HttpRequest) {
    const subscription = await subscriptions.find(idOf(request));
    const { districts = [], pair } = subscription?.status === 'active' ? subscription : {};
    const other = pair === undefined ? undefined : await subscriptions.find(pair);
    const isPair = subscription && other && ![subscription, other].some(isOnlyStandIn);
    return pages.personal(template, {
      title: words.leave.title,
      action: `/unsubscribe/${request.params.token}`,
      districts: districts.length > 1 ? districts.map(named) : [],
      isPair,
    });
  }

  async function stop(request: HttpRequest) {
    const id = idOf(request);
    const form = request.form();
    const district = form.get('district');
    if (district) {
      await subscriptions.leaveDistrict(id, district);
      return left({ district: named(district).name });
    }
    const erase = form.get('erase') === 'yes';
    const ending = [erase ? 'forgotten' : 'unsubscribed', { erase }] as const;
    const pair = form.get('all') === 'yes' ? (await subscriptions.find(id))?.pair : undefined;
    if (pair) await subscriptions.end(pair, ...ending);
    await subscriptions.end(id, ...ending);
    return left({ isErased: erase });
  }

  const left = (what: { district?: string; isErased?: boolean }) =>
    pages.personal(leftTemplate, { title: words.leave.done, ...what });

  const named = (id: string) => ({ id, name: force.district.get(id)?.name ?? id });

  function idOf({ params }: HttpRequest): string {
    const id = signing.verify('manage', params.token ?? '');
    if (!id) throw new NotFound('This is not one of our links');
    return id;
  }

  return ['/unsubscribe/{token}', '/u/{token}'].flatMap((path): Route[] => [
    { method: 'GET', path, answer: show },
    { method: 'POST', path, answer: stop },
  ]);
}
