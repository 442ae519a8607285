import { expect, test } from 'vitest';
import { parseCalendar } from '../../../shared/calendars/parse-calendar.ts';
import { renderEvent } from '../../../shared/calendars/render-event.ts';
import { evilForce } from '../../support/evil.ts';
import { attackedAt, evilEvents, evilQuery, harmIn } from '../../support/evil-events.ts';
import { someSite } from './some-site.ts';

test('a script in every field that officers or residents write does nothing on residents’ pages', async () => {
  const site = await someSite({ events: evilEvents, now: attackedAt.toISOString(), force: evilForce });
  const addresses = [
    ...['/', '/find', '/southend', '/campaigns/npw-2027', '/embed/southend', '/privacy', '/accessibility'],
    ...['/subscribe', '/subscribe/address', '/subscribe/districts', '/subscribe/check', '/subscribe/sent'],
    ...evilEvents.map(({ id }) => `/events/${id}`),
  ];
  const query = evilQuery(
    'kind',
    'month',
    'from',
    'view',
    'postcode',
    'address',
    'districts',
    'after',
    'cursor',
  );
  let shown = 0;
  for (const address of addresses)
    for (const more of ['', `${query}&channel=email`]) {
      const { html, status } = await site.ask(address + more);
      expect(harmIn(html), address + more).toEqual([]);
      if (status === 200 && html.includes('alert(1)')) shown++;
    }
  expect(shown, 'pages that show it at all').toBeGreaterThan(10);
  const form = Object.fromEntries(new URLSearchParams(query));
  for (const address of ['/subscribe', '/subscribe/code', '/subscribe/confirm/x', '/unsubscribe/x'])
    expect(harmIn((await site.post(address, { ...form, code: form.kind ?? '' })).html), address).toEqual([]);
});

test('nothing that is written adds to a calendar what is no event', () => {
  for (const event of evilEvents) {
    const text = `BEGIN:VCALENDAR\r\n${renderEvent(event, { force: evilForce, origin: 'https://x.example' })}END:VCALENDAR\r\n`;
    const parts = parseCalendar(text).calendar?.components ?? [];
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.filter(({ name, components }) => name !== 'VEVENT' || components.length)).toEqual([]);
  }
});
