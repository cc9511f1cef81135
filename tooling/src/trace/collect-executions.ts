import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
  type HistoryEvent,
  paginateGetExecutionHistory,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Execution, ExecutionEvent } from './order-way.js';

/** The sweep starts a checkout again at most so often (services/orders, `sweep-orders.ts`). */
const MAX_ATTEMPTS = 5;

/** The executions of an order's checkout: the first is called as the order, the others `<order id>.2` and so on. */
export async function collectExecutions(
  client: SFNClient,
  stateMachineArn: string,
  orderId: string,
): Promise<Execution[]> {
  const names = Array.from({ length: MAX_ATTEMPTS }, (_, index) => executionName(orderId, index + 1));
  const found = await Promise.all(names.map((name) => readExecution(client, stateMachineArn, name)));
  return found.filter((execution) => execution !== undefined);
}

const executionName = (orderId: string, attempt: number) =>
  attempt === 1 ? orderId : `${orderId}.${attempt}`;

async function readExecution(
  client: SFNClient,
  stateMachineArn: string,
  name: string,
): Promise<Execution | undefined> {
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const described = await describe(client, executionArn);
  if (!described) return undefined;
  const events: ExecutionEvent[] = [];
  const pages = paginateGetExecutionHistory({ client }, { executionArn, includeExecutionData: false });
  for await (const page of pages) events.push(...(page.events ?? []).map(eventOf));
  const { status = 'RUNNING', startDate, stopDate } = described;
  return {
    name,
    status,
    startedAt: startDate?.getTime() ?? 0,
    ...(stopDate && { endedAt: stopDate.getTime() }),
    events,
  };
}

async function describe(
  client: SFNClient,
  executionArn: string,
): Promise<DescribeExecutionCommandOutput | undefined> {
  try {
    return await client.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

/** Every kind of failure has details of its own, with an `error` in them. */
function eventOf({ timestamp, type = 'TaskStateEntered', ...details }: HistoryEvent): ExecutionEvent {
  const state = details.stateEnteredEventDetails?.name ?? details.stateExitedEventDetails?.name;
  const error = Object.values(details)
    .map((detail) => (detail as { error?: unknown } | undefined)?.error)
    .find((value) => typeof value === 'string');
  return { at: timestamp?.getTime() ?? 0, type, ...(state && { state }), ...(error && { error }) };
}
