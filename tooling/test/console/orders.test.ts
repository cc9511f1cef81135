import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { OrderReader } from '../../src/console/readers/orders.js';
import { type Answers, answering, type Input } from '../answering.js';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const noon = Date.parse('2026-11-25T12:00:00Z');

interface Started {
  readonly orderId: string;
  readonly execution: 'RUNNING' | 'FAILED' | 'SUCCEEDED';
  readonly status: string;
}

/** Checkouts, the youngest first, of which a list has no more than it is asked for; all are in the table of orders. */
function setup(checkouts: readonly Started[], { tables: given = {} }: { tables?: Answers } = {}) {
  const executions = checkouts.map(({ orderId, execution }, index) => ({
    executionArn: `arn:${orderId}`,
    name: orderId,
    status: execution,
    startDate: new Date(noon - index * 1000),
  }));
  const stepFunctions = answering(new SFNClient(settings), {
    ListExecutions: ({ statusFilter, maxResults }) => {
      const found = executions.filter(({ status }) => !statusFilter || status === statusFilter);
      const most = Number(maxResults);
      return { executions: found.slice(0, most), ...(found.length > most && { nextToken: 'more' }) };
    },
  });
  const statusOf = new Map(checkouts.map(({ orderId, status }) => [`ORDER#${orderId}`, { orderId, status }]));
  const answerFor = (keys: readonly { pk: string }[]) => keys.map(({ pk }) => statusOf.get(pk));
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const tables = answering(documents, {
    BatchGet: (input) => ({ Responses: { orders: answerFor(keysOf(input)) } }),
    ...given,
  });
  const places = { stateMachineArn: 'arn:checkout', tableName: 'orders' };
  const reader = new OrderReader({ stepFunctions: stepFunctions.client, tables: tables.client }, places);
  return { reader, answerFor, sent: stepFunctions.sent };
}

const keysOf = (input: Input) =>
  (input['RequestItems'] as { orders: { Keys: { pk: string }[] } }).orders.Keys;

const many = (count: number, name: string, execution: Started['execution'], status: string): Started[] =>
  Array.from({ length: count }, (_, index) => ({ orderId: `ord_${name}${index}`, execution, status }));

it('shows an order in review before all others, however many run and have failed since', async () => {
  const { reader } = setup([
    ...many(15, 'running', 'RUNNING', 'placed'),
    ...many(60, 'settled', 'FAILED', 'refused'),
    ...many(1, 'parked', 'FAILED', 'review'),
  ]);

  const { rows, cut } = await reader.read();

  expect(rows[0]).toMatchObject({ orderId: 'ord_parked0', state: 'failed' });
  expect(rows.filter(({ state }) => state === 'running')).toHaveLength(15);
  expect(cut).toEqual([]);
});

it('asks for no steps of a failed checkout that is not shown', async () => {
  const { reader, sent } = setup([
    ...many(20, 'youngest', 'SUCCEEDED', 'confirmed'),
    ...many(5, 'settled', 'FAILED', 'refused'),
  ]);

  const { rows } = await reader.read();

  expect(rows).toHaveLength(20);
  expect(sent.filter(([operation]) => operation === 'GetExecutionHistory')).toHaveLength(20);
});

it('says of which there may be more than it has read', async () => {
  const { reader } = setup(
    [...many(21, 'running', 'RUNNING', 'placed'), ...many(101, 'parked', 'FAILED', 'review')],
    { tables: { Query: () => ({ Items: [], LastEvaluatedKey: { pk: 'more' } }) } },
  );

  const { rows, cut } = await reader.read();

  expect(cut).toEqual(['running', 'waiting', 'failed']);
  expect(rows.filter(({ state }) => state === 'running')).toHaveLength(20);
  expect(rows.filter(({ state }) => state === 'failed')).toHaveLength(100);
});

it('asks again for what a batch has left out', async () => {
  const checkouts = many(3, 'parked', 'FAILED', 'review');
  const { reader, answerFor } = setup(checkouts, {
    tables: {
      BatchGet: (input) => {
        const [first, ...left] = keysOf(input);
        return {
          Responses: { orders: first ? answerFor([first]) : [] },
          UnprocessedKeys: left.length > 0 ? { orders: { Keys: left } } : {},
        };
      },
    },
  });

  const { rows } = await reader.read();

  expect(rows.map(({ status }) => status)).toEqual(['review', 'review', 'review']);
});

it('cannot be read where a batch goes on leaving them out', async () => {
  const { reader } = setup(many(2, 'parked', 'FAILED', 'review'), {
    tables: { BatchGet: (input) => ({ UnprocessedKeys: { orders: { Keys: keysOf(input) } } }) },
  });

  await expect(reader.read()).rejects.toThrow('DynamoDB did not answer for 2 orders.');
});
