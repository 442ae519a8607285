import type { HttpResponse } from '../http/response.ts';

/** A CSV file (RFC 4180) whose cells no spreadsheet takes for a formula. */
export const csv = (rows: (string | number)[][]) =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** A CSV file to be saved under a name. */
export const csvFile = (
  name: string,
  rows: (string | number)[][],
  headers: Record<string, string> = {},
): HttpResponse => ({
  status: 200,
  headers: {
    ...headers,
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': 'no-store',
  },
  body: csv(rows),
});

/** The same for people: Excel on Windows reads it as UTF-8 only when it begins with the mark of that. */
export function spreadsheetFile(name: string, rows: (string | number)[][]): HttpResponse {
  const file = csvFile(name, rows);
  return { ...file, body: `\ufeff${file.body}` };
}

/**
 * Wide forms of the signs, which some spreadsheets read as the signs themselves, and blanks before them are no way round.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]|^[\t\r\n]/;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
