import type { Invalid } from '../runtime/errors.ts';

type Wording = { other: string; [field: string]: string };

/**
 * Faults as a form shows them: a summary whose lines lead to their fields, and each field's own words.
 * @param fields where the field of a form is not named as the member at fault
 */
export function formErrors(invalid: Invalid, words: Wording, fields: Record<string, string> = {}) {
  const named = invalid.faults.map(({ pointer }) => fields[pointer] ?? pointer.split('/')[1] ?? 'other');
  const unique = [...new Set(named)];
  const wording = (field: string) => words[field] ?? words.other;
  return {
    errors: unique.map((field) => ({ text: wording(field), href: `#${field}` })),
    fieldErrors: Object.fromEntries(unique.map((field) => [field, { text: wording(field) }])),
  };
}
