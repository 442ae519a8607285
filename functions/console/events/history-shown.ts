import type { eventHistory } from '../../../shared/desk/event-history.ts';
import { toLocal } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { clock, longDate } from '../../../shared/words/when.ts';

type Version = Awaited<ReturnType<typeof eventHistory>>[number];

const actionWords: Record<Version['action'], string> = {
  create: 'Made',
  edit: 'Changed',
  publish: 'Published',
  cancel: 'Cancelled',
  postpone: 'Postponed',
  complete: 'Completed',
  outcome: 'What came of it was written',
  withdraw: 'Removed',
};

const toldWords: Record<string, string> = {
  published: 'it is new',
  moved: 'it is moved',
  postponed: 'it is postponed',
  cancelled: 'it is cancelled',
  withdrawn: 'it is off',
};

/** One line of an event's history as an officer reads it: what, who, when, from what to what, and who was told. */
export const historyShown = ({ action, by, at, changes, notes, bulletins }: Version, force: Force) => ({
  what: actionWords[action],
  by: by.name,
  at: instantWords(at, force),
  notes,
  changes:
    action === 'create'
      ? []
      : changes
          .filter(({ field }) => field !== 'publishedAt')
          .map(({ field, before, after }) => ({
            field: fieldWords(field),
            before: valueWords(before),
            after: valueWords(after),
          })),
  told: bulletins.map(
    ({ district, what, email, sms }) =>
      `${force.district.get(district)?.name ?? district} was told that ${toldWords[what] ?? what}: ${email} by email, ${sms} by text`,
  ),
});

/** `Tuesday 5 January 2027, 9:30am` in the zone of the force. */
export function instantWords(instant: string, { timeZone }: Pick<Force, 'timeZone'>) {
  const local = toLocal(new Date(instant), timeZone);
  return `${longDate(local)}, ${clock(local)}`;
}

/** `allDay` as `all day`. */
const fieldWords = (field: string) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A value in one line; nothing where there is none. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, each]) => valueWords(each) !== '')
      .map(([name, each]) =>
        name === 'name' ? valueWords(each) : `${fieldWords(name)}: ${valueWords(each)}`,
      )
      .join('; ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? `${longDate(text)}, ${clock(text)}` : text;
}
