import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lintCalendar } from '../../../shared/calendars/lint-calendar.ts';
import { anyLife, calendarWith } from '../../support/any-life.ts';
import { runs } from '../../support/runs.ts';

it('any life of an event is lint clean at each step, with one UID and a SEQUENCE that never falls', () => {
  fc.assert(
    fc.property(anyLife({ isSeries: false, maxSteps: 8 }), (life) => {
      let sequence = -1;
      // A step that is refused leaves the event as it was.
      for (const event of new Set(life)) {
        const calendar = calendarWith(event);
        expect(lintCalendar(calendar)).toEqual([]);
        const uids = calendar.match(/^UID:.*(?=\r$)/gm)?.slice(1);
        expect(new Set(uids)).toEqual(new Set([`UID:${event.id}@essex.streetmeet`]));
        const now = Number(/^SEQUENCE:(.*)\r$/m.exec(calendar)?.[1]);
        expect(now).toBeGreaterThanOrEqual(sequence);
        sequence = now;
      }
    }),
    { numRuns: runs(2000) },
  );
});
