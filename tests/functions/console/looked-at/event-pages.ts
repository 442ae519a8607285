import type { Page } from 'playwright-core';
import { cancelled, edit, revised, withOutcome } from '../../../../shared/events/edit-event.ts';
import { aDraft, anEvent, inputOf } from '../../../support/an-event.ts';
import { type Looked, press } from '../opened.ts';
import { someConsole } from '../some-console.ts';

/** Fills in what an event needs. */
export const write = async (page: Page, title = 'Coffee with a copper') => {
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Kind').selectOption('street-meet');
  await page.getByLabel('Date', { exact: true }).fill('2027-02-02');
  await page.getByLabel('From').fill('10:00');
  await page.getByLabel('Until', { exact: true }).fill('11:30');
};

const at = '/console/events';

/** The list, an event, and the form that it is written in. */
export async function eventPages(): Promise<Looked> {
  const desk = someConsole();
  const { now, newId } = desk;
  const recurrence = { rrule: 'FREQ=WEEKLY;COUNT=12', exceptions: [], overrides: [] };
  const draft = aDraft({ summary: 'W'.repeat(60) }, 'draft');
  const off = anEvent({ title: 'Bike marking' }, 'off');
  await desk.given(
    anEvent({ recurrence, audience: 'internal' }),
    draft,
    anEvent({ title: 'W'.repeat(80) }, 'long'),
    off,
    withOutcome(
      anEvent({ start: '2027-01-09T10:00', end: '2027-01-09T12:00' }, 'over'),
      { raised: 'Cars race.\nAt night.', did: 'We check.', isPublished: true },
      now(),
    ),
    anEvent({ districts: ['southend', 'basildon'] }, 'shared'),
    aDraft({ districts: ['basildon'], team: 'basildon-cpt' }, 'theirs'),
  );
  await desk.events.save(
    edit(off, cancelled(off, 'The hall is flooded', now()), {
      by: { id: 'x', name: 'Sergeant Other' },
      action: 'cancel',
      now: now(),
      newId,
    }),
  );
  await desk.venues.learn(draft);
  return {
    desk,
    by: [
      [
        'southend',
        {
          events: { address: '/console' },
          'events-none': { address: '/console?words=nothing+like+this' },
          event: { address: `${at}/open-day` },
          'event-long': { address: `${at}/long` },
          'event-off': { address: `${at}/off` },
          'event-over': { address: `${at}/over` },
          'event-shared': { address: `${at}/shared` },
          'event-saved': { address: `${at}/draft?saved=yes` },
          new: { address: `${at}/new` },
          copy: { address: `${at}/open-day/copy` },
          'new-faults': {
            address: `${at}/new`,
            act: (page) => press(page, 'Save draft'),
          },
          'new-dates': {
            address: `${at}/new`,
            act: async (page) => {
              await write(page);
              await page.getByText('It repeats, or goes on for several days').click();
              await page.getByLabel('How often?').selectOption('fortnightly');
              await press(page, 'Show the dates it makes');
            },
          },
          'new-school': {
            address: `${at}/new`,
            act: async (page) => {
              await page.getByLabel('Kind').selectOption('school-visit');
              await page.getByRole('radio', { name: 'Everybody' }).check();
              await page.getByText('Campaign, partners, booking, contact, survey').click();
            },
          },
          edit: { address: `${at}/open-day/edit` },
          'edit-told': { address: `${at}/long/edit` },
          'edit-stale': {
            address: `${at}/draft/edit`,
            act: async (page) => {
              const after = revised(draft, inputOf({ summary: 'Theirs', capacity: 50 }), now());
              const by = { id: 'x', name: 'Sergeant Other' };
              await desk.events.save(edit(draft, after, { by, action: 'edit', now: now(), newId }));
              await page.getByLabel('In one sentence').fill('Mine');
              await press(page, 'Save draft');
              await page.getByText('Sergeant Other changed').waitFor();
            },
          },
          date: { address: `${at}/open-day/dates/2027-02-06T10:00` },
          'date-fault': {
            address: `${at}/open-day/dates/2027-02-06T10:00`,
            act: async (page) => {
              await page.getByLabel('Title').fill('');
              await press(page, 'Save changes');
            },
          },
          dates: { address: `${at}/open-day/dates` },
          'not-found': { address: `${at}/nothing` },
          'not-mine': { address: '/console/audit' },
          'not-now': { address: `${at}/draft/outcome` },
        },
      ],
      ['supervisor', { 'events-of-all': { address: '/console' } }],
    ],
  };
}
