import { readFileSync } from 'node:fs';
import { forceOf } from './force.ts';
import { parseForceFile } from './force-file.ts';

/**
 * The force of a file that nobody has checked.
 * @throws ForceFileInvalid
 */
export const parseForce = (json: unknown) => forceOf(parseForceFile(json));

/**
 * Reads a force's file.
 * @throws ForceFileInvalid
 */
export const readForce = (file: URL | string) => parseForce(JSON.parse(readFileSync(file, 'utf8')));
