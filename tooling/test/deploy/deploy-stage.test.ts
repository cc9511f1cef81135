import { describe, expect, it } from 'vitest';
import { deployStage, type StageActions } from '../../src/deploy/deploy-stage.js';
import { recordedProgress } from '../recorded-progress.js';
import { synthesized } from './account.js';

const stacks = ['catalog', 'orders', 'edge'].map((name) => synthesized(name));
const named = (...names: string[]) => stacks.filter(({ stackName }) => names.includes(stackName));

/** A stage with these stacks to deploy, and for each round after the first those that a deployment has outdated. */
function stageWith(changed: readonly string[], ...outdatedAfter: (readonly string[])[]) {
  const deployed: (readonly string[])[] = [];
  const actions: StageActions = {
    changed: async () => named(...changed),
    outdated: async () => named(...(outdatedAfter[deployed.length - 1] ?? [])),
    deploy: async (names) => {
      deployed.push(names);
    },
  };
  const { progress, steps } = recordedProgress();
  return { deployed, steps, run: () => deployStage({ title: 'with functions', stacks }, actions, progress) };
}

describe('a stage', () => {
  it('deploys what has changed, at once', async () => {
    const { deployed, steps, run } = stageWith(['catalog', 'edge']);

    await run();

    expect(deployed).toEqual([['catalog', 'edge']]);
    expect(steps).toEqual(['Deploy 2 stacks with functions']);
  });

  it('does nothing where nothing has changed', async () => {
    const { deployed, steps, run } = stageWith([]);

    await run();

    expect(deployed).toEqual([]);
    expect(steps).toEqual([]);
  });

  it('lets those follow that read what has just changed, and those that read them', async () => {
    const { deployed, steps, run } = stageWith(['catalog'], ['orders'], ['edge']);

    await run();

    expect(deployed).toEqual([['catalog'], ['orders'], ['edge']]);
    expect(steps.at(-1)).toBe('Deploy 1 stack with functions');
  });

  it('ends also where two tools write the same parameter in turn, and names who is left behind', async () => {
    const again = Array.from({ length: 9 }, () => ['orders']);
    const { deployed, run } = stageWith(['orders'], ...again);

    await expect(run()).rejects.toThrow(/^orders still read values .* Deploy again/);

    expect(deployed).toHaveLength(stacks.length);
  });

  it('compares nothing after a deployment that failed', async () => {
    const failed = new Error('rolled back');
    const actions: StageActions = {
      changed: async () => stacks,
      outdated: () => expect.unreachable('compared after a failure'),
      deploy: () => Promise.reject(failed),
    };

    await expect(deployStage({ title: '', stacks }, actions, recordedProgress().progress)).rejects.toBe(
      failed,
    );
  });
});
