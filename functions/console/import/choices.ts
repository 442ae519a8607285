import { audiences, kinds } from '../../../shared/events/event-terms.ts';
import type { Force } from '../../../shared/force/force.ts';
import type { Officer } from '../../../shared/identity/officer.ts';
import type { Cells } from '../../../shared/imports/read-csv.ts';
import { english } from '../../../shared/words/english.ts';
import { audienceWords } from '../events/status-words.ts';

/** What can be chosen for a cell, with what is chosen; what a cell says that is no choice is not. */
export function choicesFor(cells: Cells, { force, officer }: { force: Force; officer: Officer }) {
  const named = (cells.districts ?? '').split('|').map((each) => each.trim());
  const mine = force.districts.filter(({ id }) => officer.districts.includes(id) || named.includes(id));
  const teams = force.teams.filter(
    ({ id, districts }) => id === cells.team || districts.some((each) => officer.districts.includes(each)),
  );
  const select = (chosen: string | undefined, none: string, options: [string, string][]) =>
    [['', none] as const, ...options].map(([value, text]) => ({
      value,
      text,
      selected: value === (chosen ?? ''),
    }));
  const districts = mine.map(({ id, name }): [string, string] => [id, name]);
  return {
    kind: select(
      cells.kind,
      'Choose',
      kinds.map((kind) => [kind, english.kinds[kind]]),
    ),
    district: select(cells.districts, 'Choose', districts),
    districts: districts.map(([value, text]) => ({ value, text, checked: named.includes(value) })),
    team: select(
      cells.team,
      'Choose',
      teams.map(({ id, name }) => [id, name]),
    ),
    campaign: select(
      cells.campaign,
      'None',
      force.campaigns.map(({ id, name }) => [id, name]),
    ),
    audience: select(
      cells.audience,
      'As usual for its kind',
      audiences.map((audience) => [audience, audienceWords[audience]]),
    ),
    allDay: yesOrNo(cells.allDay),
    publish: yesOrNo(cells.publish),
  };
}

const yesOrNo = (cell = '') =>
  ['no', 'yes'].map((value) => ({
    value,
    text: value === 'yes' ? 'Yes' : 'No',
    selected: /^(yes|y|true|1)$/i.test(cell) === (value === 'yes'),
  }));
