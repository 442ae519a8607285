import { isDeepStrictEqual } from 'node:util';

/** Whatever the order of members, and whether what is absent is named. */
export const saysTheSame = (one: unknown, other: unknown) => isDeepStrictEqual(plain(one), plain(other));

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null));
