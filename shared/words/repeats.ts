import { ruleParts } from '../events/recurrence-rule.ts';
import { untilDate } from '../events/repetition.ts';
import { type Rhythm, rhythmOf } from '../events/rhythm.ts';
import type { LocalTime } from '../events/zone-time.ts';
import { dateWords } from './date-words.ts';
import { english, type Nth, type Words } from './english.ts';
import { listed } from './listed.ts';

type Series = { start: LocalTime; timeZone?: string };

/** When a rule has an event again: `every other Tuesday until 20 July 2027`. */
export function repeats(rrule: string, { start, timeZone }: Series, words: Words = english): string {
  const rule = new Map(ruleParts(rrule));
  const rhythm = rhythmOf(rule, start);
  const until = rule.get('UNTIL');
  const count = rule.get('COUNT');
  const end = until
    ? words.repeats.until(dateWords(untilDate(until, start, timeZone), words.locale, 'date'))
    : count
      ? words.repeats.times(Number(count))
      : '';
  return (rhythm ? rhythmWords(rhythm, words) : words.repeats.otherwise) + end;
}

function rhythmWords(rhythm: Rhythm, words: Words): string {
  const { repeats: say, locale } = words;
  const { unit, every } = rhythm;
  if (unit === 'day') return say.days(every);
  if (unit === 'year') return say.years(every);
  if (unit === 'week') {
    if (every === 1 && rhythm.on.join() === '0,1,2,3,4') return say.workdays;
    return say.weeks(
      every,
      listed(
        rhythm.on.map((day) => weekdayName(day, locale)),
        words.and,
      ),
    );
  }
  if ('nth' in rhythm) return say.weekdays(every, rhythm.nth as Nth, weekdayName(rhythm.on, locale));
  return say.dates(every, rhythm.date);
}

/** 0 for Monday: 4 January 2027 was one. */
const weekdayName = (day: number, locale: string) => dateWords(`2027-01-0${4 + day}`, locale, 'weekday');
