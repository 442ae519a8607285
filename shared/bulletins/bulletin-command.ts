import * as z from 'zod';
import { readSettings } from '../runtime/settings.ts';
import { openTable } from '../table/table.ts';
import { healthStore } from './health-store.ts';

/**
 * `TABLE_NAME=… npm run bulletin -- show|resume|drop <id>`, with an operator's own AWS credentials: what became of a
 * bulletin that was paused for its bounces or complaints. Its chunks look again every quarter of an hour.
 */
const asked = z
  .tuple([z.enum(['show', 'resume', 'drop']), z.string().min(1)])
  .safeParse(process.argv.slice(2));
if (!asked.success) {
  console.error('npm run bulletin -- show|resume|drop <id>');
  process.exit(2);
}
const [action, id] = asked.data;
const table = openTable(readSettings(process.env, 'TABLE_NAME').TABLE_NAME);
const health = healthStore({ table, now: () => new Date() });
if (action !== 'show') await health.decide(id, action === 'resume' ? 'resumed' : 'dropped');
console.log(JSON.stringify({ bulletin: id, ...(await health.health(id)) }));
