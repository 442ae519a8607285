import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRun } from './cannot-run.ts';

/** Where everything that outlives the process is kept. One host at a time. */
export function dataDirectory(root: string) {
  mkdirSync(root, { recursive: true });
  const path = (...names: string[]) => join(root, ...names);
  const lock = path('host.pid');
  const owner = readPid(lock);
  if (owner !== undefined && owner !== process.pid && isHost(owner))
    throw new CannotRun(`DATA_DIR ${root} is in use by another Streetmeet (process ${owner})`);
  writeFileSync(lock, String(process.pid));

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
      if (readPid(lock) === process.pid) rmSync(lock, { force: true });
    },
  };
}

export type DataDirectory = ReturnType<typeof dataDirectory>;

function readPid(file: string) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A pid left by a killed host may have been given to something else since. */
function isHost(pid: number) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('infra/local/start');
  } catch {
    return true;
  }
}
