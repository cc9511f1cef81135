import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { afterEach, expect, it } from 'vitest';
import { DynamoDbLedger } from '../../src/adapters/dynamodb-ledger.js';
import { order, setup, task } from '../builders.js';

let table: TemporaryTable | undefined;
afterEach(() => table?.drop());

it('confirms one intent for twenty executions at once, and captures or voids it once', async () => {
  table = await temporaryTable('payments', { key: ['pk', 'sk'] });
  const ledger = new DynamoDbLedger(table.documents, table.tableName);
  const { authorise, capture, voidPayment, gateway } = setup((parts) => ({ ...parts, ledger }));
  const twenty = Array.from({ length: 20 });

  const authorised = await Promise.all(twenty.map(() => authorise(order)));
  const settled = await Promise.all(twenty.map((_, n) => (n % 2 ? capture(task) : voidPayment(task))));

  for (const outcome of authorised) expect(outcome).toHaveProperty('authorised');
  const intents = [...gateway.intents.values()].map(({ status }) => status);
  const [decided] = intents.filter((status) => status !== 'unconfirmed');
  expect(intents.filter((status) => status !== 'unconfirmed')).toHaveLength(1);
  const taken = decided === 'captured';
  expect(settled.some((outcome) => 'captured' in outcome || 'alreadyCaptured' in outcome)).toBe(taken);
  const kinds = (await ledger.read(order.orderId)).map(({ kind }) => kind);
  expect(kinds).toEqual(['opened', 'authorised', taken ? 'captured' : 'voided']);
});
