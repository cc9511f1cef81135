import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import type { LoadBudget } from '../delivery/budgets.js';
import { startOrderTraffic } from '../drills/traffic/order-traffic.js';
import { startReadTraffic } from '../drills/traffic/read-traffic.js';
import { type LoadMeasurement, percentile99 } from './verdict.js';

/** What the shop's pages ask for. */
const paths = [
  '/api/products?limit=20',
  '/api/products?category=mugs',
  '/api/availability?skus=MUG-CANARY',
  '/',
];
/** Nobody measures the first functions that start. */
const WARM_UP_MS = 3_000;

/** Lets people look and order for a while: they come evenly, and none waits for another's answer. */
export async function measureLoad(
  outputs: Outputs,
  { seconds, readsPerSecond, ordersPerSecond }: LoadBudget,
): Promise<LoadMeasurement> {
  const reading = {
    origin: outputs.storefrontUrl,
    paths,
    perSecond: readsPerSecond,
    prefix: `load-${randomUUID()}-`,
  };
  const warmUp = startReadTraffic(reading);
  await sleep(WARM_UP_MS);
  await warmUp.stop();
  const shoppers = await startOrderTraffic(outputs, ordersPerSecond);
  const readers = startReadTraffic(reading);
  await sleep(seconds * 1_000);
  const requests = await readers.stop();
  const { orders, notTaken } = await shoppers.stop();
  const settled = orders.flatMap(({ placedAt, settledAt }) =>
    settledAt === undefined ? [] : [settledAt - placedAt],
  );
  const unconfirmed = orders.filter(({ status }) => status !== 'confirmed').length;
  const unanswered = requests.filter(({ status }) => status !== 200).length;
  return {
    reads: requests.length,
    readP99Ms: percentile99(requests.map(({ latencyMs }) => latencyMs)),
    orders: orders.length + notTaken.length,
    checkoutP99Ms: percentile99(settled),
    errors: unanswered + notTaken.length + unconfirmed,
    contradictions: orders.flatMap(({ contradictions }) => contradictions),
  };
}
