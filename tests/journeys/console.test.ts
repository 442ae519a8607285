import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type RunningHost, startHost } from '../support/host.ts';
import { residentAt } from '../support/resident.ts';
import { type AtTheConsole, signedIn } from './console/at-the-console.ts';
import { importing } from './console/importing.ts';
import { publishing } from './console/publishing.ts';
import { signingIn } from './console/signing-in.ts';
import { writingAtOnce } from './console/writing-at-once.ts';

let host: RunningHost;
let browser: Browser;
let resident: ReturnType<typeof residentAt>;
beforeAll(async () => {
  [host, browser] = await Promise.all([
    startHost({ settings: { SETTLE_SECONDS: '1' }, now: new Date('2027-01-04T10:00:00Z') }),
    launchBrowser(),
  ]);
  resident = residentAt(host.url, 'email', 'ann@example.com');
  await resident.subscribe(['southend']);
}, 90_000);
afterAll(() => Promise.all([browser?.close(), host?.stop()]));

const at: AtTheConsole = () => ({
  host,
  resident,
  officer: (name, options) => signedIn(browser, host, name, options),
});

// One running system for all: in this order none hears of another's events.
publishing(at);
writingAtOnce(at);
signingIn(at);
importing(at);
