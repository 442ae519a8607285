import { expect, test } from 'vitest';
import { fieldsIn } from './fields-in.ts';
import { someConsole } from './some-console.ts';

/** What is asked of an event, and an answer to each. */
const answers: Record<string, string> = {
  title: 'Coffee with a copper',
  kind: 'street-meet',
  date: '2027-02-02',
  from: '10:00',
  until: '11:30',
  districts: 'southend',
  team: 'southend-cpt',
};

test.each([
  ['southend', ['title', 'kind', 'date', 'from', 'until']],
  ['supervisor', ['title', 'kind', 'date', 'from', 'until', 'districts', 'team']],
])(
  'from opening the console to a published event: three pages and few required inputs, for %s',
  async (who, required) => {
    const desk = someConsole();
    const officer = await desk.as(who);
    const pages: string[] = [];
    /** A page of the console, come to from the one before. */
    const open = async (address: string, from?: string) => {
      if (from !== undefined) expect(from, address).toContain(`href="${address}"`);
      const page = await officer.get(address);
      expect(page.status).toBe(200);
      pages.push(address);
      return page;
    };
    const opened = await officer.get('/console');
    const form = await open('/console/events/new', opened.html);

    // Required is what the form, sent as it stands, is refused for.
    const asItStands = fieldsIn(form.html);
    const refused = await officer.post('/console/events/new', asItStands);
    const asked = [...refused.html.matchAll(/<li>\s*<a href="#(\w+)"/g)].map(([, field]) => field ?? '');
    expect(asked).toEqual(required);
    expect(asked.length).toBeLessThanOrEqual(12);

    const given = Object.fromEntries(asked.map((field) => [field, answers[field] ?? '']));
    const saved = await officer.post('/console/events/new', { ...asItStands, ...given, next: 'publish' });
    expect(saved.status).toBe(303);
    const check = await open(saved.location);
    const done = await officer.post(saved.location, fieldsIn(check.html));
    await open(done.location);
    expect(pages).toHaveLength(3);
    const { items } = await desk.events.list({ limit: 10, isVisible: () => true });
    expect(items).toMatchObject([{ title: answers.title, status: 'published', districts: ['southend'] }]);
  },
);
