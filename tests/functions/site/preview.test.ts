import { expect, test } from 'vitest';
import { edit, postponed, published } from '../../../shared/events/edit-event.ts';
import type { Event } from '../../../shared/events/event.ts';
import { previewPath } from '../../../shared/views/page-preview.ts';
import { aDraft, anEvent } from '../../support/an-event.ts';
import { someSite } from './some-site.ts';

const draft = aDraft(
  { title: 'Doughnut with a detective', recurrence: { rrule: 'FREQ=WEEKLY;COUNT=5' } },
  'd',
);

async function withPreview(event: Event) {
  const site = await someSite({ events: [event] });
  const { clock, signed, events } = site;
  const address = previewPath(event.id, clock.now, signed);

  async function publish() {
    const by = { id: 'o', name: 'An officer' };
    const next = published(event, clock.now);
    await events.save(edit(event, next, { by, action: 'publish', now: clock.now, newId: () => 'a-change' }));
  }
  return { ...site, address, publish };
}

test.each([
  ['a draft', draft],
  ['a postponed event', postponed(anEvent({}, 'd'), 'Strong wind', new Date('2027-01-21T10:00:00Z'))],
])('%s is shown as its page will be once it is published', async (_, event) => {
  const { ask, address, publish } = await withPreview(event);
  const before = await ask(address);
  expect(before.status).toBe(200);
  await publish();
  const page = await ask(`/events/${event.id}`);
  expect(page.status).toBe(200);
  // Its links and its script do nothing.
  expect(before.html).not.toMatch(/<script (?!type="application\/ld\+json")/);
  const isSame = page.html
    .replace('<link rel="canonical"', '<base target="_blank">\n$&')
    .replace(/<script src="[^"]+" defer><\/script>\n/, '');
  expect(before.html).toBe(isSame);
});

test('it is for a frame of the console: it can do nothing, nobody keeps it and no search engine lists it', async () => {
  const { ask, address } = await withPreview(draft);
  const { headers } = await ask(address);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
  expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  expect(headers['content-security-policy']).toContain('sandbox;');
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
});

test('an hour later it is not there, and never for what was signed for something else', async () => {
  const { ask, address, clock, signed } = await withPreview(draft);
  const until = clock.now.getTime() + 60_000;
  for (const token of [
    'd',
    `d.${until}`,
    `d.${until}.AAAAAAAAAAAAAAAA`,
    signed.sign('manage', `d.${until}`),
    signed.sign('preview', 'd'),
    signed.sign('preview', 'd.never'),
  ])
    expect((await ask(`/preview/${token}`)).status, token).toBe(404);
  clock.now = new Date(clock.now.getTime() + 3_599_000);
  expect((await ask(address)).status).toBe(200);
  clock.now = new Date(clock.now.getTime() + 1_000);
  expect((await ask(address)).status).toBe(404);
});

test('an event among colleagues has none', async () => {
  const { ask, address } = await withPreview(aDraft({ audience: 'partners' }, 'd'));
  expect((await ask(address)).status).toBe(404);
});
