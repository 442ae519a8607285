import { isPublic } from '../../../shared/events/event.ts';
import type { Route } from '../../../shared/http/http-handler.ts';
import { accept, type HttpRequest } from '../../../shared/http/request.ts';
import { Invalid } from '../../../shared/runtime/errors.ts';
import {
  type Frequency,
  frequencies,
  type Subscription,
} from '../../../shared/subscriptions/subscription.ts';
import { preferencesInput } from '../../../shared/subscriptions/wish.ts';
import { formErrors } from '../../../shared/views/form-errors.ts';
import type { PersonalPageDeps } from '../deps.ts';
import { asWritten } from '../look/as-written.ts';
import { choices } from '../look/choices.ts';
import { held } from './held.ts';
import template from './manage.njk';

/** What the holder of a subscription's link gets, and changing it. */
export function manageRoutes(deps: PersonalPageDeps): Route[] {
  const { pages, events, subscriptions, force } = deps;
  const { words } = pages;

  async function show(request: HttpRequest) {
    const subscription = await held(request, deps);
    return page(request, subscription, subscription, { isSaved: request.query.has('saved') });
  }

  async function change(request: HttpRequest) {
    const subscription = await held(request, deps);
    const form = request.form();
    const districts = form.getAll('districts');
    const answers = {
      districts,
      kinds: form.getAll('kinds'),
      frequency: form.get('frequency') ?? '',
      reminders: form.get('reminders') === 'yes',
      follows: form.getAll('follows').filter((id) => subscription.follows.includes(id)),
    };
    try {
      // Who only follows events has no district to begin with.
      const isWithout = !districts.length && !subscription.districts.length && answers.follows.length > 0;
      const { districts: _none, ...withoutDistricts } = answers;
      const changes = accept(
        preferencesInput(force, subscription.channel),
        isWithout ? withoutDistricts : answers,
      );
      await subscriptions.changePreferences(subscription.id, changes);
      return { status: 303, headers: { location: `${request.path}?saved=yes`, 'cache-control': 'no-store' } };
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return page(request, subscription, answers, formErrors(error, words.subscribe.errors), 422);
    }
  }

  async function page(
    request: HttpRequest,
    { channel, address, follows, pair }: Subscription,
    answers: {
      districts: string[];
      kinds: string[];
      frequency: string;
      reminders: boolean;
      follows: string[];
    },
    more: object,
    status = 200,
  ) {
    const followed = await Promise.all(follows.map(events.get));
    return pages.personal(
      template,
      {
        title: words.manage.title,
        channel,
        address: asWritten(address),
        stop: `/unsubscribe/${request.params.manageToken}`,
        isStandIn: channel === 'email' && pair !== undefined,
        standIn: channel === 'sms' && {
          href: `/subscriptions/${request.params.manageToken}/stand-in`,
          text: pair ? words.manage.hasStandIn : words.manage.standIn,
        },
        districts: choices.districts(force, answers.districts),
        kinds: choices.kinds(words, answers.kinds),
        frequencies: frequencies[channel].map((value: Frequency) => ({
          value,
          text: words.manage.frequency[value][channel],
          checked: value === answers.frequency,
        })),
        reminders: answers.reminders,
        follows: followed
          .filter((event) => event !== undefined && isPublic(event))
          .map((event) => ({
            value: event?.id,
            text: event?.title,
            checked: answers.follows.includes(event?.id ?? ''),
          })),
        ...more,
      },
      status,
    );
  }

  return [
    { method: 'GET', path: '/subscriptions/{manageToken}', answer: show },
    { method: 'POST', path: '/subscriptions/{manageToken}', answer: change },
  ];
}
