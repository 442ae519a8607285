import { eventReads } from '../../shared/events/event-reads.ts';
import { quickReads } from '../../shared/table/quick-reads.ts';

/** The real events. */
export const openEvents = (tableName: string, now: () => Date) =>
  eventReads(quickReads(tableName, { environment: process.env, now }));
