import { anEvent } from '../../../support/an-event.ts';
import { type Looked, press } from '../opened.ts';
import { someConsole } from '../some-console.ts';
import { write } from './event-pages.ts';

/** The way in, the way out, and what stands between. */
export async function wayInPages(): Promise<Looked> {
  const desk = someConsole();
  await desk.given(anEvent());
  return {
    desk,
    by: [
      [
        'basildon',
        {
          'events-nothing-yet': { address: '/console' },
          'sign-in-failed': { address: '/console/callback?code=x&state=y' },
          'signed-out': { address: '/console/signed-out' },
          'send-again': {
            address: '/console/events/new',
            act: async (page) => {
              await write(page);
              desk.people.delete('basildon');
              desk.clock.now = new Date(desk.clock.now.getTime() + 6 * 60_000);
              await press(page, 'Save draft');
              await page.getByRole('heading', { name: 'You have been signed out' }).waitFor();
            },
          },
        },
      ],
    ],
  };
}
