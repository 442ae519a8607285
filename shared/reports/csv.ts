/** A CSV file (RFC 4180) whose cells no spreadsheet takes for a formula. */
export const csv = (rows: (string | number)[][]) =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** @see https://owasp.org/www-community/attacks/CSV_Injection */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
