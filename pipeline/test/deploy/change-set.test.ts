import {
  type ChangeSetSummary,
  CloudFormationClient,
  DeleteChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { dropOldChangeSets } from '../../src/deploy/change-set.js';

const now = new Date('2026-11-25T12:00:00Z');
const madeBefore = (hours: number, name: string, more: ChangeSetSummary = {}): ChangeSetSummary => ({
  ChangeSetId: name,
  ExecutionStatus: 'AVAILABLE',
  CreationTime: new Date(now.getTime() - hours * 3_600_000),
  ...more,
});

/** A stack's change sets, as CloudFormation keeps them. */
function changeSets(...all: ChangeSetSummary[]) {
  const kept = new Map(all.map((one) => [one.ChangeSetId, one]));
  const client = Object.assign(new CloudFormationClient({ region: 'us-east-1' }), {
    send: async (command: unknown) => {
      if (command instanceof ListChangeSetsCommand) return { Summaries: [...kept.values()] };
      if (command instanceof DeleteChangeSetCommand) return kept.delete(command.input.ChangeSetName);
      throw new Error('Nobody asks for that.');
    },
  });
  return { client, kept: () => [...kept.keys()] };
}

it('leaves the change sets of a release that is being deployed or waits for its approval', async () => {
  const { client, kept } = changeSets(madeBefore(0.1, 'deploying'), madeBefore(71, 'waiting'));

  await dropOldChangeSets(client, 'shipline-prod-cart', now);

  expect(kept()).toEqual(['deploying', 'waiting']);
});

it('removes what nobody can approve any more, unless it is being executed', async () => {
  const executing = madeBefore(100, 'executing', { ExecutionStatus: 'EXECUTE_IN_PROGRESS' });
  const { client, kept } = changeSets(madeBefore(73, 'forgotten'), executing, madeBefore(1, 'new'));

  await dropOldChangeSets(client, 'shipline-prod-cart', now);

  expect(kept()).toEqual(['executing', 'new']);
});
