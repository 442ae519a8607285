import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Chromium: the one at CHROMIUM_PATH, or on Linux the one that npm brought, with the libraries it needs. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  const executablePath = given ?? (await packed());
  return chromium.launch({
    executablePath,
    // The packed one is built for containers, where nobody may make a sandbox.
    args: [
      '--no-sandbox',
      '--headless=shell',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
    env: given ? undefined : { ...process.env, LD_LIBRARY_PATH: join(tmpdir(), 'al2023/lib') },
  });
}

async function packed(): Promise<string> {
  // It unpacks the libraries only where it believes itself to be in Lambda.
  const before = process.env.AWS_EXECUTION_ENV;
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x';
  try {
    const { default: pack } = await import('@sparticuz/chromium');
    pack.setGraphicsMode = false;
    return await pack.executablePath();
  } finally {
    if (before === undefined) delete process.env.AWS_EXECUTION_ENV;
    else process.env.AWS_EXECUTION_ENV = before;
  }
}
