import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Event } from '../../../shared/events/event.ts';
import { aDraft, anEvent } from '../../support/an-event.ts';

const lists = ['districts', 'partners'];
const words = (cell = '') => cell.split('|').filter(Boolean);

const rows = (): Record<string, string>[] =>
  parse(readFileSync(new URL('../../../infra/local/sample-week.csv', import.meta.url)), {
    columns: true,
    bom: true,
  });

/** The sample week as events: `week-1` is its first row. */
export const sampleWeek = (): Event[] =>
  rows().map((row, place) => {
    const { publish, rrule, venueName, address, postcode, latitude, longitude, access, capacity, ...rest } =
      row;
    const members = Object.fromEntries(
      Object.entries(rest).flatMap(([name, cell]): [string, unknown][] =>
        lists.includes(name) ? [[name, words(cell)]] : cell ? [[name, cell]] : [],
      ),
    );
    const make = publish === 'yes' ? anEvent : aDraft;
    const venue = venueName
      ? {
          name: venueName,
          address,
          postcode,
          ...(latitude ? { latitude: Number(latitude), longitude: Number(longitude) } : {}),
          access: words(access),
        }
      : undefined;
    return make(
      {
        ...members,
        allDay: row.allDay === 'yes',
        venue,
        capacity: capacity ? Number(capacity) : undefined,
        recurrence: rrule ? { rrule } : undefined,
      },
      `week-${place + 1}`,
      new Date('2027-01-04T10:00:00Z'),
    );
  });
