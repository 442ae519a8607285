import type { AuditedLine } from './audit.ts';

/** Who did what as a table: a row for each member that changed, or one where none did. */
export const auditRows = (lines: AuditedLine[]): (string | number)[][] => [
  [
    'at',
    'officer id',
    'officer',
    'action',
    'event',
    'title',
    'version',
    'member',
    'before',
    'after',
    'notes',
    'bulletins',
    'emails',
    'texts',
  ],
  ...lines.flatMap((line) => {
    const { at, by, action, event, version, notes = '', bulletins } = line;
    const told = [
      bulletins.map(({ id, district, what }) => `${district} ${what} ${id}`).join('; '),
      bulletins.reduce((sum, { email }) => sum + email, 0),
      bulletins.reduce((sum, { sms }) => sum + sms, 0),
    ];
    const changes: AuditedLine['changes'] = line.changes.length ? line.changes : [{ field: '' }];
    return changes.map(({ field, before, after }) => [
      ...[at, by.id, by.name, action, event.id, event.title, version],
      ...[field, textOf(before), textOf(after), notes, ...told],
    ]);
  }),
];

/** A member's value for reading: text as it is, anything else as JSON. */
export const textOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
