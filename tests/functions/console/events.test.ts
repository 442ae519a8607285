import { beforeEach, describe, expect, test } from 'vitest';
import { cancelled, edit, revised } from '../../../shared/events/edit-event.ts';
import { aDraft, anEvent, inputOf } from '../../support/an-event.ts';
import { someConsole } from './some-console.ts';

let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
beforeEach(async () => {
  desk = someConsole();
  southend = await desk.as('southend');
});

const inBasildon = { districts: ['basildon'], team: 'basildon-cpt' };

describe('the list of events', () => {
  test('has drafts and all audiences of the own districts, and nothing of others', async () => {
    await desk.given(
      anEvent({ title: 'Open to all' }, 'a'),
      aDraft({ title: 'Not yet' }, 'b'),
      anEvent({ title: 'Among us', audience: 'internal' }, 'c'),
      anEvent({ title: 'Elsewhere', ...inBasildon }, 'd'),
    );
    const { words } = await southend.get('/console');
    expect(words).toMatch(/Open to all .* Published/);
    expect(words).toMatch(/Not yet .* Draft/);
    expect(words).toMatch(/Among us .* Colleagues only/);
    expect(words).not.toContain('Elsewhere');
    expect((await (await desk.as('supervisor')).get('/console')).words).toContain('Elsewhere');
  });

  test('is cut to words, kind, status, district and days', async () => {
    await desk.given(
      anEvent(
        {
          title: 'Café with a copper',
          kind: 'street-meet',
          start: '2027-02-01T10:00',
          end: '2027-02-01T11:00',
        },
        'a',
      ),
      aDraft({ title: 'Bike marking', kind: 'crime-prevention' }, 'b'),
      anEvent({ title: 'Open day', ...inBasildon }, 'c'),
    );
    const supervisor = await desk.as('supervisor');
    const titles = async (query: string) =>
      [...(await supervisor.get(`/console?${query}`)).html.matchAll(/<th scope="row".*?<a [^>]*>([^<]*)</gs)]
        .map(([, title]) => title)
        .sort();
    expect(await titles('words=COPPER+cafe')).toEqual(['Café with a copper']);
    expect(await titles('kind=crime-prevention')).toEqual(['Bike marking']);
    expect(await titles('status=draft')).toEqual(['Bike marking']);
    expect(await titles('district=basildon')).toEqual(['Open day']);
    expect(await titles('from=2027-02-01&to=2027-02-01')).toEqual(['Café with a copper']);
    expect(await titles('kind=nonsense&from=yesterday')).toHaveLength(3);
  });

  test('leads on where it is long', async () => {
    await desk.given(
      ...Array.from({ length: 51 }, (_, at) => anEvent({ title: `Number ${at + 1}.` }, `e-${100 + at}`)),
    );
    const first = await southend.get('/console?words=number');
    expect(first.words).toContain('Number 50.');
    expect(first.words).not.toContain('Number 51.');
    const next = /href="(\/console\?[^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await southend.get(next);
    expect(second.words).toContain('Number 51.');
    expect(second.words).not.toContain('Number 50.');
  });

  test('escapes what somebody wrote', async () => {
    const script = '<script>alert(1)</script>';
    await desk.given(anEvent({ title: script, venue: { name: script } }));
    expect((await southend.get(`/console?words=${encodeURIComponent(script)}`)).html).not.toContain(script);
    expect((await southend.get('/console/events/open-day')).html).not.toContain(script);
  });
});

describe('the page of an event', () => {
  test('says what it is and what became of it, by whom', async () => {
    const draft = anEvent({ venue: { name: 'Library', access: ['step-free'] } });
    await desk.given(draft);
    const moved = revised(draft, inputOf({ end: '2027-01-30T16:00' }), desk.clock.now);
    const off = cancelled(moved, 'The hall is flooded', desk.clock.now);
    const by = { id: 'o', name: 'Sergeant Example' };
    const steps = { by, now: desk.clock.now, newId: desk.newId };
    await desk.events.save(edit(draft, moved, { ...steps, action: 'edit' }));
    await desk.events.save(edit(moved, off, { ...steps, action: 'cancel' }));
    const { words } = await southend.get('/console/events/open-day');
    expect(words).toContain('Southend Police Station open day');
    expect(words).toContain('The hall is flooded');
    expect(words).toContain('Cancelled by Sergeant Example, Monday 25 January 2027, 8am');
    expect(words).toContain('end: Saturday 30 January 2027, 3pm Saturday 30 January 2027, 4pm');
    expect(words).toContain('Made by An officer');
  });

  test('of another district is not there while it is a draft; once public it can be read, not its history', async () => {
    await desk.given(aDraft({ ...inBasildon }, 'draft'), anEvent({ ...inBasildon }, 'public'));
    expect((await southend.get('/console/events/draft')).status).toBe(404);
    expect((await southend.get('/console/events/nothing')).status).toBe(404);
    const { status, words } = await southend.get('/console/events/public');
    expect(status).toBe(200);
    expect(words).not.toContain('Made by');
  });

  test('warns of what is in the way, and shows the dates of a series', async () => {
    const series = { recurrence: { rrule: 'FREQ=WEEKLY;COUNT=10', exceptions: [], overrides: [] } };
    await desk.given(
      anEvent({ start: '2027-02-01T10:00', end: '2027-02-01T12:00', ...series }),
      anEvent({ title: 'Street meet', start: '2027-02-08T11:00', end: '2027-02-08T12:00' }, 'other'),
    );
    const { words } = await southend.get('/console/events/open-day');
    expect(words).toContain('is also at “Street meet” on Monday 8 February 2027, 11am to midday');
    expect(words).toContain('Monday 29 March 2027 is a bank holiday: Easter Monday');
    expect(words).toContain('The 10 dates it makes');
  });
});
