import { readFileSync } from 'node:fs';
import { readForce } from '../../shared/force/read-force.ts';

const file = new URL('../../shared/force/essex.json', import.meta.url);

export const essex = readForce(file);
/** Its file, before anybody has checked it. */
export const essexFile = JSON.parse(readFileSync(file, 'utf8'));
