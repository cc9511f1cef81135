import { describe, expect, it } from 'vitest';
import { functionRow } from '../../src/console/readers/functions.js';
import { machineRow } from '../../src/console/readers/machine.js';
import { orderRow, pathOf, withoutExecution } from '../../src/console/readers/order-row.js';
import { queueRow } from '../../src/console/readers/queues.js';

const noon = Date.parse('2026-11-25T12:00:00Z');

describe('a function', () => {
  it('has the version of its alias, and the next one with its share', () => {
    expect(functionRow('orders-api', undefined)).toEqual({ name: 'orders-api' });
    expect(functionRow('orders-api', { FunctionVersion: '3' })).toEqual({
      name: 'orders-api',
      live: { version: '3' },
    });
    const RoutingConfig = { AdditionalVersionWeights: { '4': 0.1 } };
    expect(functionRow('orders-api', { FunctionVersion: '3', RoutingConfig }).live).toEqual({
      version: '3',
      next: { version: '4', weight: 0.1 },
    });
  });
});

describe('a queue', () => {
  const attributes = { ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '1' };

  it('has a depth, an age and what is at work', () => {
    expect(queueRow('orders-on-payment-captured', attributes, 90)).toEqual({
      name: 'orders-on-payment-captured',
      deadLetters: false,
      waiting: 2,
      inFlight: 1,
      ageSeconds: 90,
    });
    expect(queueRow('orders-on-payment-captured-dead-letters', {}, undefined).deadLetters).toBe(true);
  });

  it('that is empty has no age, whatever was measured before', () => {
    expect(queueRow('q', { ApproximateNumberOfMessages: '0' }, 90)).not.toHaveProperty('ageSeconds');
  });
});

it('shows the versions of a state machine with their shares', () => {
  const arn = 'arn:aws:states:us-east-1:100000000001:stateMachine:shipline-local-checkout';
  const routingConfiguration = [
    { stateMachineVersionArn: `${arn}:10`, weight: 10 },
    { stateMachineVersionArn: `${arn}:9`, weight: 90 },
  ];

  expect(machineRow({ routingConfiguration }, 'checkout').routes).toEqual([
    { version: '9', weight: 0.9 },
    { version: '10', weight: 0.1 },
  ]);
});

describe('an order', () => {
  const started = { executionArn: 'arn', stateMachineArn: 'arn', startDate: new Date(noon) };
  const entered = (name: string) => ({
    id: 1,
    timestamp: new Date(noon),
    type: 'TaskStateEntered' as const,
    stateEnteredEventDetails: { name },
  });

  it('walks the states that its checkout has entered', () => {
    const scheduled = { id: 2, timestamp: new Date(noon), type: 'TaskScheduled' as const };

    expect(pathOf([entered('Authorise'), scheduled, entered('CommitStock')])).toEqual([
      'Authorise',
      'CommitStock',
    ]);
  });

  it.each([
    ['RUNNING', 'placed', 'running'],
    ['RUNNING', 'confirmed', 'running'],
    ['SUCCEEDED', 'confirmed', 'done'],
    ['SUCCEEDED', 'placed', 'waiting'],
    ['SUCCEEDED', 'cancelling', 'waiting'],
    ['SUCCEEDED', undefined, 'done'],
    ['FAILED', 'review', 'failed'],
    ['FAILED', 'refused', 'done'],
    ['FAILED', undefined, 'failed'],
  ] as const)('whose checkout is %s and that is %s is %s', (execution, status, state) => {
    const row = orderRow({ ...started, name: 'ord_1.2', status: execution }, [], status);

    expect(row).toMatchObject({ orderId: 'ord_1', state });
  });

  it('that is open without a checkout is shown as well, and no order twice', () => {
    const row = orderRow({ ...started, name: 'ord_1', status: 'RUNNING' }, [], 'placed');
    const open = ['ord_1', 'ord_2'].map((orderId) => ({
      orderId,
      status: 'placed',
      openSince: new Date(noon).toISOString(),
    }));

    expect(withoutExecution(open, [row])).toEqual([
      { orderId: 'ord_2', state: 'waiting', status: 'placed', path: [], startedAt: noon },
    ]);
  });
});
