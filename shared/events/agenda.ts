import type { TableReads } from '../table/table-reads.ts';
import { type Event, isPublic } from './event.ts';
import { agendaOf, agendaSort, SERIES } from './event-keys.ts';
import { type Kind, MAX_DAYS } from './event-terms.ts';
import { occursIn } from './recurrence.ts';
import { toInstant } from './zone-time.ts';

const DAY = 86_400_000;
const FAR = new Date(8.64e15);

export type AgendaQuery = {
  district?: string;
  campaign?: string;
  kind?: Kind;
  /** Events that are not over by then. */
  from?: Date;
  /** Events that start, or a series that takes place, between these. */
  startsFrom?: Date;
  startsBefore?: Date;
  limit: number;
  cursor?: string;
  /** Who looks: residents unless it says otherwise. */
  isVisible?: (event: Event) => boolean;
};

export type AgendaPage = { items: Event[]; cursor?: string };

/** Whether an event belongs on this list. */
export const isListed = (query: AgendaQuery) => (event: Event) => {
  const { campaign, kind, from, startsFrom, startsBefore = FAR, cursor, isVisible = isPublic } = query;
  if (!isVisible(event)) return false;
  if ((kind ?? event.kind) !== event.kind || (campaign ?? event.campaign) !== event.campaign) return false;
  if (cursor !== undefined && agendaSort(event) <= cursor) return false;
  if (event.recurrence) return occursIn(event, startsFrom ?? from ?? new Date(0), startsBefore);
  const starts = toInstant(event.start, event.timeZone);
  if (from && toInstant(event.end, event.timeZone) <= from) return false;
  return starts >= (startsFrom ?? new Date(0)) && starts < startsBefore;
};

/** Events by their first start, a page at a time. */
export const pageOf =
  (table: TableReads) =>
  async (query: AgendaQuery): Promise<AgendaPage> => {
    const belongs = isListed(query);
    const series: Event[] = [];
    for await (const { event } of table.query(seriesOf(query)))
      if (belongs(event as Event)) series.push(event as Event);
    series.sort(byStart);
    const items: Event[] = [];
    const page = () => ({ items, cursor: agendaSort(items.at(-1) as Event) });
    for await (const event of merged(series, table.query(singlesOf(query)))) {
      if (!belongs(event)) continue;
      if (items.length === query.limit) return page();
      items.push(event);
    }
    return { items };
  };

export const byStart = (one: Event, other: Event) => (agendaSort(one) < agendaSort(other) ? -1 : 1);

const seriesOf = ({ district }: AgendaQuery) => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :series)',
  ExpressionAttributeValues: { ':pk': agendaOf(district), ':series': SERIES },
  ConsistentRead: true,
});

/** Keys begin with the start; what is on may have started MAX_DAYS ago. */
function singlesOf({ district, cursor = '', from, startsFrom, startsBefore, limit }: AgendaQuery) {
  const earliest = Math.max(startsFrom?.getTime() ?? 0, from ? from.getTime() - MAX_DAYS * DAY : 0);
  const first = [new Date(earliest).toISOString(), cursor].sort()[1] as string;
  const last = startsBefore?.toISOString() ?? '9';
  return {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    // DynamoDB refuses a span that ends before it begins.
    ExpressionAttributeValues: {
      ':pk': agendaOf(district),
      ':first': first,
      ':last': [first, last].sort()[1],
    },
    ConsistentRead: true,
    Limit: Math.max(limit * 2, 50),
  };
}

/** Both by start, together by start. */
async function* merged(series: Event[], singles: AsyncIterable<Record<string, unknown>>) {
  const waiting = series.values();
  let next = waiting.next().value;
  for await (const item of singles) {
    const event = item.event as Event;
    while (next && byStart(next, event) < 0) {
      yield next;
      next = waiting.next().value;
    }
    yield event;
  }
  while (next) {
    yield next;
    next = waiting.next().value;
  }
}
