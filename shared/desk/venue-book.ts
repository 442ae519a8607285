import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Event } from '../events/event.ts';
import type { Table } from '../table/table.ts';

export type Venue = NonNullable<Event['venue']>;
/** A place a district knows, with what is known of getting into it. */
export type KnownVenue = Venue & { key: string };
export type VenueBook = ReturnType<typeof venueBook>;

const partition = (district: string) => `VENUES#${district}`;

/** One place, however its name and postcode are typed. */
export const venueKey = ({ name, postcode }: Pick<Venue, 'name' | 'postcode'>) =>
  `${plain(name)}-${plain(postcode)}`;

const plain = (words: string) =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '');

/** The places of each district, learnt from the events that were kept there: what was said last holds. */
export function venueBook(table: Table) {
  async function learn({ venue, districts }: Pick<Event, 'venue' | 'districts'>): Promise<void> {
    if (!venue || !plain(venue.name)) return;
    await Promise.all(
      districts.map((district) =>
        table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: { pk: partition(district), sk: venueKey(venue), type: 'venue', venue },
          }),
        ),
      ),
    );
  }

  /** Places of these districts by name, each once. */
  async function of(districts: string[]): Promise<KnownVenue[]> {
    const found = new Map<string, KnownVenue>();
    for (const district of districts)
      for await (const { sk, venue } of table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition(district) },
        ConsistentRead: true,
      }))
        found.set(sk, { ...(venue as Venue), key: sk });
    return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  return { learn, of };
}
