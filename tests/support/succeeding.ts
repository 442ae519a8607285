import { readFileSync } from 'node:fs';
import { parseForce } from '../../shared/force/read-force.ts';

const essexFile = JSON.parse(
  readFileSync(new URL('../../shared/force/essex.json', import.meta.url), 'utf8'),
) as { districts: { id: string; to?: string; successor?: string }[] };

/** Essex as a file, with districts that end. */
export const essexWith = (ends: Record<string, { to: string; successor: string }>) => ({
  ...essexFile,
  districts: essexFile.districts.map((district) => ({ ...district, ...ends[district.id] })),
});

/** Essex after Rochford and Castle Point became part of Southend, at the end of March 2028. */
export const succeeding = parseForce(
  essexWith({
    rochford: { to: '2028-03-31', successor: 'southend' },
    'castle-point': { to: '2028-03-31', successor: 'rochford' },
  }),
);
