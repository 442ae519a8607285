import { assembling } from './calendars-assembling.ts';
import { latency } from './calendars-latency.ts';
import { rebuilding } from './calendars-rebuilding.ts';
import { serving } from './calendars-serving.ts';
import type { Row } from './row.ts';

export const bench = async (): Promise<Row[]> => [
  ...(await assembling()),
  ...(await rebuilding()),
  ...(await serving()),
  ...(await latency()),
];
