import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const isThere = spawnSync('khal', ['--version']).status === 0;
const golden = new URL('../../golden/calendars/', import.meta.url).pathname;

describe.skipIf(!isThere)('khal, a desktop calendar (skipped where it is not installed)', () => {
  it('reads every sample calendar', () => {
    const folder = mkdtempSync(join(tmpdir(), 'streetmeet-khal-'));
    try {
      const config = join(folder, 'config');
      const locale = 'timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n';
      const formats = 'datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n';
      writeFileSync(
        config,
        `[calendars]\n[[it]]\npath = ${folder}/it\n[sqlite]\npath = ${folder}/db\n[locale]\n${locale}${formats}default_timezone = Europe/London\nlocal_timezone = Europe/London\n`,
      );
      const khal = (...words: string[]) =>
        execFileSync('khal', ['-c', config, ...words], {
          encoding: 'utf8',
          env: { ...process.env, LC_ALL: 'C.UTF-8' },
        });
      for (const file of globSync('*.ics', { cwd: golden }).filter((name) => !name.includes('.google')))
        khal('import', '--batch', '-a', 'it', join(golden, file));
      const list = khal('list', '--format', '{start} {title}', '2027-01-01', '2028-12-31');
      expect(list).toContain('2027-01-30 10:00 Southend Police Station open day');
      expect(list).toContain('CANCELLED: Southend Police Station open day');
      expect(list).toContain('2027-03-19 14:00 Moved to Friday');
      expect(list).toContain('2027-03-28 02:30 Night patrol');
      expect(list).not.toContain('2027-03-25 10:00');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
