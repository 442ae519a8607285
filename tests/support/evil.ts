import * as z from 'zod';
import { checkedInput } from '../../shared/desk/checked-input.ts';
import { writable } from '../../shared/events/event-input.ts';
import file from '../../shared/force/essex.json' with { type: 'json' };
import { parseForce } from '../../shared/force/read-force.ts';
import { openDay } from './an-event.ts';

/** What somebody might write who wants a reader's browser, or a colleague's spreadsheet, to do something. */
export const evilText = '=1+"\' onload="x()<script>alert(1)</script>';
/** The longest of these that a field takes is written into it. */
const attacks = [
  evilText,
  '=<script>alert(1)</script>',
  '=<b>',
  `https://a.example/?="><script>alert(1)</script>`,
];

/** What no page may hold as it was written. */
export const harm = [/<script>alert/, /<b>/, /\sonload="x/, /(href|src|action)="\s*javascript:/i];

type Schema = {
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
};
type Path = (string | number)[];

/** Every place of an event at which an officer writes text. */
export const writtenFields = leavesOf(z.toJSONSchema(writable, { io: 'input' }) as Schema);

function leavesOf({ type, properties, items, ...rest }: Schema, at: Path = []): Path[] {
  if (properties) return Object.entries(properties).flatMap(([name, each]) => leavesOf(each, [...at, name]));
  if (items) return leavesOf(items, [...at, 0]);
  return type === 'string' && !rest.enum ? [at] : [];
}

/** Essex, if whoever keeps its file meant harm. */
export const evilForce = parseForce({
  ...file,
  force: { ...file.force, name: `Essex ${evilText}` },
  districts: file.districts.map((each) => ({ ...each, name: `${evilText} ${each.name}` })),
  teams: file.teams.map((each) => ({ ...each, name: `${evilText} ${each.name}` })),
  campaigns: file.campaigns.map((each) => ({ ...each, name: `${evilText} ${each.name}` })),
});
const schema = checkedInput(evilForce);

const whole = {
  ...openDay,
  campaign: file.campaigns[0]?.id,
  contact: { name: 'Southend CPT' },
  recurrence: {
    rrule: 'FREQ=WEEKLY;COUNT=3',
    overrides: [{ recurrenceId: '2027-02-06T10:00', venue: { name: 'Hall' } }],
  },
};

function withAt(value: unknown, [first, ...rest]: Path, text: string): unknown {
  if (first === undefined) return text;
  const all = (value ?? (typeof first === 'number' ? [] : {})) as Record<string | number, unknown>;
  const changed = withAt(all[first], rest, text);
  return Array.isArray(all) ? Object.assign([...all], { [first]: changed }) : { ...all, [first]: changed };
}

/** The fields that take none of these attacks, and an event with one in each of the others. */
export function evilInput(tried: string[] = attacks) {
  let input: unknown = whole;
  const refused: string[] = [];
  for (const path of writtenFields) {
    const taken = tried
      .map((text) => withAt(input, path, text))
      .find((next) => schema.safeParse(next).success);
    if (taken) input = taken;
    else refused.push(path.join('/'));
  }
  return { input: schema.parse(input), refused };
}
