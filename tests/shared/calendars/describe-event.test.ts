import { expect, test } from 'vitest';
import { descriptionOf } from '../../../shared/calendars/describe-event.ts';
import { anEvent } from '../../support/an-event.ts';

const summary = 'Come and see the cells.';

test.each([
  ['alone', '', [summary]],
  ['before what says more', 'Bring your children.', [summary, 'Bring your children.']],
  ['where that begins with it', `${summary} Bring your children.`, [`${summary} Bring your children.`]],
  ['where that is all it says', summary, [summary]],
])('the summary stands once in a calendar: %s', (_, description, paragraphs) => {
  const said = descriptionOf(anEvent({ summary, description }), 'https://events.example/events/open-day');
  expect(said.split('\n\n').slice(0, -2)).toEqual(paragraphs);
});
