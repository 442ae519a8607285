import type { ForceFile } from './force-file.ts';

export type District = ForceFile['districts'][number];
export type Force = ReturnType<typeof forceOf>;

/** What a force's file says, with look-ups. */
export function forceOf({ force, ...rest }: ForceFile) {
  const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));
  return {
    ...force,
    ...rest,
    district: byId(rest.districts),
    team: byId(rest.teams),
    campaign: byId(rest.campaigns),
  };
}
