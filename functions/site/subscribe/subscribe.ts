import { type Event, isPublic } from '../../../shared/events/event.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { Invalid, NotFound, TooMany } from '../../../shared/runtime/errors.ts';
import { consentTo, consentWording } from '../../../shared/subscriptions/consent.ts';
import type { Subscription, Wish } from '../../../shared/subscriptions/subscription.ts';
import { readProof, wishInput } from '../../../shared/subscriptions/wish.ts';
import type { PersonalPageDeps } from '../deps.ts';
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
export function subscribeRoutes({
  pages,
  events,
  subscriptions,
  signing,
  force,
  origin,
  now,
}: PersonalPageDeps): Route[] {
  const { words } = pages;
  const input = wishInput(force);

  const form = (answers: Answers, event: Event | undefined) => ({
    title: event ? words.subscribe.followTitle(event.title) : words.subscribe.title,
    description: words.subscribe.lead,
    event,
    answers,
    districts: choices.districts(force, answers.districts),
    kinds: choices.kinds(words, answers.kinds),
    consent: consentWording(force),
  });

  async function ask(request: HttpRequest) {
    const answers = { ...answersOf(request.query), districts: request.query.getAll('district') };
    return pages.shared(request, template, form(answers, await followed(answers)));
  }

  async function receive(request: HttpRequest) {
    const answers = answersOf(request.form());
    const event = await followed(answers);
    try {
      const wish = wishedFor(event ? { ...answers, districts: event.districts } : answers);
      await subscriptions.requestConfirmation(event ? onlyFollowing(wish, event) : wish, {
        consent: consentTo(force, now()),
        client: request.clientAddress,
      });
      if (wish.channel === 'sms') return codePage(wish.address);
      return pages.personal(sentTemplate, { title: words.subscribe.sent.title });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const field = { '/address': answers.channel === 'sms' ? 'sms' : 'email' };
      const errors = formErrors(error, words.subscribe.errors, field);
      return pages.personal(template, { ...form(answers, event), ...errors }, 422);
    }
  }

  function wishedFor(answers: Answers) {
    const faults = firstFaults(answers);
    if (faults.length) throw new Invalid(faults);
    return accept(input, wishOf(answers));
  }

  async function followed({ event: id }: Answers): Promise<Event | undefined> {
    if (!id) return undefined;
    const event = await events.get(id);
    if (!event || !isPublic(event)) throw new NotFound('There is no such event');
    return event;
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

const onlyFollowing = (wish: Wish, { id }: Event): Wish => ({
  ...wish,
  districts: [],
  kinds: [],
  reminders: false,
  follows: [id],
});
