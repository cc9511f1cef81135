import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { StepFunctionsCheckouts } from '../../src/adapters/step-functions-checkouts.js';
import { anOrder, orderId } from '../builders.js';

const machine = 'arn:aws:states:us-east-1:100000000001:stateMachine:shipline-local-checkout';
const { total, customerId, paymentMethodId, correlationId } = anOrder();
const input = { orderId, customerId, total, paymentMethodId, correlationId };

/** A client that answers once, with a value or an error, and remembers what it was asked. */
function setup(answer: unknown, stateMachineArn = machine) {
  const sent: unknown[] = [];
  const client = {
    send: async (command: unknown) => {
      sent.push(command);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as SFNClient;
  return { sent, checkouts: new StepFunctionsCheckouts(client, stateMachineArn) };
}
const meta = { message: 'no', $metadata: {} };

describe('starting a checkout', () => {
  it('names the execution', async () => {
    const { checkouts, sent } = setup({});

    await checkouts.start(orderId, input);

    const [command] = sent as [StartExecutionCommand];
    expect(command).toBeInstanceOf(StartExecutionCommand);
    expect(command.input).toEqual({ stateMachineArn: machine, name: orderId, input: JSON.stringify(input) });
  });

  it('is done when somebody did it before, and fails otherwise', async () => {
    await setup(new ExecutionAlreadyExists(meta)).checkouts.start(orderId, input);
    await expect(setup(new Error('no answer')).checkouts.start(orderId, input)).rejects.toThrow('no answer');
  });
});

describe('the state of a checkout', () => {
  it.each([
    [{ status: 'RUNNING' }, 'running'],
    [{ status: 'SUCCEEDED' }, 'ended'],
    [{ status: 'FAILED' }, 'ended'],
    [{ status: 'TIMED_OUT' }, 'ended'],
    [{ status: 'ABORTED' }, 'ended'],
    [new ExecutionDoesNotExist(meta), 'absent'],
  ])('is told apart (%#)', async (answer, state) => {
    expect(await setup(answer).checkouts.stateOf(orderId)).toBe(state);
  });

  it.each([machine, `${machine}:live`])('is asked of the execution of %s', async (arn) => {
    const { checkouts, sent } = setup({ status: 'RUNNING' }, arn);

    await checkouts.stateOf(orderId);

    const [command] = sent as [DescribeExecutionCommand];
    expect(command).toBeInstanceOf(DescribeExecutionCommand);
    expect(command.input.executionArn).toBe(
      `arn:aws:states:us-east-1:100000000001:execution:shipline-local-checkout:${orderId}`,
    );
  });

  it('is unknown when nobody answers', async () => {
    await expect(setup(new Error('no answer')).checkouts.stateOf(orderId)).rejects.toThrow('no answer');
  });
});
