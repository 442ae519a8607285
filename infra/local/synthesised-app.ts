import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { fingerprint } from '../fingerprint.ts';
import { CannotRun } from './cannot-run.ts';
import { type Template, templateSchema } from './template.ts';
import { workerFile } from './worker-file.ts';

/** A CDK app: a script that builds and synthesises it into the folder it is given, and the files that decide what comes out. */
export type AppSource = { script: URL; root: URL; inputs: string[] };

export type SynthesisedApp = {
  stackName: string;
  template: Template;
  assetFolder: (hash: string) => string | undefined;
  /** What runs in each function's thread. */
  worker: URL;
};

/** Synthesises the app, or takes what was synthesised from the very same files before. */
export async function synthesisedApp(source: AppSource, cache: string): Promise<SynthesisedApp> {
  mkdirSync(cache, { recursive: true });
  const folder = join(cache, fingerprint(source.root, source.inputs, source.script.href));
  if (!existsSync(folder)) {
    const unlock = await lock(join(cache, 'lock'));
    try {
      if (!existsSync(folder)) await synthesise(source.script, folder);
      forgetOld(cache);
    } finally {
      unlock();
    }
  }
  return read(folder);
}

async function synthesise(script: URL, folder: string) {
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  const child = spawn(process.execPath, [fileURLToPath(script), unfinished], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new CannotRun(`the app cannot be built and synthesised:\n${complaint.trim()}`);
  }
  renameSync(unfinished, folder);
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string().optional() }).optional(),
    }),
  ),
});
const assetsSchema = z.object({
  files: z
    .record(z.string(), z.object({ source: z.looseObject({ path: z.string().optional() }) }))
    .default({}),
});

function read(folder: string): SynthesisedApp {
  const file = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const stacks = Object.entries(manifestSchema.parse(file('manifest.json')).artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  const [stack, second] = stacks;
  if (!stack || second) throw new CannotRun(`the app has ${stacks.length} stacks; one machine runs one`);
  const [stackName, { properties }] = stack;
  const { files } = assetsSchema.parse(file(`${stackName}.assets.json`));
  const worker = join(folder, workerFile);
  return {
    stackName,
    worker: existsSync(worker) ? pathToFileURL(worker) : new URL('./function-worker.ts', import.meta.url),
    template: templateSchema.parse(file(properties?.templateFile ?? `${stackName}.template.json`)),
    assetFolder(hash) {
      const path = files[hash]?.source.path;
      return path && join(folder, path);
    },
  };
}

/** Two hosts at once would write over each other's build. */
async function lock(file: string) {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      if (!isAlive(file)) rmSync(file, { force: true });
      await pause(100);
    }
  }
}

function isAlive(file: string) {
  try {
    return process.kill(Number(readFileSync(file, 'utf8')), 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const dayMs = 86_400_000;

function forgetOld(cache: string) {
  // Files have the machine's time, and the clock here may be months ahead of it.
  const now = performance.timeOrigin + performance.now();
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (now - statSync(path).mtimeMs > dayMs) rmSync(path, { recursive: true, force: true });
  }
}
