import type { LocalTime } from '../events/zone-time.ts';

const forms = {
  /** `Tuesday 26 January 2027` */
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** `26 January 2027` */
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  /** `Tue 26 Jan` */
  brief: { weekday: 'short', day: 'numeric', month: 'short' },
  /** `Tuesday` */
  weekday: { weekday: 'long' },
  /** `Tue` */
  shortWeekday: { weekday: 'short' },
  /** `January 2027` */
  month: { month: 'long', year: 'numeric' },
} as const;

type Form = { formatter: Intl.DateTimeFormat; words: Map<string, string> };

/** What was written of late: a page asks for the same days again and again, and each takes longer than its line. */
const kept = new Map<string, Form>();
const MOST_KEPT = 1_000;

/** A date as a language writes it. */
export function dateWords(local: LocalTime, locale: string, form: keyof typeof forms): string {
  const { formatter, words } = formOf(locale, form);
  const date = local.slice(0, 10);
  let written = words.get(date);
  if (written === undefined) {
    written = formatter.format(new Date(`${date}T12:00Z`)).replaceAll(',', '');
    if (words.size >= MOST_KEPT) words.clear();
    words.set(date, written);
  }
  return written;
}

function formOf(locale: string, form: keyof typeof forms): Form {
  const key = `${locale} ${form}`;
  const known = kept.get(key);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat(locale, { ...forms[form], timeZone: 'UTC' });
  const made = { formatter, words: new Map() };
  kept.set(key, made);
  return made;
}
