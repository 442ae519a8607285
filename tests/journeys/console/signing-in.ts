import { expect, test } from 'vitest';
import { consoleAt } from '../../support/console.ts';
import { officerAt } from '../../support/officer.ts';
import type { AtTheConsole } from './at-the-console.ts';

/** The way in and out, at the console and at the issuer. */
export function signingIn(at: AtTheConsole) {
  test('a sergeant signs in, looks at an event of hers, and signs out, here and at the issuer', async () => {
    const southend = officerAt(at().host.url, await at().host.token('southend-officer'));
    const event = await southend.draft();
    const sergeant = consoleAt(at().host.url);

    const asked = await sergeant.signIn('southend-officer', `/console/events/${event.id}`);
    expect(asked.url.pathname).toBe(`/console/events/${event.id}`);
    expect(asked.html).toContain('Southend Police Station open day');
    expect(asked.html).toContain('Sam Southend');
    expect(asked.headers.get('cache-control')).toBe('no-store');

    const list = await sergeant.get('/console?status=draft');
    expect(list.html).toContain(`/console/events/${event.id}`);
    const styles = /href="(\/assets\/console-[^"]+\.css)"/.exec(list.html)?.[1] ?? '';
    const { headers } = await sergeant.get(styles);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toBe('text/css');

    // The issuer is asked again, and still vouches for her.
    await at().host.moveClock({ advance: 'PT6M' });
    expect((await sergeant.get('/console')).html).toContain('Sam Southend');

    const out = await sergeant.submit(list, '/console/sign-out');
    const next = /url=([^"]+)"/.exec(out.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const issuer = await sergeant.get(next);
    const end = await sergeant.submit(issuer, `${at().host.url}/_local/oidc/session/end/confirm`, {
      logout: 'yes',
    });
    expect(end.url.pathname).toBe('/console/signed-out');
    expect(end.html).toContain('You are signed out');

    const again = await sergeant.get('/console');
    expect(again.html, 'the issuer asks who it is').toContain('Sign in as');
  });

  test('another district’s draft is not there for her, by whatever address', async () => {
    const supervisor = officerAt(at().host.url, await at().host.token('supervisor'));
    const event = await supervisor.draft({ districts: ['basildon'], team: 'basildon-cpt' });
    const sergeant = consoleAt(at().host.url);
    expect((await sergeant.signIn('southend-officer', `/console/events/${event.id}`)).status).toBe(404);
  });
}
