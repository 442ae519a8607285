/** What is counted, by its name in a row of counters. */
export type Counts = Record<string, number>;

/** What something adds to the rows of counters, by place. */
export type Shares = Record<string, Counts>;

/** A row of counters: a month, or `ACTIVE`, and what it is about. */
export type Place = { of: string; row: string };

/** Who subscribes now, whatever the month. */
export const ACTIVE = 'ACTIVE';

export const placeName = ({ of, row }: Place) => `${of} ${row}`;

export function placeNamed(name: string): Place {
  const gap = name.indexOf(' ');
  return { of: name.slice(0, gap), row: name.slice(gap + 1) };
}

/** Events that have the same districts share a row, so that no union of districts counts one twice. */
export const rowOfEvents = (districts: string[]) => `EVENTS#${[...districts].sort().join('+')}`;
export const rowOfNotices = (district: string) => `NOTICES#${district}`;
export const rowOfSubscriptions = (shard: number) => `SUBSCRIPTIONS#${shard}`;

/** The districts whose events a row counts; nothing where it counts something else. */
export const districtsOfRow = (row: string) =>
  row.startsWith('EVENTS#') ? row.slice('EVENTS#'.length).split('+') : undefined;

/** Adds counts to the share at a place; counts that come to nothing are left out. */
export function addTo(shares: Shares, place: Place, counts: Counts): void {
  const name = placeName(place);
  const share = new Map(Object.entries(shares[name] ?? {}));
  for (const [what, count] of Object.entries(counts)) share.set(what, (share.get(what) ?? 0) + count);
  const left = [...share].filter(([, count]) => count !== 0);
  if (left.length) shares[name] = Object.fromEntries(left);
  else delete shares[name];
}

/** What has to be added to come from the one to the other; places where nothing has to are left out. */
export function differenceOf(before: Shares, after: Shares): Shares {
  const places = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...places].flatMap((place) => {
      const [old, now] = [before[place] ?? {}, after[place] ?? {}];
      const names = new Set([...Object.keys(old), ...Object.keys(now)]);
      const changed = [...names].flatMap((name) => {
        const difference = (now[name] ?? 0) - (old[name] ?? 0);
        return difference ? [[name, difference] as const] : [];
      });
      return changed.length ? [[place, Object.fromEntries(changed)]] : [];
    }),
  );
}
