import { type Browser, chromium } from 'playwright-core';

const missing =
  'The browser journey needs Google Chrome on this machine: install it, or run the tests on Linux x64, where a browser comes with the dependencies.';

/**
 * A browser without anything to install on Linux x64 (the dependency brings one), the installed Chrome elsewhere.
 * @throws one sentence when there is none; a journey is never skipped
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: bundled } = await import('@sparticuz/chromium');
    return chromium.launch({ args: bundled.args, executablePath: await bundled.executablePath() });
  }
  try {
    return await chromium.launch({ channel: 'chrome' });
  } catch (cause) {
    throw new Error(missing, { cause });
  }
}
