import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints } from '@shipline/contracts';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import { unrefused } from '../security/ask.js';
import { probesOf } from '../security/probes.js';
import { scan } from '../security/scan.js';
import { signUp } from '../shop/customer.js';
import { cards, orderRequest } from '../shop/order-request.js';
import { deployedEnvironment } from './deployed-environment.js';
import { type Gate, GateShut } from './gate.js';

/** Requests per operation and kind of data, well formed and not. */
const EXAMPLES = 10;

/** Does the API refuse what it has to, and tell nothing of its inside? */
export const apiSecurity: Gate = {
  title: 'Attack the API',
  performs: ['dynamic-security-tests'],
  deployed: true,
  async run(context) {
    const { reports, progress } = context;
    const { target, outputs } = await deployedEnvironment(context);
    if (target.environment.gateway.kind !== 'sandbox')
      throw new GateShut('Generated requests may buy something, and here cards are real.');
    const { accessToken } = await signUp(outputs);
    const probes = probesOf(Object.values(endpoints), {
      accessToken,
      strangersOrder: await orderOfAnother(outputs),
    });
    const unanswered = await unrefused(outputs.storefrontUrl, probes);
    const { operations, requests, holes } = await scan({
      document: outputs.openApiUrl,
      origin: outputs.storefrontUrl,
      accessToken,
      examples: EXAMPLES,
      reports,
      note: progress.note,
    });
    const found = [...unanswered, ...holes];
    writeFileSync(join(reports, 'api-security-holes.json'), `${JSON.stringify(found, null, 2)}\n`);
    if (found.length > 0) throw new GateShut(`${found.length} holes: ${found.join('; ')}`);
    progress.note(`${probes.length} attacks and ${requests} generated requests to ${operations} operations`);
  },
};

/** An order that exists, of somebody else; its card is declined, so that nothing is sold. */
async function orderOfAnother(outputs: Outputs): Promise<string> {
  const { shop } = await signUp(outputs);
  const body = await orderRequest(shop, [{ sku: 'MUG-CANARY', quantity: 1 }], cards.declined);
  const { orderId } = await shop.placeOrder({ body, idempotencyKey: randomUUID() });
  return orderId;
}
