import { type Event, isPublic } from '../../../shared/events/event.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import type { HttpResponse } from '../../../shared/http/response.ts';
import { NotFound } from '../../../shared/runtime/errors.ts';
import { consentTo, consentWording } from '../../../shared/subscriptions/consent.ts';
import type { Wish } from '../../../shared/subscriptions/subscription.ts';
import { wishInput } from '../../../shared/subscriptions/wish.ts';
import type { PersonalPageDeps } from '../deps.ts';
import { choices } from '../look/choices.ts';
import addressTemplate from './address.njk';
import { type Answers, answersOf, wishOf } from './answers.ts';
import channelTemplate from './channel.njk';
import checkTemplate from './check.njk';
import { checkRows } from './check-rows.ts';
import { codePage } from './confirm.ts';
import districtsTemplate from './districts.njk';
import sentTemplate from './sent.njk';
import { firstWrong, type Step, stepOf } from './steps.ts';

/** Asking to be told, one thing to a page. What was answered goes from form to form and is kept nowhere. */
export function subscribeRoutes(deps: PersonalPageDeps): Route[] {
  const { pages, events, subscriptions, force, now } = deps;
  const { words } = pages;
  const input = wishInput(force);

  /** The page of a step, or of the first before it that is not right. */
  async function go(request: HttpRequest, form: URLSearchParams, to: Step): Promise<HttpResponse> {
    const answers = answersOf(form);
    const event = await followed(answers);
    const wrong = firstWrong(answers, to, () => wishedFor(answers, event), words);
    const step = event && to === 'districts' ? 'check' : to;
    return wrong ? page(request, wrong.step, answers, event, wrong) : page(request, step, answers, event);
  }

  function page(
    request: HttpRequest,
    step: Step,
    answers: Answers,
    event: Event | undefined,
    wrong?: { errors: object[]; fieldErrors: object },
  ): HttpResponse {
    const content = {
      ...wrong,
      title: titleOf(step, answers),
      description: words.subscribe.lead,
      about: event ? words.subscribe.followTitle(event.title) : words.subscribe.title,
      event,
      answers,
      ...(step === 'districts' && {
        districts: choices.districts(force, answers.districts),
        kinds: choices.kinds(words, answers.kinds),
      }),
      ...(step === 'check' && {
        rows: checkRows(wishedFor(answers, event), event, { force, words }),
        consent: consentWording(force),
      }),
    };
    if (request.method !== 'POST' && !wrong) return pages.shared(request, templates[step], content);
    const answer = pages.personal(templates[step], content, wrong ? 422 : 200);
    // Kept by the browser alone, which else could not go back to a page that was sent.
    return { ...answer, headers: { ...answer.headers, 'cache-control': 'private, no-cache' } };
  }

  const titleOf = (step: Step, { channel }: Answers) =>
    ({
      channel: words.subscribe.channel,
      address: channel === 'sms' ? words.subscribe.smsLabel : words.subscribe.emailLabel,
      districts: words.subscribe.which,
      check: words.subscribe.check,
    })[step];

  async function finish(request: HttpRequest): Promise<HttpResponse> {
    const form = request.form();
    const change = stepOf(form.get('change'));
    const answers = answersOf(form);
    const event = await followed(answers);
    // Going back is always possible, whatever was typed.
    if (change && change !== 'check') return page(request, change, answers, event);
    const wrong = firstWrong(answers, 'end', () => wishedFor(answers, event), words);
    if (wrong) return page(request, wrong.step, answers, event, wrong);
    const wish = wishedFor(answers, event);
    await subscriptions.requestConfirmation(wish, {
      consent: consentTo(force, now()),
      client: request.clientAddress,
    });
    if (wish.channel === 'sms') return codePage(pages, wish.address);
    return pages.personal(sentTemplate, { title: words.subscribe.sent.title });
  }

  function wishedFor(answers: Answers, event: Event | undefined): Wish {
    const wish = accept(input, wishOf(event ? { ...answers, districts: event.districts } : answers));
    return event ? onlyFollowing(wish, event) : wish;
  }

  async function followed({ event: id }: Answers): Promise<Event | undefined> {
    if (!id) return undefined;
    const event = await events.get(id);
    if (!event || !isPublic(event)) throw new NotFound('There is no such event');
    return event;
  }

  return [
    { method: 'GET', path: '/subscribe', answer: (request) => go(request, request.query, 'channel') },
    { method: 'POST', path: '/subscribe', answer: finish },
    { method: 'GET', path: '/subscribe/address', answer: (request) => go(request, request.query, 'address') },
    ...(['address', 'districts', 'check'] as const).map(
      (step): Route => ({
        method: 'POST',
        path: `/subscribe/${step}`,
        answer: (request) => go(request, request.form(), step),
      }),
    ),
  ];
}

const templates = {
  channel: channelTemplate,
  address: addressTemplate,
  districts: districtsTemplate,
  check: checkTemplate,
};

const onlyFollowing = (wish: Wish, { id }: Event): Wish => ({
  ...wish,
  districts: [],
  kinds: [],
  reminders: false,
  follows: [id],
});
