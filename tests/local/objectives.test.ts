import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { OrderId } from '@shipline/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { bearer, http } from '../support/http.js';
import { ordersTable, tables } from '../support/invariants.js';
import { cloudWatch } from '../support/metrics.js';

/** The state of an alarm of the availability of checkout. */
async function stateOf(alarm: 'fast-burn' | 'burn-5m'): Promise<string | undefined> {
  const { CompositeAlarms = [], MetricAlarms = [] } = await cloudWatch.send(
    new DescribeAlarmsCommand({
      AlarmNames: [`shipline-${outputs.environment}-checkout-availability-${alarm}`],
      AlarmTypes: ['CompositeAlarm', 'MetricAlarm'],
    }),
  );
  return [...CompositeAlarms, ...MetricAlarms][0]?.StateValue;
}

/** An order that no release of ours has written: looking at it is a fault of ours. */
async function brokenOrder(customer: Customer): Promise<string> {
  const orderId = OrderId.parse('ord_01JZ8QK3T5V7X9BRKENBYTESTS');
  const Key = { pk: `ORDER#${orderId}` };
  await tables.send(
    new PutCommand({
      TableName: ordersTable(),
      Item: { ...Key, orderId, customerId: customer.id, status: 'mislaid' },
    }),
  );
  onTestFinished(async () => {
    await tables.send(new DeleteCommand({ TableName: ordersTable(), Key }));
  });
  return orderId;
}

it('ring while the budget burns; the shortest window is the first to be silent again', async () => {
  // Since an earlier run: half an hour, of a minute that is short.
  await expect.poll(() => stateOf('fast-burn'), { timeout: 120_000 }).toBe('OK');
  const customer = await newCustomer();
  const orderId = await brokenOrder(customer);

  await expect
    .poll(
      async () => {
        const reply = await http.get(`/api/orders/${orderId}`).set(bearer(customer.accessToken));
        expect(reply.status).toBe(500);
        return stateOf('fast-burn');
      },
      { timeout: 60_000 },
    )
    .toBe('ALARM');

  await expect.poll(() => stateOf('burn-5m'), { timeout: 60_000, interval: 500 }).toBe('OK');
}, 300_000);
