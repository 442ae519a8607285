import type { BulletinStore } from '../bulletins/bulletin-store.ts';
import type { EventReads } from '../events/event-reads.ts';

/** Who changed what of an event and when, newest first, each with the bulletins it caused. */
export async function eventHistory(
  id: string,
  { events, bulletins }: { events: Pick<EventReads, 'history'>; bulletins: Pick<BulletinStore, 'causedBy'> },
) {
  const caused = await bulletins.causedBy(id);
  const versions = await events.history(id);
  return versions.map((version) => ({
    ...version,
    bulletins: caused.filter((bulletin) => bulletin.version === version.version),
  }));
}
