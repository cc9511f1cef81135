import { type Browser, chromium } from 'playwright-core';

const missing =
  'The browser journey needs Google Chrome on this machine: install it, or run the tests on Linux x64, where a browser comes with the dependencies.';

/**
 * Flags of the bundled browser under which pages may do what no customer's browser allows them: with these it sends
 * no Origin and asks no server for leave (CORS).
 */
const lax = new Set(['--disable-web-security', '--allow-running-insecure-content']);

/**
 * A browser without anything to install on Linux x64 (the dependency brings one), the installed Chrome elsewhere.
 * @throws one sentence when there is none; a journey is never skipped
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: bundled } = await import('@sparticuz/chromium');
    const args = bundled.args.filter((flag) => !lax.has(flag));
    return chromium.launch({ args, executablePath: await bundled.executablePath() });
  }
  try {
    return await chromium.launch({ channel: 'chrome' });
  } catch (cause) {
    throw new Error(missing, { cause });
  }
}
