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

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A date as a language writes it. */
export function dateWords(local: LocalTime, locale: string, form: keyof typeof forms): string {
  const key = `${locale} ${form}`;
  const formatter =
    formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...forms[form], timeZone: 'UTC' });
  formatters.set(key, formatter);
  return formatter.format(new Date(`${local.slice(0, 10)}T12:00Z`)).replaceAll(',', '');
}
