import * as esbuild from 'esbuild';
import { generate } from 'lean-qr';
import { expect, test } from 'vitest';
import { assets } from '../../../infra/assets.ts';
import { cancelled } from '../../../shared/events/edit-event.ts';
import { anEvent } from '../../support/an-event.ts';
import { assetFiles } from '../../support/asset-files.ts';
import { origin, someSite } from './some-site.ts';

const events = [anEvent(), anEvent({ audience: 'internal' }, 'secret')];

test('search engines find every public page, and no other', async () => {
  const { ask } = await someSite({ events });
  expect((await ask('/robots.txt')).html).toContain('Sitemap: https://events.essex.example/sitemap.xml');
  const { html, headers } = await ask('/sitemap.xml');
  expect(headers['content-type']).toContain('application/xml');
  for (const path of ['/', '/southend', '/campaigns/npw-2027', '/events/open-day'])
    expect(html).toContain(`<loc>https://events.essex.example${path}</loc>`);
  expect(html).toMatch(/events\/open-day<\/loc><lastmod>\d{4}-\d\d-\d\dT[^<]+Z<\/lastmod>/);
  expect(html).not.toContain('secret');
});

test('a camera reads the address of the calendar', async () => {
  const { ask } = await someSite();
  const { html, headers } = await ask('/qr/southend.svg');
  expect(headers['content-type']).toBe('image/svg+xml');
  const dark = new Set<string>();
  for (const [, x, y, run] of html.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
    for (let each = 0; each < Number(run); each++) dark.add(`${Number(x) + each - 4} ${Number(y) - 4}`);
  const code = generate('webcal://events.essex.example/calendars/southend.ics');
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) expect(dark.has(`${x} ${y}`)).toBe(code.get(x, y));
  expect((await ask('/qr/narnia.svg')).status).toBe(404);
});

test('other sites may show a district in a frame, and nothing else', async () => {
  const { ask } = await someSite({ events });
  const { headers, words } = await ask('/embed/southend');
  expect(words).toContain('Southend Police Station open day');
  expect(headers['content-security-policy']).toContain('frame-ancestors *');
  expect(headers['x-frame-options']).toBeUndefined();
  expect((await ask('/southend')).headers['x-frame-options']).toBe('DENY');
});

test('other sites are told what is next in a district, series too, in words that cannot be markup', async () => {
  const weekly = anEvent(
    {
      title: 'Fraud <b>talk</b>',
      start: '2027-01-07T10:00',
      end: '2027-01-07T12:00',
      venue: { name: 'Library', address: '', postcode: 'SS1 1NE', access: [] },
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=8' },
    },
    'weekly',
  );
  const off = cancelled(anEvent(), 'Snow', new Date('2027-01-20T10:00:00Z'));
  const { ask } = await someSite({ events: [weekly, off, ...events.slice(1)] });
  const { html, headers } = await ask('/embed/southend.json');
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=60, stale-while-revalidate=300',
  });
  const { heading, items } = JSON.parse(html);
  expect(heading).toBe('Police events in Southend-on-Sea');
  expect(items.slice(0, 2)).toEqual([
    {
      href: 'https://events.essex.example/events/weekly',
      title: 'Fraud <b>talk</b>',
      when: 'Thursday 28 January 2027, 10am to midday',
      place: 'Library, SS1\u00a01NE',
    },
    expect.objectContaining({ title: 'Southend Police Station open day', off: 'Cancelled' }),
  ]);
  expect(html).not.toContain('secret');
  expect((await ask('/embed/narnia.json')).status).toBe(404);
  expect((await ask('/embed.js')).html).not.toContain('innerHTML');
});

test('the script for other sites is small', async () => {
  const { ask } = await someSite();
  const { html, headers } = await ask('/embed.js');
  expect(headers['content-type']).toContain('text/javascript');
  expect(html.length).toBeLessThan(10_000);
});

test('pages are in the colour of the force, and are shown with its picture', async () => {
  const site = await someSite();
  const { html } = await site.ask('/');
  expect(html).toContain('<meta name="theme-color" content="#0b2f5c">');
  const file = (pattern: RegExp) =>
    assetFiles.get(new URL(pattern.exec(html)?.[1] ?? '', origin).pathname) ?? Buffer.alloc(0);
  const styles = file(/<link rel="stylesheet" href="([^"]+)"/).toString();
  expect(styles).toMatch(/^:root\{--force:#0b2f5c\}:root\{/);
  const picture = file(/property="og:image" content="([^"]+)"/);
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
  expect(picture.length).toBeLessThan(10_000);
});

test('another colour is another file', async () => {
  const made = async (colour: string) => {
    const files = new Map<string, string | Uint8Array>();
    await esbuild.build({
      stdin: { contents: `import '../../../shared/views/icon.svg?asset'`, resolveDir: import.meta.dirname },
      bundle: true,
      write: false,
      plugins: [assets({ look: { colour } }, files)],
    });
    return [...files];
  };
  const [[navy, inNavy] = [], [green, inGreen] = []] = [
    ...(await made('#0b2f5c')),
    ...(await made('#00703c')),
  ];
  expect(green).not.toBe(navy);
  expect([inNavy, inGreen]).toEqual([
    expect.stringContaining('fill="#0b2f5c"'),
    expect.stringContaining('fill="#00703c"'),
  ]);
});
