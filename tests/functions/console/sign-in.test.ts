import { beforeEach, describe, expect, test } from 'vitest';
import { returnAddress } from '../../../functions/console/sign-in/return-address.ts';
import { anEvent } from '../../support/an-event.ts';
import { jar, origin, someConsole } from './some-console.ts';

let desk: ReturnType<typeof someConsole>;
beforeEach(() => {
  desk = someConsole();
});

const MINUTE = 60_000;
const wait = (minutes: number) => {
  desk.clock.now = new Date(desk.clock.now.getTime() + minutes * MINUTE);
};
const begin = async (back = '/console') => {
  const begun = await desk.ask(`/console/sign-in?${new URLSearchParams({ return: back })}`);
  return { state: new URL(begun.location).searchParams.get('state'), cookies: jar(begun.cookies) };
};

describe('signing in', () => {
  test('leads to the issuer and back to the page that was asked for', async () => {
    const refused = await desk.ask('/console/events/open-day?a=b');
    expect(refused.status).toBe(303);
    expect(refused.location).toBe('/console/sign-in?return=%2Fconsole%2Fevents%2Fopen-day%3Fa%3Db');
    const begun = await desk.ask(refused.location);
    expect(begun.location).toContain('https://issuer.example/authorize');
    const state = new URL(begun.location).searchParams.get('state');
    const back = await desk.ask(`/console/callback?code=southend&state=${state}`, {
      cookies: jar(begun.cookies),
    });
    expect(back.location).toBe('/console/events/open-day?a=b');
    const [session] = back.cookies;
    expect(session).toMatch(
      /^__Host-session=[\w-]{43}; Path=\/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax$/,
    );
  });

  test('greets the officer by name and district, and nothing keeps the page', async () => {
    const southend = await desk.as('southend');
    const page = await southend.get('/console');
    expect(page.status).toBe(200);
    expect(page.words).toContain('southend person (Southend-on-Sea)');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('is refused to whom the force gives no role', async () => {
    const { state, cookies } = await begin();
    const back = await desk.ask(`/console/callback?code=nobody&state=${state}`, { cookies });
    expect(back.status).toBe(403);
    expect(back.cookies).toEqual([]);
  });

  test('is refused when the state is another, is missing, or was begun in another browser', async () => {
    const { state, cookies } = await begin();
    const other = await begin();
    for (const [query, jarred] of [
      ['code=southend&state=forged', cookies],
      ['code=southend', cookies],
      [`code=southend&state=${state}`, []],
      [`code=southend&state=${state}`, other.cookies],
      [`code=southend&state=${state}`, ['__Host-sign-in=bm90IGpzb24']],
    ] as const) {
      const back = await desk.ask(`/console/callback?${query}`, { cookies: [...jarred] });
      expect(back.status, query).toBe(400);
      expect(back.cookies).toEqual([]);
    }
  });

  test('shows a page when the issuer says no', async () => {
    const { state, cookies } = await begin();
    const back = await desk.ask(`/console/callback?error=access_denied&state=${state}`, { cookies });
    expect(back.status).toBe(400);
    expect(back.words).toContain('You are not signed in');
  });

  test('never uses a session that somebody put into the browser before, and ends it', async () => {
    const attacker = await desk.as('basildon');
    const { state, cookies } = await begin();
    const back = await desk.ask(`/console/callback?code=southend&state=${state}`, {
      cookies: [...cookies, `__Host-session=${attacker.secret}`],
    });
    expect(back.cookies[0]).not.toContain(attacker.secret);
    expect((await attacker.get('/console')).status).toBe(303);
  });

  test.each([
    'https://evil.example/console',
    '//evil.example/console',
    '/\\evil.example/console',
    '/console/../..//evil.example',
    '/console\t/../x',
    '/consoles',
    '/console@evil.example',
    'javascript:alert(1)',
    '/%2F/evil.example',
    '',
  ])('does not lead on to %j', async (address) => {
    expect(returnAddress(address, origin)).toBe('/console');
    const { state, cookies } = await begin(address);
    const back = await desk.ask(`/console/callback?code=southend&state=${state}`, { cookies });
    expect(back.location).toBe('/console');
  });
});

describe('a session', () => {
  test('is kept so that the table alone opens nothing', async () => {
    const kept: unknown[] = [];
    const { open } = desk.sessions;
    desk.sessions.open = async (session) => {
      kept.push(session);
      await open(session);
    };
    const southend = await desk.as('southend');
    const text = JSON.stringify(kept);
    expect(kept).toHaveLength(1);
    expect(text).not.toContain(southend.secret);
    expect(text).not.toContain('id-token-of-southend');
  });

  test('ends after eight hours, however busy', async () => {
    const southend = await desk.as('southend');
    for (let hour = 0; hour < 7; hour++) {
      wait(60);
      expect((await southend.get('/console')).status).toBe(200);
    }
    wait(59);
    expect((await southend.get('/console')).status).toBe(200);
    wait(1);
    expect((await southend.get('/console')).location).toContain('/console/sign-in');
  });

  test('loses what was filled in to nobody: it is sent once more after signing in again', async () => {
    const before = await desk.as('southend');
    wait(8 * 60);
    const over = await before.post('/console/sign-out', { reason: 'The "hall" is <flooded>' });
    expect(over.status).toBe(401);
    expect(over.html).toContain('value="The &quot;hall&quot; is &lt;flooded&gt;"');
    const anew = await desk.as('southend');
    const again = await anew.post('/console/sign-out', { 'form-token': before.token, reason: 'Flooded' });
    expect(again.status).toBe(403);
    expect(again.words).toContain('Send it again');
    expect(again.html).toContain(anew.token);
    expect(again.html).toContain('value="Flooded"');
  });

  test('follows a role that was taken away within five minutes', async () => {
    const supervisor = await desk.as('supervisor');
    desk.people.set('supervisor', {
      ...(desk.people.get('supervisor') ?? { sub: '', name: '' }),
      groups: ['officer', 'district:basildon'],
    });
    await desk.given(anEvent());
    expect((await supervisor.get('/console')).words).toContain('All districts');
    wait(5);
    const page = await supervisor.get('/console');
    expect(page.words).toContain('(Basildon)');
    expect(page.words).not.toContain('Southend Police Station open day');
  });

  test('ends when the issuer no longer vouches for the officer, or gives no role', async () => {
    const [one, other] = [await desk.as('southend'), await desk.as('basildon')];
    desk.people.delete('southend');
    desk.people.set('basildon', { sub: 'sub-basildon', name: 'Bo', groups: [] });
    wait(5);
    expect((await one.get('/console')).status).toBe(303);
    expect((await other.get('/console')).status).toBe(303);
  });

  test('outlives an issuer that is away for a while, and no longer', async () => {
    const southend = await desk.as('southend');
    desk.asked.isDown = true;
    wait(29);
    expect((await southend.get('/console')).status).toBe(200);
    wait(6);
    expect((await southend.get('/console')).status).toBe(303);
  });

  test('asks the issuer once, however many pages are opened at once', async () => {
    const southend = await desk.as('southend');
    wait(6);
    const pages = await Promise.all([1, 2, 3, 4].map(() => southend.get('/console')));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(desk.asked.renewals).toBe(1);
  });
});

describe('signing out', () => {
  test('ends the session here and leads on to the issuer', async () => {
    const southend = await desk.as('southend');
    const out = await southend.post('/console/sign-out');
    expect(out.status).toBe(200);
    expect(out.cookies[0]).toMatch(/^__Host-session=; .*Max-Age=0/);
    expect(out.html).toContain('url=https://issuer.example/logout?id_token_hint=id-token-of-southend');
    expect((await southend.get('/console')).status).toBe(303);
  });

  test('is a POST: a link cannot do it', async () => {
    const southend = await desk.as('southend');
    expect((await southend.get('/console/sign-out')).status).toBe(405);
    expect((await southend.get('/console')).status).toBe(200);
  });
});

describe('a form', () => {
  const signsOut = async (sent: Parameters<typeof desk.ask>[1]) => {
    const southend = await desk.as('southend');
    const answer = await desk.ask('/console/sign-out', {
      method: 'POST',
      form: { 'form-token': southend.token },
      cookies: [`__Host-session=${southend.secret}`],
      ...sent,
    });
    return { status: answer.status, isIn: (await southend.get('/console')).status === 200 };
  };

  test('of our own page is taken, whichever header the browser has', async () => {
    expect(await signsOut({ headers: { 'sec-fetch-site': 'same-origin' } })).toEqual({
      status: 200,
      isIn: false,
    });
    expect(await signsOut({ headers: { origin } })).toEqual({ status: 200, isIn: false });
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another site, by an older browser', { origin: 'https://evil.example' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site', origin: 'https://other.essex.example' }],
    ['a sandboxed frame', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
    ['nowhere', {}],
  ])('of %s is refused, even with the right token', async (_from, headers) => {
    expect(await signsOut({ headers: headers as Record<string, string> })).toEqual({
      status: 403,
      isIn: true,
    });
  });

  test('without a token, or with that of another session, is refused', async () => {
    const other = await desk.as('southend');
    const headers = { 'sec-fetch-site': 'same-origin' };
    expect(await signsOut({ headers, form: {} })).toEqual({ status: 403, isIn: true });
    expect(await signsOut({ headers, form: { 'form-token': other.token } })).toEqual({
      status: 403,
      isIn: true,
    });
  });

  test('may carry files, and its token with them', async () => {
    const headers = { 'sec-fetch-site': 'same-origin' };
    const files = { file: new File(['a,b'], 'week.csv', { type: 'text/csv' }) };
    const southend = await desk.as('southend');
    const out = await southend.post('/console/sign-out', {}, { files, headers });
    expect(out.status).toBe(200);
  });
});
