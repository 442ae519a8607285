import type { Route } from '../../../shared/http/http-handler.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import type { PersonalPageDeps } from '../deps.ts';
import template from './leave.njk';
import leftTemplate from './left.njk';

/**
 * Stopping. A GET only shows the button: link scanners follow links. The POST takes any body, that of a mail
 * program's own button included (RFC 8058), needs no cookie, does not redirect, and works as often as it is sent.
 */
export function leaveRoutes({ pages, subscriptions, signing }: PersonalPageDeps): Route[] {
  const { words } = pages;

  function show(request: HttpRequest) {
    idOf(request);
    return pages.personal(template, {
      title: words.leave.title,
      action: `/unsubscribe/${request.params.token}`,
    });
  }

  async function stop(request: HttpRequest) {
    const erase = request.form().get('erase') === 'yes';
    await subscriptions.end(idOf(request), erase ? 'forgotten' : 'unsubscribed', { erase });
    return pages.personal(leftTemplate, { title: words.leave.done, isErased: erase });
  }

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
