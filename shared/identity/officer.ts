import type { Event } from '../events/event.ts';
import type { Force } from '../force/force.ts';

export const roles = ['officer', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Somebody signed in: what they are and where they may act. */
export type Officer = { id: string; name: string; roles: Role[]; districts: string[] };

/** Group names that give a district: `district:southend`. */
const DISTRICT = 'district:';

/** The officer that a verified token's groups make; supervisors and admins act in every district. */
export function officerOf(
  claims: { sub: string; name?: string; groups: string[] },
  force: Force,
): Officer | undefined {
  const groups = meant(claims.groups, force);
  const held = roles.filter((role) => groups.includes(role));
  if (!held.length) return undefined;
  const everywhere = held.includes('supervisor') || held.includes('admin');
  const named = groups
    .filter((group) => group.startsWith(DISTRICT))
    .map((group) => group.slice(DISTRICT.length));
  return {
    id: claims.sub,
    name: claims.name ?? claims.sub,
    roles: held,
    districts: force.districts.map(({ id }) => id).filter((id) => everywhere || named.includes(id)),
  };
}

/** What groups mean here: where the force says so in its file, only that. */
const meant = (groups: string[], { signIn }: Pick<Force, 'signIn'>): string[] =>
  signIn ? groups.flatMap((group) => signIn.groups[group] ?? []) : groups;

/** Whether the officer answers for every one of these districts. */
export const mayAct = (officer: Officer, districts: string[]) =>
  districts.every((district) => officer.districts.includes(district));

/** Whether the officer may see an event the public may not. */
export const maySee = (officer: Officer, event: Pick<Event, 'districts'>) =>
  event.districts.some((district) => officer.districts.includes(district));

/** Whether the officer may what this role may: supervisors may what officers may, and admins what both may. */
export const isAtLeast = (officer: Officer, role: Role) =>
  officer.roles.some((held) => roles.indexOf(held) >= roles.indexOf(role));
