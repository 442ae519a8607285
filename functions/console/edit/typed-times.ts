/** `2027-01-30` of what was typed: by a date picker, or as people write it, `30/1/2027`; else as it was. */
export function typedDate(typed: string): string {
  const [, day = '', month = '', year] = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(typed) ?? [];
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed;
}

/** `19:30` of what was typed: by a time picker, or as people write it, `7.30pm`; else as it was. */
export function typedTime(typed: string): string {
  const [, hour, minute = '00', half] = /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?$/i.exec(typed) ?? [];
  if (hour === undefined) return typed;
  const isLate = half?.toLowerCase() === 'pm';
  const hours = half ? (Number(hour) % 12) + (isLate ? 12 : 0) : Number(hour);
  return `${String(hours).padStart(2, '0')}:${minute}`;
}
