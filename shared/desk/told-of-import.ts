import type { BulletinEntry } from '../bulletins/bulletin.ts';
import { compose } from '../bulletins/settling.ts';
import type { Edit } from '../events/edit-event.ts';
import { type CountDeps, countNotices } from './count-notices.ts';
import { goesAt } from './preview.ts';

/** What one district is told of an import, and how many of its people on each channel. */
export type ToldDistrict = {
  district: string;
  events: number;
  email: number;
  sms: number;
  isEstimate: boolean;
};

/** What fits one bulletin. */
const MOST_EVENTS = 250;

/** Whom an import would be told to, district by district: one bulletin each, or a few where it is very long. */
export async function toldOfImport(edits: Edit[], deps: CountDeps) {
  const changes = Map.groupBy(
    edits.flatMap((edit) => edit.changes),
    ({ district }) => district,
  );
  const events = new Map(edits.map(({ event }) => [event.id, event]));
  const perDistrict = await Promise.all(
    [...changes].map(async ([district, own]): Promise<ToldDistrict[]> => {
      const entries = compose(own, events, deps.now());
      if (!entries.length) return [];
      const counts = await Promise.all(
        bulletinsOf(entries).map((part) =>
          countNotices({ id: 'import', district, at: deps.now().toISOString(), entries: part }, deps),
        ),
      );
      return [
        {
          district,
          events: entries.length,
          email: counts.reduce((sum, { email }) => sum + email, 0),
          sms: counts.reduce((sum, { sms }) => sum + sms, 0),
          isEstimate: counts.some(({ isEstimate }) => isEstimate),
        },
      ];
    }),
  );
  const districts = perDistrict.flat();
  const sum = (channel: 'email' | 'sms') => districts.reduce((all, one) => all + one[channel], 0);
  const [email, sms] = [sum('email'), sum('sms')];
  const estimatedCostPence = Math.ceil(sms * deps.force.senders.textPence);
  return {
    districts,
    // A notice by text is always one segment.
    notices: { email, sms, smsSegments: sms, estimatedCostPence },
    isEstimate: districts.some(({ isEstimate }) => isEstimate),
    goesAt: goesAt([...changes.values()].flat(), deps),
  };
}

const bulletinsOf = (entries: BulletinEntry[]) =>
  Array.from({ length: Math.ceil(entries.length / MOST_EVENTS) }, (_, at) =>
    entries.slice(at * MOST_EVENTS, (at + 1) * MOST_EVENTS),
  );
