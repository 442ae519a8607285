import { eventReads } from '../../shared/events/event-reads.ts';
import { openTable } from '../../shared/table/table.ts';

/** The real events. */
export const openEvents = (tableName: string) => eventReads(openTable(tableName));
