import { beforeEach, expect, test } from 'vitest';
import { aDraft, anEvent } from '../../support/an-event.ts';
import { fieldsIn } from './fields-in.ts';
import { someConsole } from './some-console.ts';
import { toldOf } from './told-of.ts';

let desk: ReturnType<typeof someConsole>;
let southend: Awaited<ReturnType<typeof desk.as>>;
beforeEach(async () => {
  desk = someConsole();
  southend = await desk.as('southend');
});
const at = '/console/events/open-day/edit';
const event = () => desk.events.get('open-day');
const moved = async (fields: Record<string, string> = { from: '11:00' }) =>
  southend.post(at, { ...fieldsIn((await southend.get(at)).html), ...fields });

test('who moves an event sees first who is told and what they will read, and says why', async () => {
  await toldOf(desk, anEvent(), ['email', 'sms']);
  const asked = await moved();
  expect(asked.words).toContain('Tell residents that this event moves? Nothing is saved yet.');
  expect(asked.words).toContain(
    'An email to 1 person and a text to 1 person go out in the next few minutes.',
  );
  expect(asked.words).toContain('This event has moved from 10:00 to 11:00 on Saturday 30 January 2027.');
  expect((await event())?.version).toBe(2);

  const unsaid = await southend.post(at, fieldsIn(asked.html));
  expect(unsaid.status).toBe(422);
  expect(unsaid.words).toContain('There is a problem Say why');

  const moveReason = 'The hall opens later';
  const looked = await southend.post(at, { ...fieldsIn(unsaid.html), moveReason, look: 'yes' });
  expect(looked.words).toContain('Reason: The hall opens later.');
  expect((await event())?.version).toBe(2);

  const done = await southend.post(at, { ...fieldsIn(looked.html), moveReason });
  expect(done.location).toBe('/console/events/open-day/done?version=3');
  expect(await event()).toMatchObject({ start: '2027-01-30T11:00', reason: moveReason, status: 'published' });
  const { words } = await southend.get(done.location);
  expect(words).toContain('It is moved');
  expect(words).toContain('An email to 1 person and a text to 1 person go out');
});

test('nothing else that was typed is lost on the way', async () => {
  await desk.given(
    anEvent({ partners: ['One', 'Two'], venue: { name: 'Hall', access: ['bsl', 'parking'] } }),
  );
  const asked = await moved({ from: '11:00', summary: '"Quoted" & <b>' });
  await southend.post(at, { ...fieldsIn(asked.html), moveReason: 'Later' });
  expect(await event()).toMatchObject({
    summary: '"Quoted" & <b>',
    partners: ['One', 'Two'],
    venue: { name: 'Hall', access: ['bsl', 'parking'] },
  });
});

test('a word mended, and a draft moved, tell nobody and ask nothing', async () => {
  await toldOf(desk, anEvent());
  expect((await moved({ title: 'Open day' })).status).toBe(303);
  await desk.given(aDraft({}, 'draft'));
  const draft = fieldsIn((await southend.get('/console/events/draft/edit')).html);
  const saved = await southend.post('/console/events/draft/edit', { ...draft, from: '11:00' });
  expect(saved.status).toBe(303);
});

test('who takes an event from the public reads that those who were told get a cancellation', async () => {
  await toldOf(desk, anEvent());
  const asked = await moved({ audience: 'internal' });
  expect(asked.words).toContain('Take this event from residents?');
  expect(asked.words).toContain('This event has been cancelled.');
  expect(asked.html).not.toContain('name="moveReason"');
  await southend.post(at, fieldsIn(asked.html));
  expect(await event()).toMatchObject({ audience: 'internal' });
});

test('who shows an event of colleagues to all is told that it is news', async () => {
  await desk.given(anEvent({ audience: 'internal' }));
  expect((await moved({ audience: 'public' })).words).toContain('Show this event to residents?');
  expect((await event())?.audience).toBe('internal');
});
