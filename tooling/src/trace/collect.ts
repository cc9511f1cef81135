import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { XRayClient } from '@aws-sdk/client-xray';
import type { Outputs } from '../deploy/outputs.js';
import { collectExecutions } from './collect-executions.js';
import { collectLogs } from './collect-logs.js';
import { collectTraces } from './collect-traces.js';
import { momentsOf } from './merge.js';
import type { Execution, OrderWay, Period } from './order-way.js';

export interface TraceClients {
  readonly stepFunctions: SFNClient;
  readonly xray: XRayClient;
  readonly logs: CloudWatchLogsClient;
}

export interface TraceQuestion {
  readonly orderId: string;
  /** How long after the order was placed to look; without a checkout, how far back from now. */
  readonly hours: number;
  readonly now: Date;
}

/** The request that placed the order came before its checkout. */
const BEFORE_CHECKOUT_MS = 5 * 60_000;

/** Everything that Step Functions, X-Ray and CloudWatch Logs know of an order; undefined where that is nothing. */
export async function collectOrderWay(
  { stepFunctions, xray, logs }: TraceClients,
  outputs: Pick<Outputs, 'environment' | 'stateMachineArn' | 'functions'>,
  { orderId, hours, now }: TraceQuestion,
): Promise<OrderWay | undefined> {
  const executions = await collectExecutions(stepFunctions, outputs.stateMachineArn, orderId);
  const period = periodOf(executions, hours, now);
  const [traces, lines] = await Promise.all([
    collectTraces(xray, orderId, period),
    collectLogs(logs, Object.values(outputs.functions), orderId, period),
  ]);
  const moments = momentsOf(orderId, { executions, traces, lines });
  if (moments.length === 0) return undefined;
  const { environment } = outputs;
  return { orderId, environment, moments, traces: traces.map(({ id }) => id), executions };
}

function periodOf(executions: readonly Execution[], hours: number, now: Date): Period {
  const length = hours * 3_600_000;
  const [first] = executions;
  if (!first) return { from: now.getTime() - length, to: now.getTime() };
  const from = Math.min(first.startedAt, now.getTime()) - BEFORE_CHECKOUT_MS;
  return { from, to: Math.min(from + length, now.getTime()) };
}
