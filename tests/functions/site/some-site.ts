import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { DistrictLookup } from '../../../functions/site/find/postcodes-io.ts';
import type { Languages } from '../../../functions/site/languages.ts';
import { site } from '../../../functions/site/site.ts';
import { edit } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { Force } from '../../../shared/force/force.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { essex } from '../../support/essex.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';

export const origin = 'https://events.essex.example';

type Sent = { method?: string; form?: Record<string, string | string[]>; headers?: Record<string, string> };

/** The site on stores in memory, asked as API Gateway asks it. */
export async function someSite({
  events = [],
  now = '2027-01-25T08:00:00Z',
  servedAt = origin,
  lookUp,
  force = essex,
  languages,
}: {
  events?: Event[];
  now?: string;
  servedAt?: string;
  lookUp?: DistrictLookup;
  force?: Force;
  languages?: Languages;
} = {}) {
  const clock = { now: new Date(now) };
  const signed = signing('a secret for tests');
  let made = 0;
  const subscriptions = fakeSubscriptionStore({
    signing: signed,
    now: () => clock.now,
    newId: () => `id-${++made}`,
  });
  const store = fakeEventStore();
  for (const event of events)
    await store.save(
      edit(undefined, event, {
        by: { id: 'o', name: 'An officer' },
        action: 'create',
        now: clock.now,
        newId: () => 'a-change',
      }),
    );
  const handler = site({
    events: async () => store,
    personal: async () => ({ subscriptions, signing: signed }),
    lookUp,
    force,
    languages,
    origin: servedAt,
    now: () => clock.now,
  });

  async function ask(address: string, { method = 'GET', form, headers = {} }: Sent = {}) {
    const url = new URL(address, origin);
    const body = new URLSearchParams(
      Object.entries(form ?? {}).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      ),
    ).toString();
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: url.pathname,
      rawQueryString: url.search.slice(1),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      requestContext: { http: { method, path: url.pathname, sourceIp: '192.0.2.1' } },
      body: form ? body : undefined,
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const answer = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
    const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
    const html = bytes.toString();
    return {
      status: answer.statusCode,
      headers: (answer.headers ?? {}) as Record<string, string>,
      bytes,
      html,
      words: wordsOf(html),
    };
  }

  const post = (address: string, form: Sent['form'] = {}) => ask(address, { method: 'POST', form });

  return { handler, ask, post, clock, signed, subscriptions, events: store };
}

/** What a person reads. */
const wordsOf = (html: string) =>
  html
    .replace(/<(script|style|svg|head)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
