import type { Table } from '../table/table.ts';
import { type Event, isPublic, type Kind, MAX_DAYS } from './event.ts';
import { agendaOf } from './event-keys.ts';
import { toInstant } from './zone-time.ts';

const DAY = 86_400_000;

export type AgendaQuery = {
  district?: string;
  campaign?: string;
  kind?: Kind;
  /** Events that are not over by then. */
  from?: Date;
  startsFrom?: Date;
  startsBefore?: Date;
  limit: number;
  cursor?: string;
  /** Who looks: residents unless it says otherwise. */
  isVisible?: (event: Event) => boolean;
};

export type AgendaPage = { items: Event[]; cursor?: string };

/** Whether an event belongs on this list. */
export const isOn =
  ({ campaign, kind, from, isVisible = isPublic }: AgendaQuery) =>
  (event: Event): boolean =>
    isVisible(event) &&
    (kind === undefined || event.kind === kind) &&
    (campaign === undefined || event.campaign === campaign) &&
    (from === undefined || toInstant(event.end, event.timeZone) > from);

/** From where to where on the list to read: `[from, to]` as sort keys, which begin with the start. */
export function span({ from, startsFrom, startsBefore }: AgendaQuery): [string, string] {
  const earliest = Math.max(startsFrom?.getTime() ?? 0, from ? from.getTime() - MAX_DAYS * DAY : 0);
  return [new Date(earliest).toISOString(), startsBefore?.toISOString() ?? '9'];
}

/** Events by start, a page at a time. */
export const pageOf =
  (table: Table) =>
  async (query: AgendaQuery): Promise<AgendaPage> => {
    const [first, last] = span(query);
    const belongs = isOn(query);
    const items: Event[] = [];
    const begin = query.cursor && query.cursor >= first ? `${query.cursor}~` : first;
    // DynamoDB refuses a span that ends before it begins.
    if (begin > last) return { items };
    let previous = '';
    for await (const { sk, event } of table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':pk': agendaOf(query.district),
        ':first': begin,
        ':last': last,
      },
      ConsistentRead: true,
      Limit: Math.max(query.limit * 2, 50),
    })) {
      if (!belongs(event as Event)) continue;
      if (items.length === query.limit) return { items, cursor: previous };
      items.push(event as Event);
      previous = sk;
    }
    return { items };
  };
