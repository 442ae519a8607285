import type { Force } from '../force/force.ts';
import icon from './icon.svg?asset';

/** Addresses of files, as importing `x?asset` gives them. */
type Files = { styles: string; script: string; picture?: string };

export type Look = ReturnType<typeof lookOf>;

/** What pages look like for this force: its colour, and where the files are that they need. */
export const lookOf = ({ look: { colour } }: Pick<Force, 'look'>, files: Files) => ({
  colour,
  icon,
  ...files,
});
