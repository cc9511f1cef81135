import {
  type CloudFormationClient,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type ExecutionStatus,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { executed } from '../../src/deploy/settle.js';

interface Read {
  readonly status: StackStatus;
  /** Seconds; undefined for a stack that was never updated. */
  readonly updated?: number;
  /** Undefined where the change set is gone. */
  readonly execution?: ExecutionStatus;
}

const rests: Read = { status: 'UPDATE_COMPLETE', updated: 1, execution: 'AVAILABLE' };

/** A CloudFormation whose reads after the execution are these, one after the other; the last one stays. */
function setup(reads: readonly Read[], before = rests) {
  const left = [before, ...reads];
  let read = before;
  const client = {
    send: async (command: unknown) => {
      if (command instanceof ExecuteChangeSetCommand) return {};
      if (command instanceof DescribeStackEventsCommand) return { StackEvents: [] };
      if (command instanceof DescribeStacksCommand) {
        read = left.shift() ?? read;
        const { status, updated } = read;
        return {
          Stacks: [{ StackStatus: status, ...(updated && { LastUpdatedTime: new Date(updated * 1000) }) }],
        };
      }
      if (!(command instanceof DescribeChangeSetCommand)) throw new Error('Nobody asks for that.');
      if (read.execution) return { ExecutionStatus: read.execution };
      throw Object.assign(new Error('It is gone.'), { name: 'ChangeSetNotFoundException' });
    },
  } as unknown as CloudFormationClient;
  return {
    execute: () => executed(client, { stackName: 'cart', changeSet: 'arn:aws:one', local: true }),
    notRead: () => left.length,
  };
}

const failed: Read = { status: 'UPDATE_ROLLBACK_COMPLETE', updated: 2, execution: 'EXECUTE_FAILED' };

it('does not take how the stack rested before for the end of the execution', async () => {
  const { execute, notRead } = setup([rests, { ...rests, execution: 'EXECUTE_IN_PROGRESS' }, failed]);

  await expect(execute()).rejects.toThrow(/^cart: it was rolled back/);
  expect(notRead()).toBe(0);
});

it('does not take a failure of before for its own', async () => {
  const before: Read = { status: 'UPDATE_ROLLBACK_COMPLETE', updated: 1, execution: 'AVAILABLE' };
  const { execute } = setup([before, { status: 'UPDATE_COMPLETE', updated: 2 }], before);

  await expect(execute()).resolves.toBeUndefined();
});

it.each<[string, Read[]]>([
  [
    'the stack was updated since',
    [
      { status: 'UPDATE_IN_PROGRESS', updated: 2, execution: 'EXECUTE_IN_PROGRESS' },
      { status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', updated: 2, execution: 'EXECUTE_IN_PROGRESS' },
      { status: 'UPDATE_COMPLETE', updated: 2, execution: 'EXECUTE_IN_PROGRESS' },
    ],
  ],
  ['its change set was executed', [{ ...rests, execution: 'EXECUTE_COMPLETE' }]],
  ['its change set is gone', [rests, { status: 'UPDATE_COMPLETE', updated: 1 }]],
])('is done when %s', async (_, reads) => {
  const { execute, notRead } = setup(reads);

  await execute();

  expect(notRead()).toBe(0);
});

it('waits for the creation of a stack', async () => {
  const review: Read = { status: 'REVIEW_IN_PROGRESS', execution: 'AVAILABLE' };
  const { execute, notRead } = setup(
    [review, { status: 'CREATE_IN_PROGRESS', updated: 1 }, { status: 'CREATE_COMPLETE' }],
    review,
  );

  await execute();

  expect(notRead()).toBe(0);
});
