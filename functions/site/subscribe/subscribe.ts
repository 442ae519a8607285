import type { Route } from '../../../shared/http/http-handler.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { Invalid, NotFound, TooMany } from '../../../shared/runtime/errors.ts';
import { consentTo, consentWording } from '../../../shared/subscriptions/consent.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { readProof, wishInput } from '../../../shared/subscriptions/wish.ts';
import type { PageDeps } from '../deps.ts';
import { calendarOf } from '../look/calendar-links.ts';
import { choices } from '../look/choices.ts';
import { formErrors } from '../look/form-errors.ts';
import { type Answers, answersOf, firstFaults, wishOf } from './answers.ts';
import codeTemplate from './code.njk';
import confirmTemplate from './confirm.njk';
import doneTemplate from './done.njk';
import sentTemplate from './sent.njk';
import template from './subscribe.njk';

/** Asking to be told, and proving whose address it is. */
export function subscribeRoutes({ pages, subscriptions, signing, force, origin, now }: PageDeps): Route[] {
  const { words } = pages;
  const input = wishInput(force);

  const form = (answers: Answers) => ({
    title: words.subscribe.title,
    description: words.subscribe.lead,
    answers,
    districts: choices.districts(force, answers.districts),
    kinds: choices.kinds(words, answers.kinds),
    consent: consentWording(force),
  });

  const ask = (request: HttpRequest) =>
    pages.shared(
      request,
      template,
      form({ ...answersOf(new URLSearchParams()), districts: request.query.getAll('district') }),
    );

  async function receive(request: HttpRequest) {
    const answers = answersOf(request.form());
    try {
      const faults = firstFaults(answers);
      if (faults.length) throw new Invalid(faults);
      const wish = accept(input, wishOf(answers));
      await subscriptions.requestConfirmation(wish, {
        consent: consentTo(force, now()),
        client: request.clientAddress,
      });
      if (wish.channel === 'sms') return codePage(wish.address);
      return pages.personal(sentTemplate, { title: words.subscribe.sent.title });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const field = { '/address': answers.channel === 'sms' ? 'sms' : 'email' };
      const errors = formErrors(error, words.subscribe.errors, field);
      return pages.personal(template, { ...form(answers), ...errors }, 422);
    }
  }

  const codePage = (address: string, status = 200, errors: object = {}) =>
    pages.personal(codeTemplate, { title: words.subscribe.code.title, address, ...errors }, status);

  async function confirmByCode(request: HttpRequest) {
    const sent = request.form();
    const address = sent.get('address') ?? '';
    try {
      return done(await subscriptions.confirm(readProof({ address, code: sent.get('code') ?? '' })));
    } catch (error) {
      if (error instanceof TooMany)
        return pages.personal(sentTemplate, { title: words.problems.wrongCodes.title, isOver: true }, 429);
      if (!(error instanceof Invalid)) throw error;
      return codePage(
        address,
        422,
        formErrors(error, { code: words.subscribe.code.wrong, other: words.subscribe.code.wrong }),
      );
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

  const done = ({ id, districts }: Subscription) =>
    pages.personal(doneTemplate, {
      title: words.subscribe.done.title,
      manage: `${origin}/subscriptions/${signing.sign('manage', id)}`,
      districts: districts.flatMap((each) => {
        const district = force.district.get(each);
        return district ? [{ ...district, calendar: calendarOf(origin, each) }] : [];
      }),
    });

  return [
    { method: 'GET', path: '/subscribe', answer: ask },
    { method: 'POST', path: '/subscribe', answer: receive },
    { method: 'POST', path: '/subscribe/code', answer: confirmByCode },
    { method: 'GET', path: '/subscribe/confirm/{token}', answer: offer },
    { method: 'POST', path: '/subscribe/confirm/{token}', answer: confirmByLink },
  ];
}
