import { createHash } from 'node:crypto';
import type { Author } from '../events/edit-event.ts';
import { Conflict } from '../runtime/errors.ts';
import type { Defaults } from './calendar-rows.ts';
import type { Outcome } from './import-report.ts';
import type { Cells } from './read-csv.ts';

/** A file of events that an officer brought, and how far it got. */
export type Upload = {
  id: string;
  by: Author;
  /** What the officer's machine calls it. */
  name: string;
  form: 'csv' | 'calendar';
  /** For events of a calendar that name none. */
  defaults: Defaults;
  at: string;
  stage: 'open' | 'importing' | 'undoing' | 'undone';
  /** When the officer last had it imported. */
  orderedAt?: string;
  /** What became of each row, a letter each, in the order of the file. */
  marks: string;
  /** Rises with each change of what is above: two who work at once do not undo each other. */
  revision: number;
  /** Somebody works at it until then; after that, they were stopped in the middle. */
  busyUntil?: string;
};

/** What an officer wrote over the cells of a row. */
export type Repairs = ReadonlyMap<number, Cells>;

export const marks = {
  waiting: '.',
  failed: 'x',
  created: 'c',
  updated: 'u',
  unchanged: '=',
  /** Created, and removed again. */
  withdrawn: 'w',
  /** Created, and not to be removed: it was published or changed since. */
  kept: 'k',
} as const;
export type Mark = (typeof marks)[keyof typeof marks];

export const markOf = (outcome: Outcome): Mark => marks[outcome];

/** A whole file waits to be looked at. */
export const newUpload = (
  about: Pick<Upload, 'id' | 'by' | 'name' | 'form' | 'defaults'> & { rows: number; now: Date },
): Upload => {
  const { rows, now, ...rest } = about;
  return { ...rest, at: now.toISOString(), stage: 'open', marks: marks.waiting.repeat(rows), revision: 1 };
};

/** How many rows are so. */
export const countOf = ({ marks: all }: Upload, ...wanted: Mark[]) =>
  [...all].filter((mark) => wanted.includes(mark as Mark)).length;

/** Places of the next rows that the stage has to do. */
export function nextPlaces({ stage, marks: all }: Upload, most: number): number[] {
  const wanted = { open: undefined, importing: marks.waiting, undoing: marks.created, undone: undefined }[
    stage
  ];
  return [...all].flatMap((mark, place) => (mark === wanted ? [place] : [])).slice(0, most);
}

export const marked = (upload: Upload, done: ReadonlyMap<number, Mark>): Upload => ({
  ...upload,
  marks: [...upload.marks].map((mark, place) => done.get(place) ?? mark).join(''),
});

/** Rows that are not in yet are tried, the failed ones again. @throws Conflict */
export function ordered(upload: Upload, now: Date): Upload {
  if (upload.stage !== 'open') throw new Conflict(refusals[upload.stage]);
  return {
    ...upload,
    stage: 'importing',
    orderedAt: now.toISOString(),
    marks: upload.marks.replaceAll(marks.failed, marks.waiting),
  };
}

/** What it created is to be removed, where it is a draft as it was made. @throws Conflict */
export function undone(upload: Upload): Upload {
  if (upload.stage !== 'open') throw new Conflict(refusals[upload.stage]);
  if (!countOf(upload, marks.created))
    throw new Conflict('This import has made nothing that could be undone');
  return { ...upload, stage: 'undoing' };
}

/** The upload after all that its stage had to do was done. */
export const settled = (upload: Upload): Upload =>
  nextPlaces(upload, 1).length
    ? upload
    : { ...upload, stage: upload.stage === 'undoing' ? 'undone' : 'open', busyUntil: undefined };

const refusals = {
  importing: 'It is being imported',
  undoing: 'It is being undone',
  undone: 'It was undone: choose the file again',
};

/**
 * The id of the event that a row makes: the same whenever it is tried, so that an import which was stopped in the
 * middle knows what it made.
 */
export const idOfRow = ({ id }: Pick<Upload, 'id'>, row: number) =>
  createHash('sha256').update(`${id} ${row}`).digest('hex').slice(0, 26);
