import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Git-ignored: to be looked at. */
const screens = fileURLToPath(new URL('screens/', import.meta.url));

// In the page's own words: the tests' types know no DOM.
const overhang = 'document.documentElement.scrollWidth - window.innerWidth';

/** Keeps a picture of the whole page, and sees that nothing sticks out at the side. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(screens, { recursive: true });
  await page.screenshot({ path: `${screens}${name}.png`, fullPage: true });
  const sticksOut = await page.evaluate<number>(overhang);
  expect(sticksOut, `${name} sticks out at the side, px`).toBeLessThanOrEqual(0);
}
