import { dueAt } from '../table/due.ts';
import type { Bulletin } from './bulletin.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Bulletins are kept for as long as somebody may be told that an event they heard of moved. */
const KEPT_FOR = 730 * DAY;
/** Longer than anybody looks back for who was told lately. */
const LISTED_FOR = 120 * DAY;

export const bulletinKey = (id: string) => ({ pk: `BULLETIN#${id}`, sk: 'BULLETIN' });

/** A line of the list of what a district was told. */
export const toldKey = (district: string, at: string, bulletin = '') => ({
  pk: `DISTRICT#${district}`,
  sk: `TOLD#${at}#${bulletin}`,
});

export const bulletinExpiresAt = ({ at }: Pick<Bulletin, 'at'>) =>
  Math.ceil((Date.parse(at) + KEPT_FOR) / 1000);

export const bulletinItem = (bulletin: Bulletin) => ({
  ...bulletinKey(bulletin.id),
  type: 'bulletin',
  bulletin,
  /** Until it is published and planned, the tick looks at it. */
  ...dueAt(new Date(Date.parse(bulletin.at) + MINUTE), bulletin.id),
  expiresAt: bulletinExpiresAt(bulletin),
});

export const toldItem = ({ id, district, at }: Bulletin) => ({
  ...toldKey(district, at, id),
  type: 'told',
  bulletin: id,
  expiresAt: Math.ceil((Date.parse(at) + LISTED_FOR) / 1000),
});
