import { site } from '../../functions/site/site.ts';
import type { Event } from '../../shared/events/event.ts';
import type { Force } from '../../shared/force/force.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { call } from '../support/http-call.ts';
import { serve } from '../support/serve.ts';

/** A district's page with 100 events, one of which differs each time for `anew`, and a server that has its bytes in memory. */
export async function open({ events, force }: { events: Event[]; force: Force }) {
  const siteOf = (items: () => Event[]) =>
    site({
      events: async () => ({
        get: async () => undefined,
        history: async () => [],
        list: async () => ({ items: items(), cursor: undefined }),
      }),
      personal: () => Promise.reject(new Error('nobody asks')),
      force,
      origin: 'https://events.example',
      now: () => new Date('2027-01-30T09:00:00Z'),
    });
  const pages = siteOf(() => events);
  const [first, ...rest] = events as [Event, ...Event[]];
  let version = 1;
  const anew = siteOf(() => [{ ...first, version: ++version }, ...rest]);
  const { text: body, headers } = await call(pages, 'GET', '/southend');
  const kept = httpHandler(
    [
      {
        method: 'GET',
        path: '/southend',
        answer: () => ({ status: 200, headers: headers as Record<string, string>, body }),
      },
    ],
    {
      onError: () => ({ status: 500 }),
    },
  );
  return {
    bytes: Buffer.byteLength(body),
    rendered: await serve(pages),
    anew: await serve(anew),
    kept: await serve(kept),
  };
}
