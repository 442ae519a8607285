import * as z from 'zod';
import type { Force } from '../force/force.ts';
import { type Officer, officerOf } from './officer.ts';

/** Who a token is about. Groups are in `cognito:groups` (Cognito), `roles` or `groups` (Entra ID and others). */
const claims = z.object({
  sub: z.string().min(1),
  name: z.string().optional(),
  'cognito:groups': z.array(z.string()).optional(),
  roles: z.array(z.string()).optional(),
  groups: z.array(z.string()).optional(),
});

/** The officer that a verified token is about; nothing when it gives nobody a role here. */
export function officerIn(payload: unknown, force: Force): Officer | undefined {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { sub, name, roles, groups, 'cognito:groups': cognitoGroups } = parsed.data;
  return officerOf({ sub, name, groups: cognitoGroups ?? roles ?? groups ?? [] }, force);
}
