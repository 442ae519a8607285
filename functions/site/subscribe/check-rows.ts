import type { Event } from '../../../shared/events/event.ts';
import type { Force } from '../../../shared/force/force.ts';
import type { Wish } from '../../../shared/subscriptions/subscription.ts';
import { listed } from '../../../shared/words/listed.ts';
import type { SiteWords } from '../english.ts';
import { asWritten } from '../look/as-written.ts';
import type { Step } from './steps.ts';

type Row = { key: string; value: string; step?: Step };
type Look = { force: Force; words: SiteWords };

/** What somebody is about to ask for, with the page on which each can be changed. */
export function checkRows(wish: Wish, event: Event | undefined, { force, words }: Look): Row[] {
  const { row } = words.subscribe;
  const how: Row[] = [
    { key: row.channel, value: words.subscribe[wish.channel], step: 'channel' },
    { key: words.manage.address[wish.channel], value: asWritten(wish.address), step: 'address' },
  ];
  if (event) return [...how, { key: row.event, value: event.title }];
  const names = wish.districts.map((id) => force.district.get(id)?.name ?? id);
  return [
    ...how,
    { key: row.districts, value: listed(names, words.and), step: 'districts' },
    {
      key: row.kinds,
      value: wish.kinds.length
        ? listed(
            wish.kinds.map((kind) => words.kinds[kind]),
            words.and,
          )
        : words.district.allKinds,
      step: 'districts',
    },
    {
      key: words.subscribe.reminders,
      value: wish.reminders ? row.reminders : row.noReminders,
      step: 'districts',
    },
  ];
}
