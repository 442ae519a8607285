import file from '../../shared/force/essex.json' with { type: 'json' };
import { parseForce } from '../../shared/force/read-force.ts';

/** Essex, if it wanted a second person behind what is published. */
export const twoPersonFile = { ...file, console: { secondPerson: true } };
export const twoPersonForce = parseForce(twoPersonFile);
