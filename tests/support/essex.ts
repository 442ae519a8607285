import { readForce } from '../../shared/force/read-force.ts';

export const essex = readForce(new URL('../../shared/force/essex.json', import.meta.url));
