import { edit, revised } from '../../../../shared/events/edit-event.ts';
import { aDraft, anEvent, inputOf } from '../../../support/an-event.ts';
import { twoPersonForce } from '../../../support/two-person-force.ts';
import { type Looked, press } from '../opened.ts';
import { someConsole } from '../some-console.ts';
import { toldOf } from '../told-of.ts';

const at = '/console/events';

/** Publishing, calling off and moving, where one person is enough. */
export async function publishPages(): Promise<Looked> {
  const desk = someConsole();
  await toldOf(desk, anEvent({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' } }), ['email', 'sms']);
  await desk.given(aDraft({}, 'draft'), anEvent({}, 'single'), anEvent({}, 'other'));
  desk.money.news = 0;
  return {
    desk,
    by: [
      [
        'southend',
        {
          publish: { address: `${at}/draft/publish` },
          published: { address: `${at}/draft/publish`, act: (page) => press(page, 'Publish now') },
          postpone: { address: `${at}/open-day/postpone` },
          'postpone-fault': {
            address: `${at}/open-day/postpone`,
            act: (page) => press(page, 'Postpone the event'),
          },
          cancel: { address: `${at}/open-day/cancel` },
          'cancel-date': {
            address: `${at}/open-day/cancel?date=2027-02-06T10:00`,
            act: async (page) => {
              await page.getByLabel('This date and all that follow').check();
              await page.getByLabel('Why?').fill('The hall is flooded');
              await press(page, 'See what people will read first');
            },
          },
          'cancel-fault': {
            address: `${at}/open-day/cancel?date=2027-02-06T10:00`,
            act: (page) => press(page, 'Cancel the date'),
          },
          cancelled: {
            address: `${at}/other/cancel`,
            act: async (page) => {
              await page.getByLabel('Why?').fill('The hall is flooded');
              await press(page, 'Cancel the event');
            },
          },
          move: {
            address: `${at}/single/edit`,
            act: async (page) => {
              await page.locator('#from').fill('11:00');
              await press(page, 'Save changes');
              await page.getByRole('heading', { name: 'Tell residents that this event moves?' }).waitFor();
            },
          },
          'move-fault': {
            address: `${at}/open-day/edit`,
            act: async (page) => {
              await page.locator('#from').fill('11:00');
              await press(page, 'Save changes');
              await press(page, 'Save and tell them');
              await page.getByRole('alert').waitFor();
            },
          },
          withdraw: {
            address: `${at}/open-day/edit`,
            act: async (page) => {
              await page.getByRole('radio', { name: 'Colleagues only' }).check();
              await press(page, 'Save changes');
              await page.getByRole('heading', { name: 'Take this event from residents?' }).waitFor();
            },
          },
        },
      ],
      ['supervisor', { 'waiting-never': { address: '/console/waiting' } }],
    ],
  };
}

/** Submitting, approving and returning, where a second person is wanted. */
export async function approvalPages(): Promise<Looked> {
  const desk = someConsole({ force: twoPersonForce });
  const { now, newId } = desk;
  const draft = aDraft({ title: 'W'.repeat(80), description: `${'x'.repeat(200)}\nmore` }, 'draft');
  await desk.given(draft, aDraft({}, 'other'), aDraft({ audience: 'internal' }, 'among-us'));
  return {
    desk,
    by: [
      ['supervisor', { 'waiting-none': { address: '/console/waiting' } }],
      [
        'southend',
        {
          'publish-submit': { address: `${at}/draft/publish` },
          'publish-waits': {
            address: `${at}/draft/publish`,
            act: (page) => press(page, 'Submit for approval'),
          },
          'publish-internal': { address: `${at}/among-us/publish` },
        },
      ],
      [
        'supervisor',
        {
          waiting: { address: '/console/waiting' },
          'publish-approve': { address: `${at}/draft/publish` },
          'return-fault': {
            address: `${at}/draft/publish`,
            act: (page) => press(page, 'Return with this note'),
          },
          'publish-stale': {
            address: `${at}/other/publish`,
            act: async (page) => {
              const before = aDraft({}, 'other');
              const after = revised(before, inputOf({ title: 'Theirs' }), now());
              const by = { id: 'x', name: 'Sergeant Other' };
              await desk.events.save(edit(before, after, { by, action: 'edit', now: now(), newId }));
              await press(page, 'Approve and publish');
              await page.getByText('Nothing was done').waitFor();
            },
          },
          returned: {
            address: `${at}/draft/publish`,
            act: async (page) => {
              await page
                .getByLabel('Or return it: what should change?')
                .fill(`${'W'.repeat(90)}\nWhich door?`);
              await press(page, 'Return with this note');
              await page.goto(`${at}/draft/publish`);
              await page.getByText('Which door?').waitFor();
            },
          },
        },
      ],
    ],
  };
}
