import { endpoints } from '@shipline/contracts';
import { exampleOf } from '@shipline/contracts/event-schemas';
import { type EventDefinition, events } from '@shipline/contracts/events';
import type { BenchFunction } from './functions.js';

const orderId = 'ord_01JZ8QK3T5V7X9BCDEFGHJKMNP';
const correlationId = 'bench-correlation-id';
const total = { amount: 2800, currency: 'USD' };
const lines = [
  {
    sku: 'MUG-CANARY',
    name: 'Canary mug',
    unitPrice: { amount: 1400, currency: 'USD' },
    quantity: 2,
    lineTotal: total,
  },
];

/** What each kind of task is invoked with; tasks that are not named here get the order's id alone. */
const taskInputs: Readonly<Record<string, unknown>> = {
  'catalog/quote': { lines: [{ sku: 'MUG-CANARY', quantity: 2 }] },
  'inventory/reserve': { orderId, bodyHash: '0'.repeat(64), lines, total },
  'payments/authorise': { orderId, total, paymentMethodId: 'pm_card_visa', correlationId },
  'payments/look-up': { orderId },
  'orders/close-order': { orderId, reason: 'card_declined', correlationId },
  'orders/park-order': { orderId, reason: 'payment_unknown', correlationId },
};

/** A valid first event for a function. */
export function firstEventOf({ name, service, kind }: BenchFunction): unknown {
  if (kind === 'api') return apiRequest(service);
  if (kind === 'task') return taskInputs[name] ?? { orderId, correlationId };
  const [, functionName = ''] = name.split('/');
  const consumed = events.find(({ type }) => functionName === consumerOf(type));
  if (consumed) return queueEvent(exampleOf(consumed as EventDefinition));
  return functionName === 'relay'
    ? { Records: [] }
    : { id: 'bench', time: '2026-11-23T09:00:00Z', detail: {} };
}

/** `order.confirmed.v1` is consumed by `on-order-confirmed`. */
const consumerOf = (type: string) => `on-${type.replace(/\.v\d+$/, '').replaceAll('.', '-')}`;

/** The service's first route that reads. */
function apiRequest(service: string) {
  const routes = Object.values(endpoints).filter((endpoint) => endpoint.service === service);
  const route = routes.find(({ method }) => method === 'GET') ?? routes[0];
  if (!route) throw new Error(`${service} has no route in the contracts.`);
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: route.path,
    rawQueryString: service === 'inventory' ? 'skus=MUG-CANARY' : '',
    headers: { 'content-type': 'application/json' },
    ...(service === 'inventory' && { queryStringParameters: { skus: 'MUG-CANARY' } }),
    ...(route.method === 'POST' && { body: '{"id":"evt_bench","type":"ping"}' }),
    isBase64Encoded: false,
    requestContext: {
      accountId: '100000000001',
      apiId: 'bench',
      stage: '$default',
      requestId: 'bench',
      http: {
        method: route.method,
        path: route.path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: '',
      },
      authorizer: {
        jwt: { claims: { sub: '6a5d1f9e-7b1c-4a0e-9c53-2f3d8a7b6c41', token_use: 'access' }, scopes: null },
      },
      time: '23/Nov/2026:09:00:00 +0000',
      timeEpoch: 1_795_424_400_000,
    },
  };
}

function queueEvent(envelope: ReturnType<typeof exampleOf>) {
  const body = {
    version: '0',
    id: 'bench',
    source: envelope.source,
    'detail-type': envelope.type,
    detail: envelope,
  };
  const record = {
    messageId: '1',
    receiptHandle: 'bench',
    body: JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 'bench' },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:100000000001:bench',
    awsRegion: 'us-east-1',
  };
  return { Records: [record] };
}
