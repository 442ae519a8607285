import type { BulletinStore } from '../bulletins/bulletin-store.ts';
import type { AuditLine } from '../events/audit-trail.ts';
import type { EventReads } from '../events/event-reads.ts';
import { maySee, type Officer } from '../identity/officer.ts';
import { Forbidden, NotFound } from '../runtime/errors.ts';
import { isEventId } from './event-sight.ts';

type Deps = {
  events: Pick<EventReads, 'get' | 'history' | 'audit' | 'authors'>;
  bulletins: Pick<BulletinStore, 'causedBy'>;
};

/** What was done to events, with the bulletins that it caused. */
export type AuditedLine = AuditLine & { bulletins: Awaited<ReturnType<BulletinStore['causedBy']>> };

export type AuditPage = { items: AuditedLine[]; after?: string };

/** Events whose bulletins are asked for at once. */
const AT_ONCE = 8;

/** Who did what, for those who answer for others. */
export const mayAudit = ({ roles }: Officer) =>
  roles.some((role) => role === 'supervisor' || role === 'admin');

/** @throws Forbidden for officers who are neither supervisors nor admins */
export function permitAudit(officer: Officer): void {
  if (!mayAudit(officer)) throw new Forbidden('Only supervisors may see who did what');
}

/**
 * What was done in a month, by one officer or by all, newest first; of events in the supervisor's districts.
 * @throws Forbidden
 */
export async function auditOfMonth(
  officer: Officer,
  query: { month: string; by?: string; after?: string; limit: number },
  deps: Deps,
): Promise<AuditPage> {
  permitAudit(officer);
  const { items, after } = await deps.events.audit(query);
  return { items: await withBulletins(seenBy(officer, items), deps), after };
}

/**
 * All that was done to one event, newest first.
 * @throws Forbidden, NotFound
 */
export async function auditOfEvent(officer: Officer, id: string, deps: Deps): Promise<AuditPage> {
  permitAudit(officer);
  const event = isEventId(id) ? await deps.events.get(id) : undefined;
  if (!event || !maySee(officer, event)) throw new NotFound('There is no such event');
  const { title, districts } = event;
  const versions = await deps.events.history(id);
  const lines = versions.map((version) => ({ ...version, event: { id, title, districts } }));
  return { items: await withBulletins(lines, deps) };
}

const seenBy = (officer: Officer, lines: AuditLine[]) => lines.filter(({ event }) => maySee(officer, event));

async function withBulletins(lines: AuditLine[], { bulletins }: Deps): Promise<AuditedLine[]> {
  const caused = new Map<string, AuditedLine['bulletins']>();
  const waiting = new Set(lines.map(({ event }) => event.id)).values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const id of waiting) caused.set(id, await bulletins.causedBy(id));
    }),
  );
  return lines.map((line) => ({
    ...line,
    bulletins: (caused.get(line.event.id) ?? []).filter(({ version }) => version === line.version),
  }));
}
