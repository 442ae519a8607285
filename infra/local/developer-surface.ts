import { z } from 'zod';
import { type Clock, ClockGoesBack } from './clock.ts';
import { developerPage } from './developer-page.ts';
import { readDuration } from './duration.ts';
import { type Faults, faultSchema } from './faults.ts';
import { type HttpReply, type HttpRequest, jsonHttpReply, textReply } from './http-message.ts';
import type { IdentityPart } from './identity.ts';
import type { Outbox } from './outbox.ts';
import { type Persona, personaNames } from './personas.ts';
import { preview } from './preview.ts';
import { Problem } from './problem.ts';
import { type Walked, wakeAt, walkTo } from './stepping.ts';
import type { TopicLog } from './topic-log.ts';
import type { Work } from './work.ts';

export type DeveloperDeps = {
  outbox: Outbox;
  topicLog: TopicLog;
  clock: Clock;
  faults: Faults;
  work: Work;
  schedules: Walked;
  identity: IdentityPart | undefined;
  siteOrigin: string;
};

const messageQuery = z.strictObject({
  to: z.string().optional(),
  channel: z.enum(['email', 'sms']).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
});
const topicQuery = z.strictObject({ district: z.string().optional() });
const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2027-01-25T10:00:00Z' })
  .transform((text) => Date.parse(text));
const duration = z.string().transform((text, context) => {
  const milliseconds = readDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  context.issues.push({ code: 'custom', message: 'must be a duration such as PT24H or P30D', input: text });
  return z.NEVER;
});
const clockBody = z
  .strictObject({ now: instant.optional(), advance: duration.optional(), asleep: z.boolean().optional() })
  .refine(
    ({ now, advance }) => (now === undefined) !== (advance === undefined),
    'must have either now or advance',
  );
const tokenBody = z.strictObject({ persona: z.enum(personaNames as [Persona, ...Persona[]]) });
const idleBody = z.strictObject({ timeoutSeconds: z.number().min(0).max(600).default(30) });

/** A message held back for less belongs to what is going on: a settle window, a retry. */
const soonMs = 15 * 60_000;

/** What only the one-machine host has: `/_local` and below. */
export function developerSurface(deps: DeveloperDeps) {
  const { outbox, topicLog, clock, faults, work, identity } = deps;
  let clockTurn: Promise<unknown> = Promise.resolve();
  const now = () => new Date(clock.now()).toISOString();

  /** One jump at a time: two would each walk over the other's stops. */
  function moveClock(body: z.output<typeof clockBody>) {
    const move = clockTurn.then(async () => {
      const target = body.now ?? clock.now() + (body.advance ?? 0);
      if (target - clock.now() > mostMs) throw new Problem(422, 'The clock moves at most two years at once');
      await (body.asleep ? wakeAt(target, deps) : walkTo(target, deps));
      return { now: now() };
    });
    clockTurn = move.catch(() => {});
    return move;
  }

  const routes: Record<string, (request: HttpRequest) => Promise<HttpReply> | HttpReply> = {
    'GET /_local': () => textReply(200, developerPage({ ...deps, now: now() }), 'text/html; charset=utf-8'),
    'GET /_local/health': () => ok({ status: 'ready' }),
    'GET /_local/messages': ({ query }) => {
      // An unencoded plus means itself here: addresses have them, spaces they have not.
      const asked = new URLSearchParams(query.replaceAll('+', '%2B'));
      return ok(outbox.list(check(messageQuery, Object.fromEntries(asked))));
    },
    'GET /_local/topics': ({ query }) =>
      ok(topicLog.list(check(topicQuery, Object.fromEntries(new URLSearchParams(query))).district)),
    'DELETE /_local/messages': () => {
      outbox.clear();
      return { status: 204, headers: {}, body: Buffer.alloc(0) };
    },
    'GET /_local/preview': ({ query }) => preview(new URLSearchParams(query).get('file')),
    'GET /_local/clock': () => ok({ now: now() }),
    'POST /_local/clock': async (request) =>
      answerForm(request, ok(await moveClock(check(clockBody, bodyOf(request))))),
    'POST /_local/token': async (request) => {
      if (!identity) throw new Problem(404, 'The app trusts an outside issuer, so there are no personas');
      return ok({ access_token: await identity.token(check(tokenBody, bodyOf(request)).persona) });
    },
    'GET /_local/faults': () => ok(faults.list()),
    'POST /_local/faults': (request) => {
      faults.set(check(faultSchema, bodyOf(request)));
      return ok(faults.list());
    },
    'POST /_local/idle': async (request) => {
      const { timeoutSeconds } = check(idleBody, bodyOf(request));
      if (await work.idle(timeoutSeconds * 1000, soonMs)) return ok({ idle: true });
      throw new Problem(408, `Still at work after ${timeoutSeconds} seconds`);
    },
  };

  return async (request: HttpRequest): Promise<HttpReply> => {
    const path = request.path.length > 1 ? request.path.replace(/\/$/, '') : request.path;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const answer = routes[`${method} ${path}`];
    try {
      if (answer) return await answer(request);
      const known = Object.keys(routes).some((route) => route.endsWith(` ${path}`));
      throw known
        ? new Problem(405, `${request.method} is not answered here`)
        : new Problem(404, `There is no ${path}`);
    } catch (error) {
      if (error instanceof Problem) return error.toReply();
      if (error instanceof ClockGoesBack) return new Problem(409, error.message).toReply();
      throw error;
    }
  };
}

const mostMs = 2 * 366 * 86_400_000;

const ok = (value: unknown) => jsonHttpReply(200, value);

/** A form on the page goes back to the page. */
const answerForm = (request: HttpRequest, reply: HttpReply): HttpReply =>
  isForm(request) ? { status: 303, headers: { location: '/_local' }, body: Buffer.alloc(0) } : reply;

/** `curl -d` calls everything a form, JSON too. */
const isForm = ({ headers, body }: HttpRequest) =>
  (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') &&
  !body.toString().trimStart().startsWith('{');

function bodyOf(request: HttpRequest): unknown {
  const text = request.body.toString();
  if (isForm(request)) return Object.fromEntries(new URLSearchParams(text));
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(400, `The body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
  throw new Problem(422, errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; '), errors);
}
