import { healthStore } from '../../shared/bulletins/health-store.ts';
import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { log } from '../../shared/runtime/log.ts';
import { count } from '../../shared/runtime/metric.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { receipts } from './receipts.ts';

const table = openTable(readSettings(process.env, 'TABLE_NAME').TABLE_NAME);
const now = () => new Date();

export const handler = receipts({
  notices: noticeStore(table),
  subscribers: subscriberStore({ table, now }),
  health: healthStore({ table, now }),
  paused(bulletin) {
    log.error('a bulletin is paused: too many bounces or complaints', { bulletin });
    count('BulletinsPaused', now());
  },
});
