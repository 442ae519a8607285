import { type Looked, press } from '../opened.ts';
import { someConsole } from '../some-console.ts';

const rows = [
  'externalId,title,kind,districts,team,start,end,publish',
  'A,Open day,open-day,southend,southend-cpt,2027-01-30T10:00,2027-01-30T15:00,yes',
  `B,${'W'.repeat(80)},talk,southend,southend-cpt,01/02/2027 10:00,01/02/2027 11:00,no`,
  `C,Talk,${'fancy-'.repeat(20)}dress,southend,southend-cpt,31/02/2027 10:00,2027-02-01T11:00,no`,
];
const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//x//EN',
  'BEGIN:VEVENT',
  'UID:one',
  'DTSTAMP:20270101T000000Z',
  'DTSTART:20270201T100000Z',
  'DTEND:20270201T110000Z',
  'SUMMARY:Talk',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

/** A file from its choice to its undoing. */
export async function importPages(): Promise<Looked> {
  const desk = someConsole({ now: '2027-01-05T12:00:00Z' });
  const southend = await desk.as('southend');
  const bring = async (text: string, name = 'week.csv') =>
    (await southend.post('/console/import', {}, { files: { file: new File([text], name) } })).location;
  const again = (letter: string) => rows.join('\n').replace(/^([ABC]),/gm, `${letter}$1,`);
  const open = await bring(rows.join('\n'));
  const done = await bring(again('D'));
  await southend.post(`${done}/confirm`, { revision: '1' });
  const undone = await bring(again('E'));
  await southend.post(`${undone}/confirm`, { revision: '1' });
  const { html } = await southend.get(`${undone}/undo`);
  await southend.post(`${undone}/undo`, { revision: /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '' });
  const working = await bring(again('F'));
  const kept = await desk.uploads.find(working.split('/').at(-1) ?? '', desk.now());
  if (kept)
    await desk.uploads.change({ ...kept.upload, stage: 'importing', busyUntil: '2027-01-05T12:00:30Z' });
  const ics = await bring(calendar, 'week.ics');
  return {
    desk,
    by: [
      ['supervisor', { 'import-first': { address: '/console/import' } }],
      [
        'southend',
        {
          import: { address: '/console/import' },
          'import-no-file': { address: '/console/import', act: (page) => press(page, 'Look at the file') },
          'import-rows': { address: open },
          'import-broken': { address: `${open}?only=broken` },
          'import-repair': { address: `${open}/rows/3` },
          'import-repair-fault': {
            address: `${open}/rows/3`,
            act: async (page) => {
              await page.getByLabel('Start').fill('soon');
              await press(page, 'Check and keep this row');
            },
          },
          'import-repair-calendar': { address: `${ics}/rows/1` },
          'import-confirm': { address: `${open}/confirm` },
          'import-working': { address: working },
          'import-done': { address: done },
          'import-undo': { address: `${done}/undo` },
          'import-undone': { address: undone },
        },
      ],
    ],
  };
}
