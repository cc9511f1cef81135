import { CheckoutInput, ClosingReason } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { caught, longest, machine, pathsOf, type State, stateOf } from './machine.js';
import { type Task, tasks } from './tasks.js';

const RESERVATION_LIFE = 15 * 60;
const LAMBDA_TIMEOUT = 20;
const REFUSAL = 'States.QueryEvaluationError';

const states = Object.entries(machine.States);
const taskStates = states.filter(([, { Type }]) => Type === 'Task');
const functionOf = ({ Arguments }: State) => /^\$\{(\w+)\}$/.exec(Arguments?.FunctionName ?? '')?.[1] ?? '';
const taskOf = (state: State): Task => {
  const task = tasks[functionOf(state)];
  if (!task) throw new TypeError(`${state.Arguments?.FunctionName} is none of the seven tasks`);
  return task;
};
/** The member of the payload that a state's Output selects. */
const selectedBy = ({ Output }: State) =>
  /^\{% \$states\.result\.Payload\.(\w+) %\}$/.exec(Output ?? '')?.[1];
const memberOf = (value: unknown) => Object.keys(value as object)[0];

describe('the graph of the checkout', () => {
  it('ends on every path and reaches every state', () => {
    const paths = pathsOf(machine);

    expect(new Set(paths.flat())).toEqual(new Set(Object.keys(machine.States)));
    for (const path of paths)
      expect(['Capture', 'FinishCapture', 'CloseOrder', 'Parked']).toContain(path.at(-1));
  });

  it('has time for the slowest path', () => {
    const durations = pathsOf(machine).map((path) =>
      path
        .map((name) => stateOf(machine, name))
        .filter(({ Type }) => Type === 'Task')
        .map(longest)
        .reduce((a, b) => a + b),
    );

    expect(machine.TimeoutSeconds).toBeGreaterThan(Math.max(...durations));
  });

  it('captures only what was committed, or finishes a capture that was found by voiding', () => {
    for (const path of pathsOf(machine)) {
      if (path.includes('Capture')) expect(path.indexOf('CommitStock')).toBe(path.indexOf('Capture') - 1);
      if (path.includes('FinishCapture'))
        expect(path.indexOf('VoidPayment')).toBe(path.indexOf('FinishCapture') - 1);
    }
  });

  it('gives stock back only after the void, and closes the order last', () => {
    for (const path of pathsOf(machine)) {
      if (path.includes('ReleaseStock'))
        expect(path.indexOf('VoidPayment')).toBe(path.indexOf('ReleaseStock') - 1);
      if (path.includes('CloseOrder'))
        expect(path.indexOf('ReleaseStock')).toBe(path.indexOf('CloseOrder') - 1);
    }
  });

  it('voids after every refusal before the capture, and parks what stays unknown after it', () => {
    for (const name of ['Authorise', 'CommitStock', 'Capture'])
      expect(caught(stateOf(machine, name), REFUSAL)).toBe('VoidPayment');
    expect(caught(stateOf(machine, 'Authorise'), 'PaymentUnknown')).toBe('VoidPayment');
    expect(caught(stateOf(machine, 'VoidPayment'), REFUSAL)).toBe('FinishCapture');
    for (const name of ['Capture', 'VoidPayment', 'FinishCapture'])
      expect(caught(stateOf(machine, name), 'PaymentUnknown')).toBe('ParkOrder');
    for (const name of ['CommitStock', 'ReleaseStock', 'CloseOrder'])
      expect(caught(stateOf(machine, name), 'TypeError')).toBe('ParkOrder');
  });
});

describe('the tasks of the checkout', () => {
  it('are the seven, each by its substitution', () => {
    expect(new Set(taskStates.map(([, state]) => functionOf(state)))).toEqual(new Set(Object.keys(tasks)));
    for (const [, { Resource }] of taskStates) expect(Resource).toBe('arn:aws:states:::lambda:invoke');
  });

  it.each(taskStates)('%s sends what its function expects', (_, state) => {
    const payload = state.Arguments?.Payload ?? {};

    expect(Object.keys(payload).sort()).toEqual(Object.keys(taskOf(state).input.shape).sort());
    for (const [name, expression] of Object.entries(payload)) {
      if (name === 'reason') expect(expression).toBe('{% $reason %}');
      else {
        expect(expression).toBe(`{% $states.context.Execution.Input.${name} %}`);
        expect(CheckoutInput.shape).toHaveProperty(name);
      }
    }
  });

  it.each(taskStates)('%s selects the success of an answer, so that a refusal is caught', (_, state) => {
    const { output, success, refusal } = taskOf(state);

    expect(output.safeParse(success).success).toBe(true);
    expect(selectedBy(state)).toBe(memberOf(success));
    if (refusal !== undefined) {
      expect(output.safeParse(refusal).success).toBe(true);
      expect(memberOf(refusal)).not.toBe(selectedBy(state));
      expect(caught(state, REFUSAL)).toBeDefined();
    }
  });

  it.each(taskStates)(
    '%s outlives its function and never retries a refusal',
    (_, { Retry, TimeoutSeconds }) => {
      expect(TimeoutSeconds).toBeGreaterThan(LAMBDA_TIMEOUT);
      expect(Retry?.[0]).toEqual({ ErrorEquals: [REFUSAL], MaxAttempts: 0 });
      for (const retrier of Retry?.slice(1) ?? []) expect(retrier.JitterStrategy).toBe('FULL');
    },
  );

  it.each(taskStates)('%s retries what Lambda itself may answer', (_, { Retry = [] }) => {
    const retried = Retry.filter(({ MaxAttempts }) => MaxAttempts > 0).flatMap(
      ({ ErrorEquals }) => ErrorEquals,
    );

    expect(retried).toEqual(
      expect.arrayContaining([
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
        'States.Timeout',
      ]),
    );
  });

  it('are given up by Authorise before the reservation expires', () => {
    expect(longest(stateOf(machine, 'Authorise'))).toBeLessThan(RESERVATION_LIFE);
  });

  it('close and park with reasons that the contract knows', () => {
    const reasons = states.flatMap(([, { Catch = [] }]) => Catch.map(({ Assign }) => Assign?.reason));

    for (const reason of reasons.filter((reason) => reason !== undefined))
      expect(ClosingReason.safeParse(reason).success, reason).toBe(true);
  });

  it('always have a reason by the time that one is needed', () => {
    for (const path of pathsOf(machine)) {
      const first = path.findIndex((name) => 'reason' in (stateOf(machine, name).Arguments?.Payload ?? {}));
      const assigned = path
        .slice(0, first)
        .some((name, index) =>
          stateOf(machine, name).Catch?.some(
            ({ Next, Assign }) => Next === path[index + 1] && Assign?.reason,
          ),
        );
      if (first >= 0) expect(assigned, path.join(' > ')).toBe(true);
    }
  });
});
