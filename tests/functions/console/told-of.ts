import type { Event } from '../../../shared/events/event.ts';
import { generatedSubscription } from '../../support/fakes/subscription-seeds.ts';
import type { someConsole } from './some-console.ts';

/** An event of which these residents were told. */
export async function toldOf(
  desk: ReturnType<typeof someConsole>,
  told: Event,
  channels: ('email' | 'sms')[] = ['email'],
) {
  await desk.given(told);
  const people = channels.map((channel, n) =>
    generatedSubscription(n, { channel, frequency: 'immediately' }),
  );
  for (const one of people) desk.subscriptions.subscriptions.set(one.id, one);
  const entry = { eventId: told.id, version: 1, what: 'published' as const, districts: told.districts };
  const more = {
    kind: told.kind,
    startsAt: desk.clock.now.toISOString(),
    isUrgent: false,
    isPressing: false,
  };
  await desk.bulletins.noteCauses({
    id: 'first',
    district: 'southend',
    at: desk.clock.now.toISOString(),
    entries: [{ ...entry, ...more }],
  });
  const subscriptions = people.map(({ id }) => id);
  await desk.notices.claim(
    { bulletin: 'first', subscriptions, entries: [0], claim: 'c' },
    { now: desk.clock.now, until: desk.clock.now },
  );
}
