import type { Row } from './row.ts';
import { rendering } from './site-rendering.ts';
import { starting } from './site-starting.ts';

export const bench = async (): Promise<Row[]> => [...(await rendering()), ...(await starting())];
