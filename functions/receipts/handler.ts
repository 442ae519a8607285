import { noticeStore } from '../../shared/bulletins/notice-store.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { subscriberStore } from '../../shared/subscriptions/subscriber-store.ts';
import { openTable } from '../../shared/table/table.ts';
import { receipts } from './receipts.ts';

const table = openTable(readSettings(process.env, 'TABLE_NAME').TABLE_NAME);

export const handler = receipts({
  notices: noticeStore(table),
  subscribers: subscriberStore({ table, now: () => new Date() }),
});
