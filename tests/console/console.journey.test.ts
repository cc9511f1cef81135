import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../journeys/browser.js';
import { complaintsOf } from '../journeys/complaints.js';
import { takePicture } from '../journeys/picture.js';
import { newCustomer } from '../support/customer.js';
import { endFaults, inject, newCard } from '../support/gateway.js';
import { orderRequest, place } from '../support/orders.js';
import { type RunningConsole, startConsole } from './console-process.js';

const sku = 'MUG-CANARY';

/**
 * An order whose checkout stays in Capture until `endFaults`: the gateway's replies to the capture, and to every question
 * about it, get lost. Each of the nine attempts waits eight seconds for them, which is longer than the page is waited for.
 */
async function placeStuckOrder(): Promise<string> {
  const card = await newCard();
  await inject(card, { operation: 'capture', kind: 'lost' });
  await inject(card, { operation: 'retrieve', kind: 'lost', times: 1000 });
  return place(await newCustomer(), await orderRequest([{ sku, quantity: 1 }], card));
}

let running: RunningConsole;
let browser: Browser;
beforeAll(async () => {
  running = await startConsole();
});
afterEach(async () => {
  await endFaults();
  await browser?.close();
});
afterAll(() => running?.stop());

async function openConsole(width: number): Promise<{ page: Page; complaints: readonly string[] }> {
  browser = await launchBrowser();
  const viewport = { width, height: width < 600 ? 844 : 900 };
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', locale: 'en-GB' });
  page.setDefaultTimeout(60_000);
  const complaints = complaintsOf(page);
  await page.goto(running.url);
  return { page, complaints };
}

const panel = (page: Page, name: string) => page.getByRole('region', { name });

describe.each([390, 1440])('the console in a window of %i px', (width) => {
  it('shows functions, queues and alarms, and an order on its way, whose steps it then tells', async () => {
    const { page, complaints } = await openConsole(width);

    await panel(page, 'Functions')
      .locator('.service', { has: page.getByRole('term').filter({ hasText: /^orders$/ }) })
      .getByRole('listitem')
      .filter({ hasText: /^api v\d+$/ })
      .waitFor();
    await panel(page, 'Queues')
      .getByRole('rowheader', { name: 'orders-on-payment-captured' })
      .first()
      .waitFor();
    await panel(page, 'Alarms')
      .getByText(/quiet|ring/)
      .first()
      .waitFor();

    const orderId = await placeStuckOrder();
    const order = panel(page, 'Orders')
      .locator('li.order')
      .filter({ has: page.getByRole('button', { name: `Trace of ${orderId}` }) });
    await order.getByText('in flight').waitFor();
    await order.getByText('Capture (now)').waitFor();
    await takePicture(page, `console-${width}-01-in-flight`);

    await endFaults();
    await order.getByText('confirmed').waitFor();
    await order.getByRole('button').click();
    const trace = panel(page, 'One order’s way');
    await trace.getByText('CommitStock').first().waitFor();
    await takePicture(page, `console-${width}-02-trace`);
    expect(complaints).toEqual([]);
  });
});

it('says so where nothing is known of an order', async () => {
  const { page } = await openConsole(1440);
  const trace = panel(page, 'One order’s way');

  await trace.getByLabel('Order id').fill('ord_00000000000000000000000000');
  await trace.getByRole('button', { name: 'Show' }).click();

  await trace.getByText('Nothing is known of order').waitFor();
});
