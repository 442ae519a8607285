import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Chromium: the one at CHROMIUM_PATH, or on Linux the one that npm brought, with the libraries and fonts it needs. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  const folder = given ? '' : await unpacked();
  return chromium.launch({
    executablePath: given ?? join(folder, 'chromium'),
    // The packed one is built for containers, where nobody may make a sandbox.
    args: [
      '--no-sandbox',
      '--headless=shell',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
    env: given
      ? undefined
      : {
          ...process.env,
          LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
          FONTCONFIG_FILE: fontsOf(folder),
          HOME: folder,
        },
  });
}

/**
 * Names the fonts that came along. The configuration packed with them names places in Lambda, and a browser that finds
 * no font at all, as on a machine that has none, ends with the first page.
 */
function fontsOf(folder: string): string {
  const file = join(folder, 'fonts.conf');
  if (!existsSync(file))
    writeFileSync(
      file,
      `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>
`,
    );
  return file;
}

/** Where it lies unpacked: made in a folder of our own and then named, so that test files at once do not share half. */
async function unpacked(): Promise<string> {
  const folder = join(tmpdir(), 'streetmeet-chromium-153');
  if (existsSync(folder)) return folder;
  const making = mkdtempSync(join(tmpdir(), 'streetmeet-chromium-'));
  const before = { ...process.env };
  // It unpacks into the temporary folder, and its libraries only where it believes itself to be in Lambda.
  Object.assign(process.env, { TMPDIR: making, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
  try {
    const { default: pack } = await import('@sparticuz/chromium');
    pack.setGraphicsMode = false;
    await pack.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
  try {
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
