import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRun } from './cannot-run.ts';

/** Where everything that outlives the process is kept. One host at a time. */
export function dataDirectory(root: string) {
  mkdirSync(root, { recursive: true });
  const path = (...names: string[]) => join(root, ...names);
  const lock = path('host.pid');
  takeLock(lock, root);

  return {
    root,
    path,
    folder(...names: string[]) {
      mkdirSync(path(...names), { recursive: true });
      return path(...names);
    },
    readJson(name: string): unknown {
      try {
        return JSON.parse(readFileSync(path(name), 'utf8'));
      } catch {
        return undefined;
      }
    },
    /** Whole or not at all: a reader never sees half a file. */
    writeJson(name: string, value: unknown) {
      const temporary = path(`${name}.${process.pid}.tmp`);
      writeFileSync(temporary, JSON.stringify(value));
      renameSync(temporary, path(name));
    },
    release() {
      if (ownerOf(lock) === process.pid) rmSync(lock, { force: true });
    },
  };
}

export type DataDirectory = ReturnType<typeof dataDirectory>;

function takeLock(lock: string, root: string) {
  const owner = ownerOf(lock);
  if (owner !== undefined && owner !== process.pid)
    throw new CannotRun(`DATA_DIR ${root} is in use by another Streetmeet (process ${owner})`);
  rmSync(lock, { force: true });
  writeFileSync(lock, `${process.pid} ${bornAt(process.pid)}`, { flag: 'wx' });
}

/** The process that holds the lock, if it still lives: its number may have been given to something else since. */
function ownerOf(lock: string) {
  try {
    const [pid = '', born = ''] = readFileSync(lock, 'utf8').split(' ');
    process.kill(Number(pid), 0);
    return born === bornAt(Number(pid)) ? Number(pid) : undefined;
  } catch {
    return undefined;
  }
}

/** When a process began, in the kernel's own count; the same for all where there is no /proc. */
function bornAt(pid: number) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
