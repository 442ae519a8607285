import type { KnownVenue } from '../../../shared/desk/venue-book.ts';
import type { Event } from '../../../shared/events/event.ts';
import { accessFacts, audiences, kinds } from '../../../shared/events/event-terms.ts';
import { toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { hasEnded } from '../../../shared/force/succession.ts';
import type { Officer } from '../../../shared/identity/officer.ts';
import { english } from '../../../shared/words/english.ts';
import { repeats as ruleWords } from '../../../shared/words/repeats.ts';
import { audienceWords } from '../events/status-words.ts';
import type { Values } from './values.ts';

const repeatWords = {
  '': 'It does not repeat',
  daily: 'Every day',
  weekly: 'Every week',
  fortnightly: 'Every other week',
  'monthly-on-date': 'Every month, on the same date',
  'monthly-on-weekday': 'Every month, on the same weekday, such as the second Tuesday',
  'monthly-on-last-weekday': 'Every month, on the last such weekday',
};
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Setting = { force: Force; officer: Officer; now: Date; venues: KnownVenue[]; before?: Event };

/** What can be chosen in the form, with what is chosen. */
export function choicesOf(values: Values, { force, officer, now, venues, before }: Setting) {
  const today = toLocalDate(now, force.timeZone);
  const mine = force.districts.filter(
    (district) =>
      officer.districts.includes(district.id) &&
      (values.districts.includes(district.id) || !hasEnded(district, today)),
  );
  const teams = force.teams.filter(
    ({ id, districts }) => id === values.team || districts.some((each) => officer.districts.includes(each)),
  );
  return {
    kinds: select(values.kind, [['', 'Choose'], ...kinds.map((kind) => pair(kind, english.kinds[kind]))]),
    audiences: audiences.map((value) => ({
      value,
      text: audienceWords[value],
      checked: values.audience === value,
    })),
    districts: mine.map(({ id, name }) => ticked(values.districts, id, name)),
    teams: select(values.team, [['', 'Choose'], ...teams.map(({ id, name }) => pair(id, name))]),
    campaigns: select(values.campaign, [
      ['', 'None'],
      ...force.campaigns
        .filter(({ id, to }) => to >= today || id === values.campaign)
        .map(({ id, name }) => pair(id, name)),
    ]),
    access: accessFacts.map((fact) => ticked(values.access, fact, english.access[fact])),
    venues: [
      { value: '', text: 'Choose a place' },
      ...venues.map(({ key, name, postcode }) => ({
        value: key,
        text: [name, postcode].filter(Boolean).join(', '),
      })),
    ],
    repeats: select(values.repeat, [
      ...Object.entries(repeatWords),
      ...(before?.recurrence && values.repeat === 'as-it-is'
        ? [pair('as-it-is', `As it is: ${ruleWords(before.recurrence.rrule, before, english)}`)]
        : []),
    ]),
    days: days.map((name, place) => ticked(values.on, String(place), name)),
  };
}

const pair = (value: string, text: string): [string, string] => [value, text];
const select = (chosen: string, options: [string, string][]) =>
  options.map(([value, text]) => ({ value, text, selected: value === chosen }));
const ticked = (chosen: string[], value: string, text: string) => ({
  value,
  text,
  checked: chosen.includes(value),
});
