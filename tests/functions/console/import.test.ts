import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { edit, revised } from '../../../shared/events/edit-event.ts';
import { columns } from '../../../shared/imports/read-csv.ts';
import { twoPersonForce } from '../../support/two-person-force.ts';
import { fieldsIn } from './fields-in.ts';
import { someConsole } from './some-console.ts';

const week = readFileSync(new URL('../../../infra/local/sample-week.csv', import.meta.url), 'utf8');
const header = 'externalId,title,kind,districts,team,start,end,publish';
const row = (id: string, members: Record<string, string> = {}) =>
  Object.values({
    externalId: id,
    title: `Event ${id}`,
    kind: 'talk',
    districts: 'southend',
    team: 'southend-cpt',
    start: '2027-01-30T10:00',
    end: '2027-01-30T11:00',
    publish: 'no',
    ...members,
  }).join();
const table = (...rows: string[]) => [header, ...rows].join('\r\n');

type Person = Awaited<ReturnType<ReturnType<typeof someConsole>['as']>>;
let desk: ReturnType<typeof someConsole>;
let southend: Person;
beforeEach(async () => {
  desk = someConsole({ now: '2027-01-05T12:00:00Z' });
  southend = await desk.as('southend');
});

const bring = (
  text: string | Uint8Array<ArrayBuffer>,
  { who = southend, name = 'week.csv', fields = {} } = {},
) => who.post('/console/import', fields, { files: { file: new File([text], name) } });
/** The address of an import that was just begun. */
const begun = async (text: string | Uint8Array<ArrayBuffer>, options: Parameters<typeof bring>[1] = {}) => {
  const answer = await bring(text, options);
  expect(answer.words + answer.status).toContain('303');
  return answer.location;
};
const revisionIn = (html: string) => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
async function confirm(address: string, what = 'confirm', who = southend) {
  const page = await who.get(`${address}/${what}`);
  const answer = await who.post(`${address}/${what}`, { revision: revisionIn(page.html) });
  expect(answer.location).toBe(address);
  return who.get(address);
}
const found = (externalId: string) => desk.events.findByExternalId(externalId);

describe('a file of events', () => {
  test('is looked at row by row before anything is written', async () => {
    const address = await begun(
      table(
        row('A', { publish: 'yes' }),
        row('B', { start: '01/02/2027 10:00', end: '01/02/2027 11:00' }),
        row('C', { kind: 'fancy-dress' }),
        row('D', { districts: 'basildon', team: 'basildon-cpt' }),
      ),
    );
    const { words } = await southend.get(address);
    expect(words).toContain('Ready to import: 2 new, 0 with changes');
    expect(words).toContain('2 of 4 rows are broken');
    expect(words).toMatch(/1 Event A .* Saturday 30 January 2027, 10am to 11am New Published/);
    expect(words).toMatch(
      /2 Event B .*New A draft Note: start “01\/02\/2027 10:00” is read as 1 February 2027/,
    );
    expect(words).toMatch(/3 Event C .*Broken Error: kind “fancy-dress” must be one of/);
    expect(words).toMatch(/4 Event D .*Broken Error: districts “basildon” is not a district of yours/);
    expect(await found('A')).toBeUndefined();
    const broken = await southend.get(`${address}?only=broken`);
    expect(broken.words).not.toContain('Event A');
    expect(broken.words).toContain('Event C');
  });

  test('of the week goes in but for its broken rows; one is repaired, the rest downloaded, repaired and brought again', async () => {
    const supervisor = await desk.as('supervisor');
    const spoiled = week
      .replace(/(NPW27-040,.*?,)(\w+-?\w+)(,[a-z-]+,[a-z-]+-cpt,)/, '$1fancy-dress$3')
      .replace(/(NPW27-050,.*)(2027-01-\d\dT\d\d:\d\d),(2027)/, '$1yesterday,$3')
      .replace('NPW27-060,', ',');
    const address = await begun(spoiled, { who: supervisor });
    expect((await supervisor.get(address)).words).toContain('92 new');
    const repaired = await supervisor.post(`${address}/rows/40`, {
      ...(await cellsOf(supervisor, `${address}/rows/40`)),
      kind: 'talk',
    });
    expect(repaired.location).toBe(`${address}#row-40`);
    const asked = await supervisor.get(`${address}/confirm`);
    expect(asked.words).toContain('Import 93 events');
    expect(asked.words).toContain('92 will be published, as the file says 1 will be a draft');
    expect(asked.words).toContain('2 broken rows are left out');
    const { words } = await confirm(address, 'confirm', supervisor);
    expect(words).toContain('Imported: 93 new');
    expect((await found('NPW27-040'))?.kind).toBe('talk');

    const download = await supervisor.get(`${address}/broken.csv`);
    expect(download.html).toContain('errors\r\n');
    expect(download.html).toContain('externalId must not be empty');
    const again = await begun(
      download.html.replace(/yesterday,(2027-01-\d\d)/, '$1T09:00,$1').replace('\r\n,', '\r\nNPW27-060,'),
      { who: supervisor },
    );
    expect((await supervisor.get(again)).words).toContain('Ready to import: 2 new');
    await confirm(again, 'confirm', supervisor);
    expect(await found('NPW27-060')).toMatchObject({ status: 'published' });
  });

  test('that was there before says what it changes', async () => {
    await confirm(await begun(table(row('A'), row('B'))));
    const address = await begun(table(row('A', { title: 'Other' }), row('B')));
    const { words } = await southend.get(address);
    expect(words).toContain('0 new, 1 with changes, 1 without');
    expect(words).toMatch(/Changes A draft Other title/);
    await confirm(address);
    expect((await found('A'))?.title).toBe('Other');
    expect((await southend.get(await begun(table(row('B'))))).html).not.toContain('/confirm');
  });

  test.each([
    ['UTF-8 with a BOM', Buffer.from(`\ufeff${table(row('A', { title: 'Café' }))}`)],
    [
      'Windows-1252, with semicolons',
      Buffer.from(table(row('A', { title: 'Café' })).replaceAll(',', ';'), 'latin1'),
    ],
  ])('may be %s', async (_name, bytes) => {
    await confirm(await begun(new Uint8Array(bytes)));
    expect((await found('A'))?.title).toBe('Café');
  });

  test('that cannot be read is refused with words, on the same page', async () => {
    for (const [text, words] of [
      ['', 'Choose a file'],
      ['externalId,colour', '"colour" is not a column'],
      [header, 'has no events in it'],
      [`${header}\n"A`, 'row'],
      ['BEGIN:VCALENDAR\nnonsense', 'line'],
    ] as const) {
      const answer = await bring(text);
      expect(answer.status).toBe(422);
      expect(answer.words).toContain(words);
    }
    expect((await bring('x'.repeat(2.2 * 1024 * 1024))).status).toBe(413);
    expect((await bring(table(...Array.from({ length: 1001 }, (_, at) => row(`${at}`))))).status).toBe(422);
  });

  test('has an example that imports as it is', async () => {
    const { html } = await southend.get('/console/import/template.csv');
    expect(html, 'Excel on Windows reads it as UTF-8').toMatch(/^\ufeff/);
    const address = await begun(html);
    expect((await southend.get(address)).words).toContain('Ready to import: 1 new');
  });
});

describe('a calendar', () => {
  const calendar = (...lines: string[]) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:x',
      'BEGIN:VEVENT',
      'UID:one',
      'DTSTAMP:20270101T000000Z',
      'DTSTART;TZID=Europe/London:20270130T100000',
      'DTEND;TZID=Europe/London:20270130T110000',
      'SUMMARY:Street meet',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');

  test('is for the district, kind and team that were chosen, or that are said for one event', async () => {
    const address = await begun(calendar(), {
      name: 'cal.ics',
      fields: { district: 'southend', team: 'southend-cpt' },
    });
    expect((await southend.get(address)).words).toMatch(
      /Street meet .*Broken Error: CATEGORIES names no kind/,
    );
    const form = await southend.get(`${address}/rows/1`);
    expect(form.words).toContain('Kind Error: Choose the kind');
    await southend.post(`${address}/rows/1`, { kind: 'street-meet' });
    expect((await confirm(address)).words).toContain('Imported: 1 new');
    expect(await found('one')).toMatchObject({ kind: 'street-meet', status: 'draft' });
  });
});

describe('repairing a row', () => {
  test('that is still broken says why, with what was typed, and keeps nothing', async () => {
    const address = await begun(table(row('A', { start: 'soon' })));
    const form = await southend.get(`${address}/rows/1`);
    expect(form.words).toContain('Start must be a local time');
    const cells = await cellsOf(southend, `${address}/rows/1`);
    const again = await southend.post(`${address}/rows/1`, { ...cells, start: '31/02/2027 10:00' });
    expect(again.status).toBe(422);
    expect(again.words).toContain('Start is a day that no calendar has');
    expect(again.html).toContain('31/02/2027 10:00');
    expect((await southend.get(address)).words).toContain('“soon”');
  });

  test('is for rows that are not imported yet', async () => {
    const address = await begun(table(row('A')));
    await confirm(address);
    expect((await southend.get(`${address}/rows/1`)).status).toBe(409);
    expect((await southend.get(`${address}/rows/9`)).status).toBe(404);
  });
});

describe('undoing an import', () => {
  test('removes the drafts that nobody touched, and nothing else', async () => {
    const address = await begun(table(row('A'), row('B'), row('C', { publish: 'yes' }), row('D')));
    await confirm(address);
    const b = await found('B');
    if (!b) throw new Error('B is not there');
    const steps = { by: { id: 'o', name: 'A colleague' }, now: desk.clock.now, newId: desk.newId };
    const changed = revised(b, { ...b, title: 'Changed' }, desk.clock.now);
    await desk.events.save(edit(b, changed, { ...steps, action: 'edit' }));
    const { words } = await confirm(address, 'undo');
    expect(words).toContain('2 drafts were removed');
    expect(words).toContain('2 events were kept');
    expect(await found('A')).toBeUndefined();
    expect(await found('D')).toBeUndefined();
    expect((await found('B'))?.title).toBe('Changed');
    expect((await found('C'))?.status).toBe('published');
    expect((await southend.get('/console?status=draft')).words).not.toContain('Event A');
    const trail = await desk.events.audit({ month: '2027-01', limit: 50 });
    expect(trail.items.filter(({ action }) => action === 'withdraw')).toHaveLength(2);
    expect((await southend.get('/console/import')).words).toContain('Undone');
  });

  test('can be followed by importing the same file again', async () => {
    const address = await begun(table(row('A')));
    await confirm(address);
    await confirm(address, 'undo');
    await confirm(await begun(table(row('A'))));
    expect(await found('A')).toMatchObject({ version: 1 });
  });
});

describe('a long import', () => {
  const rows = Array.from({ length: 100 }, (_, at) => row(`L${at}`));
  const pass = (seconds: number) => {
    desk.clock.now = new Date(desk.clock.now.getTime() + seconds * 1000);
  };
  /** A table so slow that a request gets one slice done. */
  const slowDown = () => {
    const { change } = desk.uploads;
    desk.uploads.change = async (upload) => {
      pass(5);
      return change(upload);
    };
  };
  const order = async (address: string) => {
    const { html } = await southend.get(`${address}/confirm`);
    return southend.post(`${address}/confirm`, { revision: revisionIn(html) });
  };

  test('shows how far it is, and goes on by itself', async () => {
    const address = await begun(table(...rows));
    slowDown();
    await order(address);
    const working = await southend.get(address);
    expect(working.words).toContain('80 of 100 rows are done');
    expect(working.headers.refresh).toBe('1');
    expect((await southend.get('/console/import')).words).toContain('Being imported');
    expect((await southend.get(`${address}/confirm`)).location).toBe(address);
    expect((await southend.get(address)).words).toContain('Imported: 100 new');
  });

  test('holds back what it changed until all of it is in, between its pages too', async () => {
    const address = await begun(table(...rows));
    const id = address.split('/').at(-1) ?? '';
    slowDown();
    await order(address);
    pass(100);
    expect((await desk.imports.running([id])).size, 'while the page waits to ask again').toBe(1);
    await southend.get(address);
    expect((await southend.get(address)).words).toContain('Imported: 100 new');
    expect((await desk.imports.running([id])).size, 'once all is in').toBe(0);
  });

  /** What is ordered ends after 50 events were saved. */
  async function stopped(ordered: () => Promise<{ status?: number }>) {
    const { save } = desk.events;
    let left = 50;
    desk.events.save = async (...edit) => {
      if (left-- <= 0) throw new Error('the power is off');
      return save(...edit);
    };
    expect((await ordered()).status).toBe(500);
    desk.events.save = save;
  }

  test('that was stopped in the middle goes on where it was, and knows all that it made', async () => {
    const address = await begun(table(...rows));
    await stopped(() => order(address));
    expect((await southend.get(address)).words, 'somebody may still be at it').toContain('40 of 100');
    pass(60);
    expect((await southend.get(address)).words).toContain('Imported: 100 new');
    expect((await confirm(address, 'undo')).words).toContain('100 drafts were removed');
  });

  test('that was stopped in the middle of changing events says which it changed', async () => {
    await confirm(await begun(table(...rows)));
    pass(60);
    const address = await begun(table(...rows.map((each) => each.replace('Event', 'Talk'))));
    await stopped(() => order(address));
    pass(60);
    expect((await southend.get(address)).words).toContain('Imported: 0 new, 100 changed, 0 as they were');
  });

  test('is worked at by one at a time', async () => {
    const address = await begun(table(...rows));
    const { html } = await southend.get(`${address}/confirm`);
    const send = () => southend.post(`${address}/confirm`, { revision: revisionIn(html) });
    await Promise.all([send(), send(), send()]);
    expect((await southend.get(address)).words).toContain('Imported: 100 new');
    expect((await found('L99'))?.version).toBe(1);
  });
});

describe('a form that is sent again', () => {
  test('imports nothing twice, nor what was repaired or undone meanwhile', async () => {
    const address = await begun(table(row('A'), row('B', { start: 'soon' })));
    const { html } = await southend.get(`${address}/confirm`);
    const send = () => southend.post(`${address}/confirm`, { revision: revisionIn(html) });
    await send();
    await southend.post(`${address}/rows/2`, {
      ...(await cellsOf(southend, `${address}/rows/2`)),
      start: '30/01/2027 10:00',
    });
    await send();
    expect(await found('B')).toBeUndefined();
    expect((await found('A'))?.version).toBe(1);
    await confirm(address, 'undo');
    await send();
    expect(await found('A')).toBeUndefined();
  });
});

describe('an import', () => {
  test('is there for who brought it, and for nobody else', async () => {
    const address = await begun(table(row('A', { start: 'soon' })));
    const supervisor = await desk.as('supervisor');
    for (const path of ['', '/confirm', '/undo', '/broken.csv', '/rows/1'])
      expect((await supervisor.get(`${address}${path}`)).status).toBe(404);
    for (const path of ['/confirm', '/undo', '/rows/1'])
      expect((await supervisor.post(`${address}${path}`, { revision: '1', title: 'x' })).status).toBe(404);
    expect((await supervisor.get('/console/import')).words).not.toContain('week.csv');
    expect((await southend.get('/console/import')).words).toContain('week.csv');
    expect((await southend.get('/console/import/nonsense')).status).toBe(404);
  });

  test('by somebody who lost the district meanwhile fails row by row', async () => {
    const address = await begun(table(row('A')));
    const { html } = await southend.get(`${address}/confirm`);
    desk.people.set('southend', { sub: 'sub-southend', name: 'x', groups: ['officer', 'district:basildon'] });
    desk.clock.now = new Date(desk.clock.now.getTime() + 10 * 60_000);
    await southend.post(`${address}/confirm`, { revision: revisionIn(html) });
    expect(await found('A')).toBeUndefined();
    expect((await southend.get(address)).words).toContain('is not a district of yours');
  });

  test('is gone after a week', async () => {
    const address = await begun(table(row('A')));
    desk.clock.now = new Date(desk.clock.now.getTime() + 7 * 86_400_000);
    expect((await (await desk.as('southend')).get(address)).status).toBe(404);
  });

  test('shows and hands out whatever is in its cells without harm', async () => {
    const evil = '=HYPERLINK(1)<script>alert(1)</script>';
    const address = await begun([columns, columns.map(() => evil)].map((cells) => cells.join()).join('\n'), {
      name: `${evil}.csv`,
    });
    for (const path of ['', '/rows/1'])
      expect((await southend.get(`${address}${path}`)).html).not.toContain('<script>alert');
    expect((await southend.get('/console/import')).html).not.toContain('<script>alert');
    const { html } = await southend.get(`${address}/broken.csv`);
    expect(html).not.toMatch(/(^|,|")=HYPERLINK/m);
    expect(html).toContain("'=HYPERLINK");
    expect((await bring(`externalId,${evil}`)).html).not.toContain('<script>alert');
    // Brought again it says what it said at first.
    const again = await begun(html);
    expect((await southend.get(again)).words).not.toContain("'=HYPER");
  });

  test('in a force that wants a second person publishes nothing', async () => {
    desk = someConsole({ now: '2027-01-05T12:00:00Z', force: twoPersonForce });
    southend = await desk.as('southend');
    const address = await begun(table(row('A', { publish: 'yes' })));
    expect((await southend.get(`${address}/confirm`)).words).toContain('until a supervisor approves them');
    await confirm(address);
    expect((await found('A'))?.status).toBe('draft');
  });
});

/** What the form of a row holds. */
const cellsOf = async (who: Person, address: string) =>
  fieldsIn((await who.get(address)).html, '/console/import/');
