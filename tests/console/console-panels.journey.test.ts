import { pageFiles } from '@shipline/tooling/console/page-files';
import { startConsole } from '@shipline/tooling/console/server';
import type { Browser, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../journeys/browser.js';
import { complaintsOf } from '../journeys/complaints.js';
import { takePicture } from '../journeys/picture.js';
import { deliveries, drill, recordedPoller, shifting, takenBack } from './recorded-panels.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The console's own server and page; only what it has read was recorded. */
async function openRecorded(width: number) {
  const { poller, tell } = recordedPoller();
  const setting = { environment: 'local', region: 'us-east-1' };
  const trace = async () => undefined;
  const { server, url } = await startConsole({ poller, page: await pageFiles(), setting, trace }, 0);
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const browser: Browser = await launchBrowser();
  ends.push(() => browser.close());
  const viewport = { width, height: width < 600 ? 844 : 900 };
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', locale: 'en-GB' });
  page.setDefaultTimeout(20_000);
  const complaints = complaintsOf(page);
  await page.goto(url);
  return { page, complaints, poller, tell };
}

const panel = (page: Page, name: string) => page.getByRole('region', { name });

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Until the panel has these words, in this order. */
const shows = (page: Page, name: string, ...words: string[]) =>
  panel(page, name)
    .filter({ hasText: new RegExp(words.map(literally).join('.*'), 's') })
    .waitFor();

describe.each([390, 1440])('the console in a window of %i px', (width) => {
  it('shows a bad release as it shifts and is taken back, its alarm, its drill, and every order in review', async () => {
    const { page, complaints, poller, tell } = await openRecorded(width);

    const traffic = panel(page, 'Releases').getByRole('progressbar', {
      name: 'Traffic of catalog-api on version 8',
    });
    await traffic.waitFor();
    expect(await traffic.getAttribute('aria-valuenow')).toBe('10');
    await shows(page, 'Releases', '1 under way', 'shift (InProgress)', '(short minutes)', 'version 7');
    await shows(page, 'Releases', 'version 7', '90 %', 'none failed', 'version 8', '10 %', '17 failed');
    await shows(page, 'Releases', 'payments-capture', '3 → 4', 'taken back', 'reported Failed');
    await shows(page, 'Alarms', '1 of 4 ring', 'new-version-errors-8', 'see an error', 'Threshold Crossed');
    await shows(page, 'Alarms', 'What to do:', 'docs/runbooks/release-taken-back.md');
    await shows(page, 'Drills', 'bad-release', 'running', 'slow-release', 'failed', '2 of 9 do not hold');
    await shows(page, 'Deliveries', 'lead time for changes', '26.0 min', 'change failure rate', '10 %');
    await shows(
      page,
      'Deliveries',
      'a1b2c3d',
      'running',
      'staging · synthetic-traffic',
      'prod',
      'rolled back',
    );
    await takePicture(page, `console-panels-${width}-01-shifting`);

    await shows(page, 'Orders', '20 or more in flight, 1 in review');
    const orders = panel(page, 'Orders').locator('li.order:visible');
    await orders.first().filter({ hasText: 'review' }).waitFor();
    expect(await orders.count()).toBe(13);
    await panel(page, 'Orders').getByText('12 more').click();
    expect(await orders.count()).toBe(25);

    const back = { ...takenBack, ...shifting, state: 'taken back', weight: 0, endedAt: Date.now() } as const;
    tell({ panel: 'deployments', state: { value: [back, takenBack] } });
    tell({ panel: 'drills', state: { value: [{ ...drill, state: 'passed', endedAt: Date.now() }] } });
    tell({ panel: 'deliveries', state: { value: { ...deliveries, rows: [] } } });
    tell({ panel: 'alarms', state: { ...poller.snapshot.alarms, problem: 'Rate exceeded' } });
    await shows(page, 'Releases', 'none is under way', 'catalog-api', '7 → 8', 'taken back');
    await shows(page, 'Drills', 'bad-release', 'passed');
    await shows(page, 'Deliveries', 'None was made on this machine.');
    await shows(
      page,
      'Alarms',
      'This could not be read: Rate exceeded',
      'Below is what it was at',
      'errors-8',
    );
    await takePicture(page, `console-panels-${width}-02-taken-back`);
    expect(complaints).toEqual([]);
  });
});
