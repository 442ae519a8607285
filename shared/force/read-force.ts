import { readFileSync } from 'node:fs';
import { parseForce } from './force.ts';

/**
 * Reads a force's file.
 * @throws ForceFileInvalid
 */
export const readForce = (file: URL | string) => parseForce(JSON.parse(readFileSync(file, 'utf8')));
