import type { CountedRow } from './counter-store.ts';
import { districtsOfRow } from './counts.ts';

/** A place where nothing took place lately, or nothing is to come. */
export type QuietPlace = { id: string; name: string; isQuietBefore: boolean; isQuietAhead: boolean };
export type Quiet = { districts: QuietPlace[]; teams: QuietPlace[] };

type Places = { id: string; name: string }[];

/** Districts and teams with nothing that began in the last 30 days, or begins in the next; today is in both. */
export function quietPlaces(
  rows: CountedRow[],
  {
    districts,
    teams,
    recent,
    today,
    soon,
  }: { districts: Places; teams: Places; recent: string; today: string; soon: string },
): Quiet {
  const busy = { before: new Set<string>(), ahead: new Set<string>() };
  for (const { of, row, counts } of rows) {
    const ofRow = districtsOfRow(row);
    for (const [name, count] of ofRow ? Object.entries(counts) : []) {
      const [what, day, team = ''] = name.split('#');
      if (what !== 'day' || count <= 0) continue;
      const date = `${of}-${day}`;
      const names = [`team ${team}`, ...(ofRow ?? []).map((id) => `district ${id}`)];
      if (date >= recent && date <= today) for (const each of names) busy.before.add(each);
      if (date >= today && date <= soon) for (const each of names) busy.ahead.add(each);
    }
  }
  const quiet = (sort: string, places: Places) =>
    places
      .map(({ id, name }) => ({
        id,
        name,
        isQuietBefore: !busy.before.has(`${sort} ${id}`),
        isQuietAhead: !busy.ahead.has(`${sort} ${id}`),
      }))
      .filter(({ isQuietBefore, isQuietAhead }) => isQuietBefore || isQuietAhead);
  return { districts: quiet('district', districts), teams: quiet('team', teams) };
}
