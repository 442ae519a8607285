import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { officersConsole } from '../../../functions/console/console.ts';
import { formTokenOf } from '../../../functions/console/sign-in/seal.ts';
import { learningVenues } from '../../../shared/desk/learning-venues.ts';
import { edit } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { Force } from '../../../shared/force/force.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { essex } from '../../support/essex.ts';
import { fakeBulletinStore } from '../../support/fakes/bulletin-store.ts';
import { fakeCounterStore } from '../../support/fakes/counter-store.ts';
import { fakeEventStore } from '../../support/fakes/event-store.ts';
import { fakeIssuer, type Person } from '../../support/fakes/issuer.ts';
import { fakeNoticeStore } from '../../support/fakes/notice-store.ts';
import { fakeOfficerStore } from '../../support/fakes/officer-store.ts';
import { fakeRunningImportStore } from '../../support/fakes/running-import-store.ts';
import { fakeSessionStore } from '../../support/fakes/session-store.ts';
import { fakeSubmissionStore } from '../../support/fakes/submission-store.ts';
import { fakeSubscriptionStore } from '../../support/fakes/subscription-store.ts';
import { fakeUploadStore } from '../../support/fakes/upload-store.ts';
import { fakeVenueBook } from '../../support/fakes/venue-book.ts';

export const origin = 'https://events.essex.example';

type Fields = Record<string, string | string[]>;
export type Sent = {
  method?: string;
  form?: Fields;
  /** With files it travels as multipart/form-data. */
  files?: Record<string, File>;
  headers?: Record<string, string>;
  cookies?: string[];
};

/** The groups of a person say what they may do, as in the force's directory. */
export const directory = (): Map<string, Person> =>
  new Map(
    Object.entries({
      southend: ['officer', 'district:southend'],
      basildon: ['officer', 'district:basildon'],
      supervisor: ['officer', 'supervisor'],
      chief: ['officer', 'supervisor'],
      admin: ['officer', 'supervisor', 'admin'],
      nobody: ['canteen'],
    }).map(([name, groups]) => [name, { sub: `sub-${name}`, name: `${name} person`, groups }]),
  );

/** The console on stores in memory, asked as API Gateway asks it. */
export function someConsole({
  now: startsAt = '2027-01-25T08:00:00Z',
  force = essex,
}: {
  now?: string;
  force?: Force;
} = {}) {
  const clock = { now: new Date(startsAt) };
  const people = directory();
  const { issuer, asked } = fakeIssuer(people);
  let made = 0;
  const now = () => clock.now;
  const newId = () => `id-${++made}`;
  const money = { all: 5_000, news: 4_750 };
  const venues = fakeVenueBook();
  const deps = {
    events: learningVenues(fakeEventStore(), venues),
    submissions: fakeSubmissionStore(),
    notices: fakeNoticeStore(),
    subscriptions: fakeSubscriptionStore({ signing: signing('a secret of the tests'), now, newId }),
    textMoney: async () => money,
    bulletins: fakeBulletinStore(),
    venues,
    counters: fakeCounterStore(),
    officers: fakeOfficerStore(),
    signing: signing('a secret of the tests'),
    uploads: fakeUploadStore(),
    imports: fakeRunningImportStore(now),
    sessions: fakeSessionStore(),
    issuer,
    force,
    origin,
    now,
    newId,
    mayEstimate: true as const,
  };
  const handler = officersConsole(deps);

  /** Puts events there, as somebody made them before. */
  async function given(...events: Event[]) {
    for (const event of events)
      await deps.events.save(
        edit(undefined, event, {
          by: { id: 'o', name: 'An officer' },
          action: 'create',
          now: clock.now,
          newId: deps.newId,
        }),
      );
  }

  /** Asks as somebody without a session, or with these cookies. */
  async function ask(address: string, sent: Sent = {}) {
    const { method = 'GET', headers = {}, cookies = [] } = sent;
    const url = new URL(address, origin);
    const { body, type } = await bodyOf(sent);
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: url.pathname,
      rawQueryString: url.search.slice(1),
      headers: { ...(type && { 'content-type': type }), ...headers },
      cookies,
      requestContext: { http: { method, path: url.pathname, sourceIp: '192.0.2.1' } },
      body: body?.toString('base64'),
      isBase64Encoded: body !== undefined,
    } as unknown as APIGatewayProxyEventV2;
    const answer = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
    const html = answer.body ?? '';
    // What is shown in a frame of its own may have styles: it can do nothing else.
    const isFramed = String(answer.headers?.['content-security-policy']).includes('sandbox');
    if (html.startsWith('<!') && !isFramed) mustBeSafe(html);
    return {
      status: answer.statusCode ?? 200,
      headers: (answer.headers ?? {}) as Record<string, string>,
      cookies: answer.cookies ?? [],
      /** Where it leads. */
      location: String(answer.headers?.location ?? ''),
      html,
      words: wordsOf(html),
    };
  }

  /** Signs somebody of the directory in, and asks as their browser would. */
  async function as(name: string) {
    const begun = await ask('/console/sign-in');
    const state = new URL(begun.location).searchParams.get('state');
    const back = await ask(`/console/callback?code=${name}&state=${state}`, { cookies: jar(begun.cookies) });
    const cookies = jar(back.cookies);
    const secret = cookies.find((each) => each.startsWith('__Host-session='))?.split('=')[1] ?? '';
    const token = formTokenOf(secret);
    const browser = { 'sec-fetch-site': 'same-origin', origin };
    return {
      cookies,
      secret,
      token,
      get: (address: string, sent: Sent = {}) => ask(address, { ...sent, cookies }),
      /** Sends a form of one of our pages. */
      post: (address: string, form: Fields = {}, sent: Sent = {}) =>
        ask(address, {
          method: 'POST',
          cookies,
          ...sent,
          form: { 'form-token': token, ...form },
          headers: { ...browser, ...sent.headers },
        }),
    };
  }

  return { ...deps, handler, ask, as, given, clock, people, asked, money };
}

/** What a browser keeps of Set-Cookie, as it sends it. */
export const jar = (cookies: string[]) =>
  cookies.filter((each) => !each.includes('Max-Age=0')).map((each) => each.split(';')[0] ?? '');

async function bodyOf({ form, files }: Sent): Promise<{ body?: Buffer; type?: string }> {
  if (!form && !files) return {};
  const fields = Object.entries(form ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
  if (!files)
    return {
      body: Buffer.from(new URLSearchParams(fields).toString()),
      type: 'application/x-www-form-urlencoded',
    };
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  for (const [name, file] of Object.entries(files)) data.append(name, file);
  const sent = new Response(data);
  return {
    body: Buffer.from(await sent.arrayBuffer()),
    type: sent.headers.get('content-type') ?? undefined,
  };
}

/** Every form that changes something carries the token, and nothing is inline that the policy of pages forbids. */
function mustBeSafe(html: string) {
  for (const [form] of html.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g))
    if (!form.includes('name="form-token"')) throw new Error(`a form without its token: ${form}`);
  const inline = /<style\b|\sstyle="|\son[a-z]+="|<script(?![^>]*\bsrc=)/.exec(html);
  if (inline) throw new Error(`inline: ${html.slice(inline.index, inline.index + 80)}`);
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
